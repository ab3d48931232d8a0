package io.sipwright.transaction;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.transaction.InviteServer.Event;
import io.sipwright.transaction.InviteServer.State;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An INVITE server transaction: {@link InviteServer} with its timers and wire. */
public final class InviteServerDriver extends ServerDriver {
  /** The key of an INVITE by a client of RFC 2543; null for all others. */
  private final @Nullable TransactionKey legacyKey;

  /** For such clients: what the ACK to the final response will be found by. */
  private @Nullable TransactionKey ackKey;

  InviteServerDriver(TransactionKey key, Wire wire, ServerUser user, TransactionLayer layer) {
    super(key, wire, user, layer);
    legacyKey = key.isLegacy() ? key : null;
    enter(State.PROCEEDING);
  }

  @Override
  public synchronized void receiveRetransmission() {
    on(Event.INVITE, null, null);
  }

  @Override
  public synchronized void ack(SipMessage ack) {
    on(Event.ACK, ack, null);
  }

  @Override
  Step<State, ServerAction> stepFor(int status) {
    return InviteServer.step(
        state(),
        switch (status / 100) {
          case 1 -> Event.TU_1XX;
          case 2 -> Event.TU_2XX;
          default -> Event.TU_3XX_6XX;
        });
  }

  @Override
  void responding(SipMessage response) {
    int status = response.status();
    if (status >= 200 && ackKey == null && legacyKey != null) {
      ackKey = legacyKey.forAck(response.toTag());
      layer().table().expectAck(ackKey, this);
    }
  }

  @Override
  void fired(Timer timer) {
    switch (timer) {
      case TRYING -> on(Event.TIMER_TRYING, null, null);
      case G -> on(Event.TIMER_G, null, null);
      case H -> on(Event.TIMER_H, null, null);
      case I -> on(Event.TIMER_I, null, null);
      case L -> on(Event.TIMER_L, null, null);
      default -> throw new AssertionError(timer);
    }
  }

  @Override
  void failed(IOException cause) {
    on(Event.TRANSPORT_ERROR, null, cause);
  }

  @Override
  Step<?, ServerAction> end() {
    return Step.to(State.TERMINATED);
  }

  @Override
  void leave(TransactionTable table) {
    if (ackKey != null) {
      table.forgetAck(ackKey, this);
    }
    super.leave(table);
  }

  private State state() {
    return (State) current();
  }

  private void on(Event event, @Nullable SipMessage ack, @Nullable IOException cause) {
    Step<State, ServerAction> step = InviteServer.step(state(), event);
    carryOut(step, ack, cause);
  }
}
