package io.sipwright.locator;

import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.javax.sip.address.Uris;
import io.sipwright.javax.sip.header.AddressHeader;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.message.SipMessage;
import javax.sip.SipException;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.message.Request;

/**
 * The rewriting that makes a request fit for a strict router, one of RFC 2543, as its next hop (RFC
 * 3261 §16.6 step 6; the JAIN API asks it of requests outside dialogs too).
 */
public final class StrictRoute {
  private StrictRoute() {}

  /** Whether the first Route is a SIP URI without {@code lr}. */
  public static boolean isNext(SipMessage request) {
    return request.hasHeader(HeaderType.ROUTE)
        && request.peek(HeaderType.ROUTE) instanceof AddressHeader route
        && route.getAddress().getURI() instanceof SipURI uri
        && !uri.hasLrParam()
        // lr behind a URI without angle brackets was read as the header's
        && route.getParameter("lr") == null;
  }

  /**
   * If a strict router is next, puts the Request-URI behind the last Route and the first Route's
   * URI into the Request-URI; afterwards the request goes to {@link NextHop#ofRequestUri}. Not to
   * be done twice to a request: what's left as first Route may look like a strict router again. So
   * it's best done to the copy that is sent.
   *
   * @return whether anything was changed
   * @throws SipException if there's no Request-URI
   */
  public static boolean rewrite(SipMessage request) throws SipException {
    if (!request.isRequest() || !isNext(request)) {
      return false;
    }
    URI target = request.peekRequestUri();
    if (target == null) {
      throw new SipException("The request has no Request-URI");
    }
    AddressHeader first = (AddressHeader) request.peek(HeaderType.ROUTE);
    URI router = first == null ? null : first.getAddress().getURI();
    if (router == null) {
      return false;
    }
    AddressHeader last = (AddressHeader) request.model().header(HeaderType.ROUTE);
    NameAddress address = request.model().address();
    address.setURI((URI) target.clone());
    last.setAddress(address);
    request.addLast(last);
    request.removeFirst("Route");
    ((Request) request).setRequestURI(Uris.forRequestLine(router));
    return true;
  }
}
