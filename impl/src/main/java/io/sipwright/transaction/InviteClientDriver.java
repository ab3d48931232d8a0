package io.sipwright.transaction;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.transaction.InviteClient.Event;
import io.sipwright.transaction.InviteClient.State;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An INVITE client transaction: {@link InviteClient} with its timers, wire and ACK. */
public final class InviteClientDriver extends ClientDriver {
  private byte @Nullable [] ack;
  private long timerD = Timer.NEVER;
  private long leastTimerM;

  InviteClientDriver(
      SipMessage request, byte[] encoded, Wire wire, ClientUser user, TransactionLayer layer) {
    super(request, encoded, wire, user, layer);
  }

  /**
   * Sets Timer D, for how long retransmissions of a final response other than 2xx are acknowledged
   * on an unreliable transport; before that response comes.
   *
   * @param millis at least 32,000 by RFC 3261 §17.1.1.2, which isn't checked here
   */
  public synchronized void setTimerD(long millis) {
    timerD = millis;
  }

  /**
   * Sets the least of Timer M, for how long after the first 2xx further ones are passed up, in
   * place of 64·T1 if that's shorter; before the first 2xx comes.
   *
   * @param millis 0 or more
   */
  public synchronized void setLeastTimerM(long millis) {
    leastTimerM = millis;
  }

  /**
   * Tells it that its CANCEL was sent: if no final response comes within 64·T1, which a server of
   * RFC 2543 need not send, that's a time-out (RFC 3261 §9.1). No effect but in {@link
   * TransactionStage#PROCEEDING}.
   */
  public synchronized void cancelled() {
    if (stage() == TransactionStage.PROCEEDING) {
      startLasting(64L * timings().t1());
    }
  }

  @Override
  void begin() {
    carryOut(Step.to(State.CALLING, ClientAction.SEND_REQUEST), null, null);
  }

  @Override
  void received(SipMessage response) {
    switch (response.status() / 100) {
      case 1 -> on(Event.R1XX, response, null);
      case 2 -> on(Event.R2XX, response, null);
      case 3, 4, 5, 6 -> on(Event.R3XX_6XX, response, null);
      default -> {}
    }
  }

  @Override
  void sendAck(@Nullable SipMessage response) {
    byte[] invite = request();
    if (ack == null && invite != null && response != null) {
      ack = HopByHop.ack(invite, response.encoded());
      forgetRequest();
    }
    if (ack != null) {
      send(ack);
    }
  }

  @Override
  long first(Timer timer) {
    if (timer == Timer.M) {
      return Math.max(leastTimerM, super.first(timer));
    }
    boolean ownD = timer == Timer.D && timerD != Timer.NEVER && !wire().reliable();
    return ownD ? timerD : super.first(timer);
  }

  @Override
  void fired(Timer timer) {
    switch (timer) {
      case A -> on(Event.TIMER_A, null, null);
      case B -> on(Event.TIMER_B, null, null);
      case D -> on(Event.TIMER_D, null, null);
      case CANCELLED -> on(Event.TIMER_CANCELLED, null, null);
      case M -> on(Event.TIMER_M, null, null);
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
    Step<State, ClientAction> step = InviteClient.step(state(), event);
    if (step.next() == State.ACCEPTED) {
      forgetRequest();
    }
    carryOut(step, response, cause);
  }
}
