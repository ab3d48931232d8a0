package io.sipwright.examples.load;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import javax.sip.ServerTransaction;
import javax.sip.SipProvider;
import org.jspecify.annotations.Nullable;

/** A call to the answering program, from its INVITE to its end. */
final class IncomingCall {
  private enum State {
    RINGING,
    ANSWERED,
    ENDED
  }

  final SipProvider provider;
  final ServerTransaction invite;
  final String tag;

  /** What answers the call after it has rung; null for a call answered at once. */
  volatile @Nullable Future<?> alarm;

  private final AtomicReference<State> state = new AtomicReference<>(State.RINGING);

  IncomingCall(SipProvider provider, ServerTransaction invite, String tag) {
    this.provider = provider;
    this.invite = invite;
    this.tag = tag;
  }

  /** True for the one caller that may answer the call. */
  boolean answer() {
    return state.compareAndSet(State.RINGING, State.ANSWERED);
  }

  /** True for the one caller that may refuse the call before it was answered. */
  boolean refuse() {
    return state.compareAndSet(State.RINGING, State.ENDED) && silenced();
  }

  /** True for the first caller that says the call is over. */
  boolean end() {
    return state.getAndSet(State.ENDED) != State.ENDED && silenced();
  }

  private boolean silenced() {
    Future<?> ringing = alarm;
    if (ringing != null) {
      ringing.cancel(false);
    }
    return true;
  }
}
