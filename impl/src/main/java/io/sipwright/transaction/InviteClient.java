package io.sipwright.transaction;

import static io.sipwright.transaction.ClientAction.PASS_UP;
import static io.sipwright.transaction.ClientAction.SEND_ACK;
import static io.sipwright.transaction.ClientAction.SEND_REQUEST;
import static io.sipwright.transaction.ClientAction.TELL_TIMEOUT;
import static io.sipwright.transaction.ClientAction.TELL_TRANSPORT_ERROR;
import static io.sipwright.transaction.InviteClient.State.ACCEPTED;
import static io.sipwright.transaction.InviteClient.State.CALLING;
import static io.sipwright.transaction.InviteClient.State.COMPLETED;
import static io.sipwright.transaction.InviteClient.State.PROCEEDING;
import static io.sipwright.transaction.InviteClient.State.TERMINATED;

import org.jspecify.annotations.Nullable;

/**
 * INVITE client transaction: RFC 3261 §17.1.1.2 with Figure 5 of RFC 6026 §8.4, which has the
 * Accepted state.
 */
final class InviteClient {
  /** A state, and the timers that may run in it. */
  enum State implements MachineState {
    CALLING(Timer.A, Timer.B),
    /** Without Timer B: a phone may ring for as long as its user likes, unless it's cancelled. */
    PROCEEDING(null, Timer.CANCELLED),
    COMPLETED(null, Timer.D),
    ACCEPTED(null, Timer.M),
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
    R1XX,
    R2XX,
    R3XX_6XX,
    TIMER_A,
    TIMER_B,
    TIMER_D,
    TIMER_CANCELLED,
    TIMER_M,
    TRANSPORT_ERROR
  }

  private static final Figure<State, Event, ClientAction> FIGURE =
      new Figure<>(State.class, Event.class, InviteClient::decide);

  private InviteClient() {}

  static Step<State, ClientAction> step(State state, Event event) {
    return FIGURE.step(state, event);
  }

  private static Step<State, ClientAction> decide(State state, Event event) {
    return switch (state) {
      case CALLING ->
          switch (event) {
            case R1XX -> Step.to(PROCEEDING, PASS_UP);
            case R2XX -> Step.to(ACCEPTED, PASS_UP);
            case R3XX_6XX -> Step.to(COMPLETED, SEND_ACK, PASS_UP);
            case TIMER_A -> Step.to(CALLING, SEND_REQUEST);
            case TIMER_B -> Step.to(TERMINATED, TELL_TIMEOUT);
            case TRANSPORT_ERROR -> Step.to(TERMINATED, TELL_TRANSPORT_ERROR);
            case TIMER_D, TIMER_CANCELLED, TIMER_M -> Step.to(CALLING);
          };
      // Nothing is sent here, so there's no transport error either: a connection that breaks
      // while it rings doesn't keep the answer from coming on another one (RFC 3261 §18.2.2).
      case PROCEEDING ->
          switch (event) {
            case R1XX -> Step.to(PROCEEDING, PASS_UP);
            case R2XX -> Step.to(ACCEPTED, PASS_UP);
            case R3XX_6XX -> Step.to(COMPLETED, SEND_ACK, PASS_UP);
            case TIMER_CANCELLED -> Step.to(TERMINATED, TELL_TIMEOUT);
            case TIMER_A, TIMER_B, TIMER_D, TIMER_M, TRANSPORT_ERROR -> Step.to(PROCEEDING);
          };
      // Absorbs retransmissions of the final response, each with an ACK.
      case COMPLETED ->
          switch (event) {
            case R3XX_6XX -> Step.to(COMPLETED, SEND_ACK);
            case TIMER_D -> Step.to(TERMINATED);
            case TRANSPORT_ERROR -> Step.to(TERMINATED, TELL_TRANSPORT_ERROR);
            case R1XX, R2XX, TIMER_A, TIMER_B, TIMER_CANCELLED, TIMER_M -> Step.to(COMPLETED);
          };
      // Passes up each 2xx, retransmitted or from another branch of a fork (RFC 6026 §7.2).
      case ACCEPTED ->
          switch (event) {
            case R2XX -> Step.to(ACCEPTED, PASS_UP);
            case TIMER_M -> Step.to(TERMINATED);
            case R1XX, R3XX_6XX, TIMER_A, TIMER_B, TIMER_D, TIMER_CANCELLED, TRANSPORT_ERROR ->
                Step.to(ACCEPTED);
          };
      case TERMINATED -> Step.to(TERMINATED);
    };
  }
}
