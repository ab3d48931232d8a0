package io.sipwright.transaction;

import static io.sipwright.transaction.InviteServer.State.ACCEPTED;
import static io.sipwright.transaction.InviteServer.State.COMPLETED;
import static io.sipwright.transaction.InviteServer.State.CONFIRMED;
import static io.sipwright.transaction.InviteServer.State.PROCEEDING;
import static io.sipwright.transaction.InviteServer.State.TERMINATED;
import static io.sipwright.transaction.ServerAction.PASS_ACK;
import static io.sipwright.transaction.ServerAction.RESEND;
import static io.sipwright.transaction.ServerAction.SEND_RESPONSE;
import static io.sipwright.transaction.ServerAction.SEND_TRYING;
import static io.sipwright.transaction.ServerAction.TELL_ACK;
import static io.sipwright.transaction.ServerAction.TELL_TIMEOUT;
import static io.sipwright.transaction.ServerAction.TELL_TRANSPORT_ERROR;

import org.jspecify.annotations.Nullable;

/**
 * INVITE server transaction: RFC 3261 §17.2.1 with Figure 7 of RFC 6026 §8.6, which has the
 * Accepted state and lives on after a transport error.
 *
 * <p>That figure has no action at Timer H; the text it belongs to has one and wins: the user is
 * told.
 */
final class InviteServer {
  /** A state, and the timers that may run in it. */
  enum State implements MachineState {
    PROCEEDING(null, Timer.TRYING),
    COMPLETED(Timer.G, Timer.H),
    CONFIRMED(null, Timer.I),
    ACCEPTED(null, Timer.L),
    TERMINATED(null, null);

    @SuppressWarnings("ImmutableEnumChecker") // a record of constants
    private final Traits traits;

    State(@Nullable Timer repeating, @Nullable Timer lasting) {
      traits = new Traits(name(), repeating, lasting);
    }

    @Override
    public Traits traits() {
      return traits;
    }
  }

  enum Event {
    /** The request came again. */
    INVITE,
    ACK,
    /** From the user, like the next two. */
    TU_1XX,
    TU_2XX,
    TU_3XX_6XX,
    TIMER_TRYING,
    TIMER_G,
    TIMER_H,
    TIMER_I,
    TIMER_L,
    TRANSPORT_ERROR
  }

  private static final Figure<State, Event, ServerAction> FIGURE =
      new Figure<>(State.class, Event.class, InviteServer::decide);

  private InviteServer() {}

  static Step<State, ServerAction> step(State state, Event event) {
    return FIGURE.step(state, event);
  }

  private static Step<State, ServerAction> decide(State state, Event event) {
    return switch (state) {
      case PROCEEDING ->
          switch (event) {
            case INVITE -> Step.to(PROCEEDING, RESEND);
            case TU_1XX -> Step.to(PROCEEDING, SEND_RESPONSE);
            case TU_2XX -> Step.to(ACCEPTED, SEND_RESPONSE);
            case TU_3XX_6XX -> Step.to(COMPLETED, SEND_RESPONSE);
            case TIMER_TRYING -> Step.to(PROCEEDING, SEND_TRYING);
            case TRANSPORT_ERROR -> Step.to(PROCEEDING, TELL_TRANSPORT_ERROR);
            case ACK, TIMER_G, TIMER_H, TIMER_I, TIMER_L -> Step.to(PROCEEDING);
          };
      case COMPLETED ->
          switch (event) {
            case INVITE, TIMER_G -> Step.to(COMPLETED, RESEND);
            case ACK -> Step.to(CONFIRMED, TELL_ACK);
            case TIMER_H -> Step.to(TERMINATED, TELL_TIMEOUT);
            case TRANSPORT_ERROR -> Step.to(COMPLETED, TELL_TRANSPORT_ERROR);
            case TU_1XX, TU_2XX, TU_3XX_6XX, TIMER_TRYING, TIMER_I, TIMER_L -> Step.to(COMPLETED);
          };
      // Absorbs ACKs to retransmissions of the final response.
      case CONFIRMED ->
          switch (event) {
            case TIMER_I -> Step.to(TERMINATED);
            case INVITE,
                ACK,
                TU_1XX,
                TU_2XX,
                TU_3XX_6XX,
                TIMER_TRYING,
                TIMER_G,
                TIMER_H,
                TIMER_L,
                TRANSPORT_ERROR ->
                Step.to(CONFIRMED);
          };
      // Absorbs the INVITE; the 2xx is retransmitted by the core, and its ACK is the core's.
      case ACCEPTED ->
          switch (event) {
            case TU_2XX -> Step.to(ACCEPTED, SEND_RESPONSE);
            case ACK -> Step.to(ACCEPTED, PASS_ACK);
            case TIMER_L -> Step.to(TERMINATED);
            case TRANSPORT_ERROR -> Step.to(ACCEPTED, TELL_TRANSPORT_ERROR);
            case INVITE, TU_1XX, TU_3XX_6XX, TIMER_TRYING, TIMER_G, TIMER_H, TIMER_I ->
                Step.to(ACCEPTED);
          };
      case TERMINATED -> Step.to(TERMINATED);
    };
  }
}
