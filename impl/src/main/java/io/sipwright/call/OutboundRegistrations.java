package io.sipwright.call;

import io.sipwright.ext.SipFlow;
import io.sipwright.header.SipwrightHeaderFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sip.ClientTransaction;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.CallIdHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a user agent registered over a flow to each of its outbound proxies (RFC 5626 §4):
 * registers, refreshes, keeps the flows alive, and replaces those that fail, after the waits of
 * §4.5.
 *
 * <pre>
 * OutboundRegistrations all = new OutboundRegistrations(
 *     provider, headers, addresses, List.of(proxy1, proxy2), OutboundRules.of(urn), user);
 * all.start();
 * … if (all.onResponse(event)) { return; }      // first thing in processResponse
 * … if (all.onTimeout(event)) { return; }       // in processTimeout
 * … all.onTerminated(event);                    // in processTransactionTerminated
 * </pre>
 *
 * <p>Safe for use by several threads; what belongs to one flow happens in the turn of its Call-ID.
 */
public final class OutboundRegistrations {
  /**
   * What the program does for its registrations. All is called in the turn of the Call-ID. Where it
   * makes no REGISTER but throws a {@link RuntimeException}, that is logged and counts as a failure
   * like any other.
   */
  public interface User {
    /**
     * A REGISTER: Request-URI, From, To, Max-Forwards, a Via, one Contact, whatever else the
     * program wants. Its {@code reg-id}, {@code +sip.instance}, Supported, Route and CSeq number
     * are put in afterwards.
     *
     * @param regId of the flow: 1, 2, …
     * @param callId always the same one for a flow
     */
    Request createRegister(int regId, CallIdHeader callId);

    /**
     * A 401 or 407 came: the same request with credentials. Asked four times for one REGISTER at
     * most: a proxy and the registrar may each want some, and find a nonce stale.
     *
     * @return null to let it count as a failure
     */
    default @Nullable Request answerChallenge(int regId, ResponseEvent challenge) {
      return null;
    }

    /**
     * A flow is registered, for the first time or again.
     *
     * @param flow null if the registrar doesn't support outbound: then nothing keeps it alive
     */
    void onRegistered(int regId, @Nullable SipFlow flow, Response response);

    /**
     * A registration or its flow has failed.
     *
     * @param response where the registration was refused; otherwise null
     * @param nextTry in so many seconds; 0 for at once
     */
    void onFailed(int regId, String reason, @Nullable Response response, int nextTry);
  }

  private final List<OutboundRegistration> all = new ArrayList<>();

  /**
   * Registrations that aren't begun.
   *
   * @param provider of a Sipwright stack
   * @param proxies the outbound proxy set, 1 or more; their {@code reg-id}s are 1, 2, … in this
   *     order, which must be the same each time (§4.2.1)
   * @throws IllegalArgumentException if there's no proxy
   */
  public OutboundRegistrations(
      SipProvider provider,
      SipwrightHeaderFactory headers,
      AddressFactory addresses,
      List<SipURI> proxies,
      OutboundRules rules,
      User user) {
    if (proxies.isEmpty()) {
      throw new IllegalArgumentException("There must be an outbound proxy");
    }
    OutboundHeaders writing = new OutboundHeaders(headers, addresses, rules.instanceId());
    AtomicInteger working = new AtomicInteger();
    for (SipURI proxy : proxies) {
      all.add(
          new OutboundRegistration(provider, writing, rules, user, all.size() + 1, proxy, working));
    }
  }

  /**
   * Registers over all flows.
   *
   * @throws SipException if the stack isn't running
   */
  public void start() throws SipException {
    for (OutboundRegistration one : all) {
      one.start();
    }
  }

  /** Ends refreshes, keep-alives and tries. What's registered stays so until its time is over. */
  public void stop() {
    all.forEach(OutboundRegistration::stop);
  }

  private @Nullable OutboundRegistration of(@Nullable ClientTransaction transaction) {
    for (OutboundRegistration one : all) {
      if (transaction != null && one.owns(transaction)) {
        return one;
      }
    }
    return null;
  }

  /** Takes note of a response. Returns whether it's to one of its own requests. */
  public boolean onResponse(ResponseEvent event) {
    OutboundRegistration one = of(event.getClientTransaction());
    if (one != null) {
      one.onResponse(event);
    }
    return one != null;
  }

  /** Takes note of a time-out. Returns whether it's of one of its own requests. */
  public boolean onTimeout(TimeoutEvent event) {
    OutboundRegistration one = of(event.getClientTransaction());
    if (one != null) {
      one.onLost("No response came in time");
    }
    return one != null;
  }

  /** Takes note of the end of a transaction: its request may not have got out at all. */
  public void onTerminated(TransactionTerminatedEvent event) {
    OutboundRegistration one = of(event.getClientTransaction());
    if (one != null) {
      one.onLost("The REGISTER could not be sent");
    }
  }
}
