package io.sipwright.transaction;

import static io.sipwright.transaction.NonInviteServer.State.COMPLETED;
import static io.sipwright.transaction.NonInviteServer.State.PROCEEDING;
import static io.sipwright.transaction.NonInviteServer.State.TERMINATED;
import static io.sipwright.transaction.NonInviteServer.State.TRYING;
import static io.sipwright.transaction.ServerAction.RESEND;
import static io.sipwright.transaction.ServerAction.SEND_RESPONSE;
import static io.sipwright.transaction.ServerAction.SEND_TRYING;
import static io.sipwright.transaction.ServerAction.TELL_TRANSPORT_ERROR;
import static io.sipwright.transaction.ServerAction.WITHHOLD;

import org.jspecify.annotations.Nullable;

/**
 * Non-INVITE server transaction: RFC 3261 §17.2.2, Figure 8, with two changes by later RFCs.
 *
 * <p>A transport error doesn't end it (RFC 6026 §8.8, which replaces the text for all server
 * transactions): otherwise the next retransmission would be taken for a new request. And a 408 is
 * never sent (RFC 4320 §4.2): it would come too late to be of use, so the transaction ends as it
 * would have, in silence.
 */
final class NonInviteServer {
  /** A state, and the timers that may run in it. */
  enum State implements MachineState {
    TRYING(Timer.TRYING),
    PROCEEDING(null),
    COMPLETED(Timer.J),
    TERMINATED(null);

    @SuppressWarnings("ImmutableEnumChecker") // a record of constants
    private final Traits traits;

    /** With no timer that repeats: it sends again only what it's asked for again. */
    State(@Nullable Timer lasting) {
      traits = new Traits(name(), null, lasting);
    }

    @Override
    public Traits traits() {
      return traits;
    }
  }

  enum Event {
    /** The request came again. */
    REQUEST,
    /** From the user, like the next two. */
    TU_1XX,
    TU_2XX_6XX,
    TU_408,
    TIMER_TRYING,
    TIMER_J,
    TRANSPORT_ERROR
  }

  private static final Figure<State, Event, ServerAction> FIGURE =
      new Figure<>(State.class, Event.class, NonInviteServer::decide);

  private NonInviteServer() {}

  static Step<State, ServerAction> step(State state, Event event) {
    return FIGURE.step(state, event);
  }

  private static Step<State, ServerAction> decide(State state, Event event) {
    return switch (state) {
      case TRYING ->
          switch (event) {
            case TU_1XX -> Step.to(PROCEEDING, SEND_RESPONSE);
            case TU_2XX_6XX -> Step.to(COMPLETED, SEND_RESPONSE);
            case TU_408 -> Step.to(COMPLETED, WITHHOLD);
            case TIMER_TRYING -> Step.to(PROCEEDING, SEND_TRYING);
            case REQUEST, TIMER_J, TRANSPORT_ERROR -> Step.to(TRYING);
          };
      case PROCEEDING ->
          switch (event) {
            case REQUEST -> Step.to(PROCEEDING, RESEND);
            case TU_1XX -> Step.to(PROCEEDING, SEND_RESPONSE);
            case TU_2XX_6XX -> Step.to(COMPLETED, SEND_RESPONSE);
            case TU_408 -> Step.to(COMPLETED, WITHHOLD);
            case TRANSPORT_ERROR -> Step.to(PROCEEDING, TELL_TRANSPORT_ERROR);
            case TIMER_TRYING, TIMER_J -> Step.to(PROCEEDING);
          };
      case COMPLETED ->
          switch (event) {
            case REQUEST -> Step.to(COMPLETED, RESEND);
            case TIMER_J -> Step.to(TERMINATED);
            case TRANSPORT_ERROR -> Step.to(COMPLETED, TELL_TRANSPORT_ERROR);
            case TU_1XX, TU_2XX_6XX, TU_408, TIMER_TRYING -> Step.to(COMPLETED);
          };
      case TERMINATED -> Step.to(TERMINATED);
    };
  }
}
