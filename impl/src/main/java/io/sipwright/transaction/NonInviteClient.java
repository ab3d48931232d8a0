package io.sipwright.transaction;

import static io.sipwright.transaction.ClientAction.PASS_UP;
import static io.sipwright.transaction.ClientAction.SEND_REQUEST;
import static io.sipwright.transaction.ClientAction.TELL_TIMEOUT;
import static io.sipwright.transaction.ClientAction.TELL_TRANSPORT_ERROR;
import static io.sipwright.transaction.NonInviteClient.State.COMPLETED;
import static io.sipwright.transaction.NonInviteClient.State.PROCEEDING;
import static io.sipwright.transaction.NonInviteClient.State.TERMINATED;
import static io.sipwright.transaction.NonInviteClient.State.TRYING;

import org.jspecify.annotations.Nullable;

/**
 * Non-INVITE client transaction: RFC 3261 §17.1.2.2, Figure 6. A time-out is told to the user
 * locally: nobody makes a 408 of it (RFC 4320 §4.2).
 */
final class NonInviteClient {
  /** A state, and the timers that may run in it. */
  enum State implements MachineState {
    TRYING(Timer.E, Timer.F),
    /** Retransmission goes on, since the server repeats itself only when asked. */
    PROCEEDING(Timer.E, Timer.F),
    COMPLETED(null, Timer.K),
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
    R2XX_6XX,
    TIMER_E,
    TIMER_F,
    TIMER_K,
    TRANSPORT_ERROR
  }

  private static final Figure<State, Event, ClientAction> FIGURE =
      new Figure<>(State.class, Event.class, NonInviteClient::decide);

  private NonInviteClient() {}

  static Step<State, ClientAction> step(State state, Event event) {
    return FIGURE.step(state, event);
  }

  /** Timer E's next interval: it doubles up to T2 in Trying, and is T2 at once in Proceeding. */
  static long nextE(State state, long previous, Timings timings) {
    return state == PROCEEDING ? timings.t2() : Timer.E.next(previous, timings);
  }

  private static Step<State, ClientAction> decide(State state, Event event) {
    return switch (state) {
      case TRYING ->
          switch (event) {
            case R1XX -> Step.to(PROCEEDING, PASS_UP);
            case R2XX_6XX -> Step.to(COMPLETED, PASS_UP);
            case TIMER_E -> Step.to(TRYING, SEND_REQUEST);
            case TIMER_F -> Step.to(TERMINATED, TELL_TIMEOUT);
            case TRANSPORT_ERROR -> Step.to(TERMINATED, TELL_TRANSPORT_ERROR);
            case TIMER_K -> Step.to(TRYING);
          };
      case PROCEEDING ->
          switch (event) {
            case R1XX -> Step.to(PROCEEDING, PASS_UP);
            case R2XX_6XX -> Step.to(COMPLETED, PASS_UP);
            case TIMER_E -> Step.to(PROCEEDING, SEND_REQUEST);
            case TIMER_F -> Step.to(TERMINATED, TELL_TIMEOUT);
            case TRANSPORT_ERROR -> Step.to(TERMINATED, TELL_TRANSPORT_ERROR);
            case TIMER_K -> Step.to(PROCEEDING);
          };
      // Buffers retransmissions of the response.
      case COMPLETED ->
          switch (event) {
            case TIMER_K -> Step.to(TERMINATED);
            case R1XX, R2XX_6XX, TIMER_E, TIMER_F, TRANSPORT_ERROR -> Step.to(COMPLETED);
          };
      case TERMINATED -> Step.to(TERMINATED);
    };
  }
}
