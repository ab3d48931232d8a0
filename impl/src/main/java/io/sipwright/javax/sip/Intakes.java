package io.sipwright.javax.sip;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.stack.CoreUser;
import io.sipwright.stack.SipCore;
import io.sipwright.transaction.TransactionKey;
import io.sipwright.transport.Flow;
import io.sipwright.transport.SilentPeerException;
import org.jspecify.annotations.Nullable;

/** What stands above the core of a stack: sorts what comes in. */
record Intakes(SipStackImpl stack, DialogWays dialogWays) implements CoreUser {
  @Override
  public void onRequest(Flow flow, SipMessage request, TransactionKey key) {
    stack.requests().accept(flow, request, key);
  }

  @Override
  public boolean isWaiting(TransactionKey key) {
    return stack.requests().overload().isWaiting(key);
  }

  @Override
  public @Nullable String refusalTag(Flow flow) {
    return stack.requests().refusalTag(flow);
  }

  @Override
  public void onSilentPeer(Flow flow, SilentPeerException cause) {
    stack.requests().tellSilent(flow, cause);
  }

  @Override
  public void onStrayResponse(Flow flow, SipMessage response) {
    stack.responses().acceptStray(flow, response);
  }

  @Override
  public boolean isNeeded(Flow flow) {
    SipCore core = stack.core();
    return core != null && dialogWays.lead(core, flow);
  }
}
