package io.sipwright.transaction;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.transaction.NonInviteClient.Event;
import io.sipwright.transaction.NonInviteClient.State;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A non-INVITE client transaction: {@link NonInviteClient} with its timers and wire. */
public final class NonInviteClientDriver extends ClientDriver {
  NonInviteClientDriver(
      SipMessage request, byte[] encoded, Wire wire, ClientUser user, TransactionLayer layer) {
    super(request, encoded, wire, user, layer);
  }

  @Override
  void begin() {
    carryOut(Step.to(State.TRYING, ClientAction.SEND_REQUEST), null, null);
  }

  @Override
  void received(SipMessage response) {
    switch (response.status() / 100) {
      case 1 -> on(Event.R1XX, response, null);
      case 2, 3, 4, 5, 6 -> on(Event.R2XX_6XX, response, null);
      default -> {}
    }
  }

  @Override
  void sendAck(@Nullable SipMessage response) {
    throw new AssertionError("Only an INVITE is acknowledged");
  }

  @Override
  long next(Timer timer, long previous) {
    return NonInviteClient.nextE(state(), previous, timings());
  }

  @Override
  void fired(Timer timer) {
    switch (timer) {
      case E -> on(Event.TIMER_E, null, null);
      case F -> on(Event.TIMER_F, null, null);
      case K -> on(Event.TIMER_K, null, null);
      default -> throw new AssertionError(timer);
    }
  }

  @Override
  void failed(IOException cause) {
    on(Event.TRANSPORT_ERROR, null, cause);
  }

  @Override
  Step<?, ClientAction> end() {
    return Step.to(State.TERMINATED);
  }

  private State state() {
    return (State) current();
  }

  private void on(Event event, @Nullable SipMessage response, @Nullable IOException cause) {
    Step<State, ClientAction> step = NonInviteClient.step(state(), event);
    if (step.next() == State.COMPLETED) {
      forgetRequest();
    }
    carryOut(step, response, cause);
  }
}
