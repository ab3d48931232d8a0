package io.sipwright.call;

import io.sipwright.ext.ExtendedStack;
import io.sipwright.header.SessionExpiresHeader;
import io.sipwright.header.SipwrightHeaderFactory;
import java.time.Duration;
import java.util.Objects;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.InvalidArgumentException;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.header.CSeqHeader;
import javax.sip.header.RetryAfterHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session alive, and ends it when the peer has gone (RFC 4028): refreshes by UPDATE where
 * the peer allows that, otherwise by re-INVITE; sends BYE when no refresh came in time.
 *
 * <p>The program shows it what goes by. As caller:
 *
 * <pre>
 * SessionTimer timer = new SessionTimer(provider, headers, SessionTimerRules.DEFAULT, user);
 * timer.offer(invite);                              // before it's sent
 * … if (timer.onResponse(event)) { return; }        // first thing in processResponse
 * … if (timer.onTimeout(event)) { return; }         // and in processTimeout
 * Request again = timer.retry(event);               // after a 422: to be sent in a new transaction
 * </pre>
 *
 * <p>As callee, and for each INVITE and UPDATE of the peer within the dialog:
 *
 * <pre>
 * Response refusal = timer.refuse(request, messages); // 422, if the interval is too small
 * timer.answer(request, ok, dialog);                // before the 2xx is sent
 * </pre>
 *
 * <p>To be used in the turn of the call's events, as a listener is; then it needs no lock.
 */
public final class SessionTimer {
  private static final Logger LOG = LoggerFactory.getLogger(SessionTimer.class);

  /** How long before the end of the interval a session is given up, at most (RFC 4028 §10). */
  private static final int GREATEST_MARGIN_SECONDS = 32;

  /** What the program does for its session. */
  public interface User {
    /**
     * Completes a refresh before it's sent: a re-INVITE needs the session description, an UPDATE
     * needs none.
     */
    void refresh(Request request);

    /** The session wasn't refreshed in time: its BYE is on the way. */
    void onExpired(Dialog dialog);
  }

  private final SipProvider provider;
  private final ExtendedStack stack;
  private final SessionTimerRules rules;
  private final SessionTimerHeaders headers;
  private final User user;

  private int interval;
  private int minimum;

  /** Whether somebody on the way has set a minimum, by a 422 or a Min-SE. */
  private boolean limited;

  private boolean refresher;
  private boolean peerAllowsUpdate;
  private @Nullable Dialog dialog;
  private @Nullable ClientTransaction refresh;
  private ExtendedStack.@Nullable ScheduledTask refreshing;
  private ExtendedStack.@Nullable ScheduledTask expiring;

