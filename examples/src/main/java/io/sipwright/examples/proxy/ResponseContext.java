package io.sipwright.examples.proxy;

import io.sipwright.examples.Agent;
import io.sipwright.examples.Alarms;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import javax.sip.ClientTransaction;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.header.Header;
import javax.sip.header.ProxyAuthenticateHeader;
import javax.sip.header.ViaHeader;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request that was forwarded to one or several places: RFC 3261 §16.7 to §16.10.
 * One final answer goes back, but for 2xx to INVITE, all of which do. Safe for use by several
 * threads.
 */
final class ResponseContext {
  /** Timer C: how long an INVITE may ring (§16.6 step 11: more than three minutes). */
  static final Duration TIMER_C = Duration.ofSeconds(181);

  /** When to give up on a branch that was cancelled, and stays silent: 64·T1 (§9.1). */
  private static final Duration CANCELLED = Duration.ofSeconds(32);

  /** Answers that tell the caller what to do go before others of their class (§16.7 step 6). */
  private static final Set<Integer> HELPFUL = Set.of(401, 407, 415, 420, 484);

  private static final int GLOBAL_FAILURE = 600;

  private final Agent agent;
  private final ServerTransaction server;
  private final Alarms alarms;
  private final Map<ClientTransaction, SipProvider> waiting = new HashMap<>();
  private final Map<ClientTransaction, ScheduledFuture<?>> armed = new HashMap<>();
  private final List<Response> refusals = new ArrayList<>();
  private boolean answered;
  private boolean cancelled;

  ResponseContext(Agent agent, ServerTransaction server, Alarms alarms) {
    this.agent = agent;
    this.server = server;
    this.alarms = alarms;
  }

  private boolean isInvite() {
    return server.getRequest().getMethod().equals(Request.INVITE);
  }

  /** Sends the request on, from a side of the proxy; a failure counts as an answer 503 (§16.9). */
  synchronized void forward(SipProvider side, Request request) throws Exception {
    ClientTransaction client = side.getNewClientTransaction(request);
    client.setApplicationData(this);
    waiting.put(client, side);
    if (isInvite()) {
      arm(client, TIMER_C, () -> cancelBranch(client));
    }
    try {
      client.sendRequest();
    } catch (SipException e) {
      refuse(client, Response.SERVICE_UNAVAILABLE);
    }
  }

  /** All branches have been begun: answers if none of them got away. */
  synchronized void begun() throws Exception {
    answerIfDone();
  }

  /** An answer came from one of the places. */
  synchronized void onResponse(ClientTransaction client, Response response) throws Exception {
    int status = response.getStatusCode();
    if (status < 200) {
      if (status > Response.TRYING && !answered) { // each hop says 100 for itself
        if (isInvite() && !cancelled) {
          arm(client, TIMER_C, () -> cancelBranch(client));
        }
        send(withoutOurVia(response));
      }
      return;
    }
    forget(client);
    if (status < 300) {
      if (isInvite() || !answered) {
        answered = true;
        send(withoutOurVia(response));
      }
      cancelOthers();
      return;
    }
    refusals.add(withoutOurVia(response));
    if (status >= GLOBAL_FAILURE) {
      cancelOthers();
    }
    answerIfDone();
  }

  /** One of the places doesn't answer. Only INVITE gets a 408 for it (RFC 4320 §4.2). */
  synchronized void onTimeout(ClientTransaction client) throws Exception {
    if (isInvite()) {
      refuse(client, Response.REQUEST_TIMEOUT);
    } else {
      forget(client);
    }
    answerIfDone();
  }

  /** A branch is over: if it had no answer, it never got out. */
  synchronized void onEnd(ClientTransaction client) throws Exception {
    refuse(client, Response.SERVICE_UNAVAILABLE);
    answerIfDone();
  }

  /** The caller doesn't want any more (§16.10). */
  synchronized void cancel() {
    if (!answered) {
      cancelOthers();
    }
  }

  /** The CANCEL waits in the stack if nothing came yet (§9.1). */
  private void cancelOthers() {
    cancelled = true;
    if (isInvite()) {
      List.copyOf(waiting.keySet()).forEach(this::cancelBranch);
    }
  }

  private synchronized void cancelBranch(ClientTransaction client) {
    SipProvider side = waiting.get(client);
    if (side == null) {
      return;
    }
    arm(client, CANCELLED, () -> giveUp(client));
    try {
      side.getNewClientTransaction(client.createCancel()).sendRequest();
    } catch (SipException e) {
      // The branch was over at this moment, and its answer is about to be told; or the alarm ends
      // it.
      return;
    }
  }

  private void giveUp(ClientTransaction client) {
    try {
      onTimeout(client);
    } catch (Exception e) {
      // What the caller's connection doesn't take any more: its transaction will end by itself.
      return;
    }
  }

  private void refuse(ClientTransaction client, int status) throws ParseException {
    if (waiting.containsKey(client)) {
      forget(client);
      refusals.add(agent.messages().createResponse(status, server.getRequest()));
    }
  }

  private void answerIfDone() throws Exception {
    if (answered || !waiting.isEmpty()) {
      return;
    }
    answered = true;
    Response best = best();
    if (best != null) {
      send(best);
    } else {
      server.terminate(); // a request that nobody answered, and that must not be answered 408
    }
  }

  /** RFC 3261 §16.7 step 6; challenges of all branches go along with the best one (step 7). */
  private @Nullable Response best() throws Exception {
    Response best = null;
    for (Response refusal : refusals) {
      if (best == null || rank(refusal) < rank(best)) {
        best = refusal;
      }
    }
    if (best == null) {
      return null;
    }
    int status = best.getStatusCode();
    if (status == Response.SERVICE_UNAVAILABLE) {
      return agent.messages().createResponse(Response.SERVER_INTERNAL_ERROR, server.getRequest());
    }
    if (status == Response.UNAUTHORIZED || status == Response.PROXY_AUTHENTICATION_REQUIRED) {
      for (Response refusal : refusals) {
        if (refusal != best) {
          copy(refusal, best, WWWAuthenticateHeader.NAME);
          copy(refusal, best, ProxyAuthenticateHeader.NAME);
        }
      }
    }
    return best;
  }

  private static int rank(Response response) {
    int status = response.getStatusCode();
    if (status >= GLOBAL_FAILURE) {
      return 0;
    }
    return status / 100 * 10 + (HELPFUL.contains(status) ? 0 : 1);
  }

  private static void copy(Response from, Response to, String name) throws SipException {
    for (ListIterator<?> headers = from.getHeaders(name); headers.hasNext(); ) {
      to.addLast((Header) ((Header) headers.next()).clone());
    }
  }

  private void send(Response response) throws SipException, InvalidArgumentException {
    server.sendResponse(response);
  }

  /** An answer as it goes back: without our Via (§16.7 step 3). */
  static Response withoutOurVia(Response response) {
    Response copy = (Response) response.clone();
    copy.removeFirst(ViaHeader.NAME);
    return copy;
  }

  private void arm(ClientTransaction client, Duration delay, Runnable action) {
    disarm(client);
    armed.put(client, alarms.after(delay, action));
  }

  private void disarm(ClientTransaction client) {
    ScheduledFuture<?> alarm = armed.remove(client);
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  private void forget(ClientTransaction client) {
    waiting.remove(client);
    disarm(client);
  }
}
