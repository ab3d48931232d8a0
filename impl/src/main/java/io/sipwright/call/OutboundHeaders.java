package io.sipwright.call;

import io.sipwright.header.FlowTimerHeader;
import io.sipwright.header.SipwrightContactHeader;
import io.sipwright.header.SipwrightHeaderFactory;
import java.text.ParseException;
import java.util.Iterator;
import javax.sip.InvalidArgumentException;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.OptionTag;
import javax.sip.header.RequireHeader;
import javax.sip.header.RetryAfterHeader;
import javax.sip.header.RouteHeader;
import javax.sip.header.SupportedHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** What outbound registrations read from messages and write into them (RFC 5626 §4.2). */
final class OutboundHeaders {
  private static final String OUTBOUND = "outbound";
  private static final String PATH = "path";
  private static final int USUAL_EXPIRES = 3600;

  private final SipwrightHeaderFactory headers;
  private final AddressFactory addresses;
  private final String instanceId;

  OutboundHeaders(SipwrightHeaderFactory headers, AddressFactory addresses, String instanceId) {
    this.headers = headers;
    this.addresses = addresses;
    this.instanceId = instanceId;
  }

  /** Makes a REGISTER one over a flow to a proxy; it gets a branch of its own when it's sent. */
  void complete(Request register, int regId, SipURI proxy, long number) {
    try {
      if (!(register.getHeader(ContactHeader.NAME) instanceof SipwrightContactHeader contact)) {
        throw new IllegalArgumentException("The REGISTER has no Contact of this stack's");
      }
      contact.setInstanceId(instanceId);
      contact.setRegId(regId);
      support(register, OUTBOUND);
      support(register, PATH);
      register.removeHeader(RouteHeader.NAME);
      SipURI uri = (SipURI) proxy.clone();
      uri.setLrParam();
      register.addHeader(headers.createRouteHeader(addresses.createAddress(uri)));
      number(register, number);
    } catch (ParseException | InvalidArgumentException e) {
      throw new IllegalArgumentException("The REGISTER can't be completed: " + e.getMessage(), e);
    }
  }

  private void support(Request register, String tag) throws ParseException {
    if (!has(register, SupportedHeader.NAME, tag)) {
      register.addHeader(headers.createSupportedHeader(tag));
    }
  }

  /** Gives a request its number, and no branch yet. */
  void number(Request register, long number) {
    try {
      register.setHeader(headers.createCSeqHeader(number, register.getMethod()));
      if (register.getHeader(ViaHeader.NAME) instanceof ViaHeader via) {
        via.removeParameter("branch");
      }
    } catch (ParseException | InvalidArgumentException e) {
      throw new IllegalStateException("CSeq is used up: " + number, e);
    }
  }

  private static boolean has(Message message, String name, String tag) {
    for (Iterator<?> all = message.getHeaders(name); all.hasNext(); ) {
      if (all.next() instanceof OptionTag one && tag.equalsIgnoreCase(one.getOptionTag())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a 2xx says that outbound is in use. */
  static boolean isOutbound(Response response) {
    return has(response, RequireHeader.NAME, OUTBOUND);
  }

  /** Seconds of Flow-Timer, or 0. */
  static int flowTimer(Response response) {
    return response.getHeader(FlowTimerHeader.NAME) instanceof FlowTimerHeader timer
        ? timer.getFlowTimer()
        : 0;
  }

  /** Seconds of Retry-After, or 0. */
  static int retryAfter(Response response) {
    return response.getHeader(RetryAfterHeader.NAME) instanceof RetryAfterHeader header
        ? header.getRetryAfter()
        : 0;
  }

  /** For how many seconds a 2xx binds our Contact of a flow. */
  int expires(Response response, int regId) {
    for (Iterator<?> all = response.getHeaders(ContactHeader.NAME); all.hasNext(); ) {
      if (all.next() instanceof SipwrightContactHeader contact
          && contact.getRegId() == regId
          && instanceId.equalsIgnoreCase(contact.getInstanceId())
          && contact.getExpires() > 0) {
        return contact.getExpires();
      }
    }
    return response.getHeader(ExpiresHeader.NAME) instanceof ExpiresHeader expires
            && expires.getExpires() > 0
        ? expires.getExpires()
        : USUAL_EXPIRES;
  }
}