  /**
   * A timer for one session, not running yet.
   *
   * @param provider of a Sipwright stack
   */
  public SessionTimer(
      SipProvider provider, SipwrightHeaderFactory headers, SessionTimerRules rules, User user) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.stack = (ExtendedStack) provider.getSipStack();
    this.headers = new SessionTimerHeaders(headers);
    this.rules = Objects.requireNonNull(rules, "rules");
    this.user = Objects.requireNonNull(user, "user");
    this.interval = rules.interval();
    this.minimum = rules.minimum();
  }

  // --- as UAC ---

  /** Asks for a session timer in an INVITE or UPDATE that's going to be sent (RFC 4028 §7.1). */
  public void offer(Request request) {
    String wanted = dialog == null ? null : refresher ? "uac" : "uas";
    headers.ask(request, Math.max(interval, minimum), minimum, limited, wanted);
  }

  /**
   * The INVITE to send again after a 422 outside of a dialog: with the interval that's asked for,
   * and the next number (RFC 4028 §7.3). A new transaction gives it a branch of its own.
   *
   * @return null for other responses
   */
  public @Nullable Request retry(ResponseEvent event) {
    Response response = event.getResponse();
    ClientTransaction transaction = event.getClientTransaction();
    if (response.getStatusCode() != SessionTimerRules.TOO_SMALL || transaction == null) {
      return null;
    }
    int asked = SessionTimerHeaders.minimum(response);
    if (asked <= minimum) {
      return null; // it has no reason to refuse, and would go on to
    }
    atLeast(asked);
    Request again = SessionTimerHeaders.again(transaction.getRequest());
    offer(again);
    return again;
  }

  /**
   * Takes note of a response: a 2xx to the INVITE or to an UPDATE starts the timer or starts it
   * anew (RFC 4028 §7.2).
   *
   * @return whether it's the answer to a refresh of the timer's own, ACK included, so that the
   *     program has nothing to do about it
   */
  public boolean onResponse(ResponseEvent event) throws SipException {
    Response response = event.getResponse();
    String method =
        response.getHeader(CSeqHeader.NAME) instanceof CSeqHeader cseq ? cseq.getMethod() : "";
    boolean own = refresh != null && refresh == event.getClientTransaction();
    int status = response.getStatusCode();
    boolean counts = method.equals(Request.INVITE) || method.equals(Request.UPDATE);
    if (!counts || status < 200) {
      return own;
    }
    if (status < 300) {
      Dialog answered = event.getDialog();
      note(response);
      if (own && answered != null && method.equals(Request.INVITE)) {
        acknowledge(answered, response);
      }
      if (answered != null) {
        begin(answered, headers.of(response), true);
      }
    }
    if (!own) {
      return false;
    }
    refresh = null;
    if (status == Response.UNAUTHORIZED || status == Response.PROXY_AUTHENTICATION_REQUIRED) {
      return false; // the program has the credentials; its request is a refresh too
    }
    if (status >= 300) {
      onRefusal(event);
    }
    return true;
  }

  /**
   * Takes note of a time-out: a refresh that nobody answers ends the session (RFC 4028 §10).
   *
   * @return whether it was a refresh of the timer's own
   */
  public boolean onTimeout(TimeoutEvent event) {
    if (refresh == null || refresh != event.getClientTransaction()) {
      return false;
    }
    refresh = null;
    expire();
    return true;
  }

  private void atLeast(int seconds) {
    limited = true;
    minimum = Math.max(minimum, seconds);
    interval = Math.max(interval, minimum);
  }

  private static void acknowledge(Dialog answered, Response response) throws SipException {
    CSeqHeader cseq = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
    try {
      answered.sendAck(answered.createAck(cseq.getSeqNumber()));
    } catch (InvalidArgumentException e) {
      throw new SipException("The 2xx has no CSeq number that can be", e);
    }
  }

  /**
   * A refresh failed: it's tried again where the refusal says how; otherwise the session may run
   * out, as nobody should try the same again and again (RFC 4028 §10).
   */
  private void onRefusal(ResponseEvent event) throws SipException {
    Response response = event.getResponse();
    switch (response.getStatusCode()) {
      case Response.REQUEST_PENDING -> refreshing = GlareBackoff.retry(event, d -> sendRefresh());
      case SessionTimerRules.TOO_SMALL -> {
        int asked = SessionTimerHeaders.minimum(response);
        if (asked > Math.max(minimum, interval)) { // otherwise it would refuse again
          atLeast(asked);
          refreshing = after(Duration.ZERO, this::sendRefresh);
        }
      }
      case Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, Response.REQUEST_TIMEOUT -> expire();
      case Response.METHOD_NOT_ALLOWED, Response.NOT_IMPLEMENTED -> {
        if (peerAllowsUpdate) { // and said so, but doesn't
          peerAllowsUpdate = false;
          refreshing = after(Duration.ZERO, this::sendRefresh);
        }
      }
      default -> {
        if (response.getHeader(RetryAfterHeader.NAME) instanceof RetryAfterHeader later) {
          refreshing = after(Duration.ofSeconds(later.getRetryAfter()), this::sendRefresh);
        }
      }
    }
  }

  // --- as UAS ---

  /**
   * The status 422 response for a request whose interval is too small (RFC 4028 §9).
   *
   * @return null if it may be accepted: also where the caller couldn't understand a 422
   */
  public @Nullable Response refuse(Request request, javax.sip.message.MessageFactory messages) {
    SessionExpiresHeader asked = headers.of(request);
    if (asked == null
        || asked.getExpires() >= rules.minimum()
        || !SessionTimerHeaders.supports(request)) {
      return null;
    }
    return headers.tooSmall(request, rules.minimum(), messages);
  }

  /**
   * Settles the timer in a 2xx of ours to an INVITE or UPDATE, and starts it or starts it anew (RFC
   * 4028 §9).
   */
  public void answer(Request request, Response response, Dialog answered) throws SipException {
    note(request);
    SessionExpiresHeader asked = headers.of(request);
    boolean supported = SessionTimerHeaders.supports(request);
    int least = SessionTimerHeaders.minimum(request);
    int wanted = Math.max(rules.interval(), least);
    interval = asked == null ? wanted : Math.min(wanted, asked.getExpires()); // never increased
    if (SessionTimerHeaders.limits(request)) {
      limited = true;
      minimum = Math.max(minimum, least);
    }
    boolean theirs =
        supported
            && (asked == null || !SessionExpiresHeader.UAS.equals(asked.getRefresher()))
            && (SessionExpiresHeader.UAC.equals(asked == null ? null : asked.getRefresher())
                || rules.peerRefreshes());
    headers.settle(response, interval, theirs, supported);
    begin(answered, headers.of(response), false);
  }

  // --- the timer ---

  private void note(Message message) {
    Boolean allows = SessionTimerHeaders.allowsUpdate(message);
    peerAllowsUpdate = allows == null ? peerAllowsUpdate : allows;
  }

  private void begin(Dialog answered, @Nullable SessionExpiresHeader settled, boolean uac)
      throws SipException {
    stop();
    dialog = answered;
    if (settled != null) {
      interval = settled.getExpires();
      refresher = uac == SessionExpiresHeader.UAC.equals(settled.getRefresher());
    } else if (!refresher || refresh == null) {
      return; // no session timer; but who began to refresh goes on for the proxies on the way
    }
    if (refresher) {
      refreshing = after(Duration.ofSeconds(interval / 2), this::sendRefresh);
    }
    int margin = Math.min(GREATEST_MARGIN_SECONDS, interval / 3);
    expiring = after(Duration.ofSeconds(interval - margin), this::expire);
  }

  private ExtendedStack.ScheduledTask after(Duration delay, Runnable task) throws SipException {
    String callId = dialog == null ? "" : dialog.getCallId().getCallId();
    return stack.schedule(callId, delay, task);
  }

  private boolean isOver() {
    return dialog == null || dialog.getState() != DialogState.CONFIRMED;
  }

  private void sendRefresh() {
    Dialog session = dialog;
    if (session == null || isOver() || refresh != null) {
      return;
    }
    try {
      Request request = session.createRequest(peerAllowsUpdate ? Request.UPDATE : Request.INVITE);
      offer(request);
      user.refresh(request);
      ClientTransaction transaction = provider.getNewClientTransaction(request);
      refresh = transaction;
      session.sendRequest(transaction);
    } catch (SipException e) {
      refresh = null;
      LOG.debug("{}: the session can't be refreshed now", session, e);
      later(session);
    }
  }

  /** Another INVITE or an offer is in the way, which refreshes the session too if it succeeds. */
  private void later(Dialog session) {
    try {
      refreshing = after(GlareBackoff.delay(session), this::sendRefresh);
    } catch (SipException e) {
      LOG.debug("{}: the stack has stopped", session, e);
    }
  }

  private void expire() {
    Dialog session = dialog;
    boolean over = isOver();
    stop();
    if (session == null || over) {
      return;
    }
    try {
      Request bye = session.createRequest(Request.BYE);
      headers.because(bye, "session timer ran out");
      session.sendRequest(provider.getNewClientTransaction(bye));
    } catch (SipException e) {
      LOG.debug("{}: no BYE could be sent", session, e);
    }
    user.onExpired(session);
  }

  /** Stops it: the session is over. Harmless when called again. */
  public void stop() {
    if (refreshing != null) {
      refreshing.cancel();
      refreshing = null;
    }
    if (expiring != null) {
      expiring.cancel();
      expiring = null;
    }
  }

  /** Seconds that the session lives from one refresh to the next, as it was settled last. */
  public int interval() {
    return interval;
  }

  /** Whether it's this side that refreshes. */
  public boolean isRefresher() {
    return refresher;
  }
}
