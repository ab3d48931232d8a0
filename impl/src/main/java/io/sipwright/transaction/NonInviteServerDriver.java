package io.sipwright.transaction;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.transaction.NonInviteServer.Event;
import io.sipwright.transaction.NonInviteServer.State;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A non-INVITE server transaction: {@link NonInviteServer} with its timers and wire. */
public final class NonInviteServerDriver extends ServerDriver {
  NonInviteServerDriver(TransactionKey key, Wire wire, ServerUser user, TransactionLayer layer) {
    super(key, wire, user, layer);
    enter(State.TRYING);
  }

  @Override
  public synchronized void receiveRetransmission() {
    on(Event.REQUEST, null);
  }

  /** No effect: nobody acknowledges anything but the answer to an INVITE. */
  @Override
  public void ack(SipMessage ack) {}

  @Override
  Step<State, ServerAction> stepFor(int status) {
    return NonInviteServer.step(
        state(),
        switch (status) {
          case 408 -> Event.TU_408;
          default -> status < 200 ? Event.TU_1XX : Event.TU_2XX_6XX;
        });
  }

  @Override
  void responding(SipMessage response) {}

  @Override
  void fired(Timer timer) {
    switch (timer) {
      case TRYING -> on(Event.TIMER_TRYING, null);
      case J -> on(Event.TIMER_J, null);
      default -> throw new AssertionError(timer);
    }
  }

  @Override
  void failed(IOException cause) {
    on(Event.TRANSPORT_ERROR, cause);
  }

  @Override
  Step<?, ServerAction> end() {
    return Step.to(State.TERMINATED);
  }

  private State state() {
    return (State) current();
  }

  private void on(Event event, @Nullable IOException cause) {
    Step<State, ServerAction> step = NonInviteServer.step(state(), event);
    carryOut(step, null, cause);
  }
}
