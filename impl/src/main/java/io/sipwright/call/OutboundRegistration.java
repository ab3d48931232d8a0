package io.sipwright.call;

import io.sipwright.ext.ExtendedStack;
import io.sipwright.ext.ExtendedTransaction;
import io.sipwright.ext.FlowListener;
import io.sipwright.ext.SipFlow;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sip.ClientTransaction;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.address.SipURI;
import javax.sip.header.CallIdHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One flow of {@link OutboundRegistrations}, and its registration. All but {@link #start}, {@link
 * #stop} and {@link #owns} happens in the turn of its Call-ID.
 */
final class OutboundRegistration implements FlowListener {
  private static final Logger LOG = LoggerFactory.getLogger(OutboundRegistration.class);

  /** A registration is refreshed when so much of its time is over, in percent. */
  private static final int REFRESH_AT = 90;

  /** Of one try: of a proxy and of the registrar, each with a nonce that may be stale. */
  private static final int MOST_CHALLENGES = 4;

  private final SipProvider provider;
  private final ExtendedStack stack;
  private final OutboundHeaders headers;
  private final OutboundRules rules;
  private final OutboundRegistrations.User user;
  private final int regId;
  private final SipURI proxy;
  private final CallIdHeader callId;

  /** How many flows of the set work. */
  private final AtomicInteger working;

  private volatile @Nullable ClientTransaction pending;
  private volatile boolean stopped;
  private boolean works;

  /** Whether a keep-alive was answered: only then the flow was a success (RFC 5626 §4.5). */
  private boolean proven;

  private int failures;
  private int challenges;
  private int flowTimer;
  private long number;
  private @Nullable SipFlow flow;
  private SipFlow.@Nullable KeepAlive keepAlive;
  private ExtendedStack.@Nullable ScheduledTask next;

  OutboundRegistration(
      SipProvider provider,
      OutboundHeaders headers,
      OutboundRules rules,
      OutboundRegistrations.User user,
      int regId,
      SipURI proxy,
      AtomicInteger working) {
    this.provider = provider;
    this.stack = (ExtendedStack) provider.getSipStack();
    this.headers = headers;
    this.rules = rules;
    this.user = user;
    this.regId = regId;
    this.proxy = proxy;
    this.working = working;
    this.callId = provider.getNewCallId();
  }

  boolean owns(ClientTransaction transaction) {
    return pending == transaction;
  }

  void start() throws SipException {
    stopped = false;
    stack.schedule(callId.getCallId(), Duration.ZERO, this::register);
  }

  /** Takes effect in its turn, but nothing is sent any more from now on. */
  void stop() {
    stopped = true;
    pending = null;
    try {
      stack.schedule(callId.getCallId(), Duration.ZERO, this::rest);
    } catch (SipException e) {
      LOG.debug("The stack isn't running: nothing is left to stop", e);
    }
  }

  private void rest() {
    if (next != null) {
      next.cancel();
      next = null;
    }
    leaveFlow();
  }

  private void later(int seconds) {
    if (next != null) {
      next.cancel();
    }
    try {
      next = stack.schedule(callId.getCallId(), Duration.ofSeconds(seconds), this::register);
    } catch (SipException e) {
      LOG.debug("The stack isn't running any more", e);
    }
  }

  private void register() {
    if (stopped || pending != null) {
      return;
    }
    challenges = 0;
    Request register;
    try {
      register = user.createRegister(regId, callId);
      headers.complete(register, regId, proxy, ++number);
    } catch (RuntimeException e) {
      LOG.error("{}: the program's REGISTER can't be sent", callId.getCallId(), e);
      fail("No REGISTER was made: " + e, null);
      return;
    }
    send(register);
  }

  private void send(Request register) {
    try {
      ClientTransaction transaction = provider.getNewClientTransaction(register);
      pending = transaction;
      if (stopped) { // meanwhile; later than this, stop() takes it back
        pending = null;
        return;
      }
      transaction.sendRequest();
    } catch (SipException e) {
      fail(String.valueOf(e.getMessage()), null);
    }
  }

  void onResponse(ResponseEvent event) {
    Response response = event.getResponse();
    int status = response.getStatusCode();
    if (status < 200) {
      return;
    }
    ClientTransaction answered = event.getClientTransaction();
    pending = null;
    if (stopped) {
      return;
    }
    if (status < 300) {
      onRegistered(answered, response);
      return;
    }
    Request again = answer(event);
    if (again != null) {
      headers.number(again, ++number);
      send(again);
    } else {
      fail(status + " " + response.getReasonPhrase(), response);
    }
  }

  /** The request with credentials, if that's what is asked for and the program has some. */
  private @Nullable Request answer(ResponseEvent event) {
    int status = event.getResponse().getStatusCode();
    if (status != Response.UNAUTHORIZED && status != Response.PROXY_AUTHENTICATION_REQUIRED) {
      return null;
    }
    if (++challenges > MOST_CHALLENGES) {
      return null; // they won't be believed the next time either
    }
    try {
      return user.answerChallenge(regId, event);
    } catch (RuntimeException e) {
      LOG.error("{}: answering a challenge failed", callId.getCallId(), e);
      return null;
    }
  }

  private void onRegistered(ClientTransaction answered, Response response) {
    SipFlow used =
        OutboundHeaders.isOutbound(response) ? ((ExtendedTransaction) answered).getFlow() : null;
    if (used == null) {
      failures = 0;
      leaveFlow();
    } else {
      keep(used, OutboundHeaders.flowTimer(response));
    }
    if (!works) {
      works = true;
      working.incrementAndGet();
    }
    later(Math.max(1, (int) (headers.expires(response, regId) * (long) REFRESH_AT / 100)));
    user.onRegistered(regId, used, response);
  }

  private void keep(SipFlow used, int timer) {
    boolean same = used.equals(flow);
    if (same && timer == flowTimer) {
      return;
    }
    leaveFlow();
    try {
      flow = used;
      flowTimer = timer;
      proven &= same;
      keepAlive = used.keepAlive(callId.getCallId(), flowTimer, this);
    } catch (SipException e) {
      LOG.debug("The stack isn't running any more", e);
    }
  }

  private void leaveFlow() {
    if (keepAlive != null) {
      keepAlive.stop();
      keepAlive = null;
    }
    flow = null;
    if (works) {
      works = false;
      working.decrementAndGet();
    }
  }

  @Override
  public void onFlowAlive(SipFlow alive) {
    proven = true;
    failures = 0;
  }

  /** A flow that has worked is replaced at once; one that never did, after a while. */
  @Override
  public void onFlowFailed(SipFlow failed, String reason) {
    boolean once = proven;
    leaveFlow();
    if (stopped || pending != null) {
      return; // what becomes of that, counts
    }
    if (once) {
      later(0);
      user.onFailed(regId, reason, null, 0);
    } else {
      fail(reason, null);
    }
  }

  /** The pending request came to nothing. */
  void onLost(String reason) {
    fail(reason, null);
  }

  /** RFC 5626 §4.5. A flow that still answers is kept (§4.2.2). */
  private void fail(String reason, @Nullable Response response) {
    pending = null;
    if (stopped) {
      return;
    }
    failures++;
    if (flow == null) {
      leaveFlow();
    }
    int most = rules.upperBound(failures, working.get() > 0);
    int wait = ThreadLocalRandom.current().nextInt(most - most / 2, most + 1);
    if (response != null) {
      wait = rules.longer(wait, OutboundHeaders.retryAfter(response));
    }
    later(wait);
    user.onFailed(regId, reason, response, wait);
  }
}
