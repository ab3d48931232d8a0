package io.sipwright.locator;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.message.SipMessage;
import javax.sip.SipException;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.HeaderAddress;
import org.jspecify.annotations.Nullable;

/** A request with a SIPS URI goes over TLS or not at all (RFC 3261 §26.2.2, RFC 5630 §3.1.3). */
public final class SecureHops {
  private SecureHops() {}

  /** Whether a transport, in lower case, is TLS or lies on it. */
  public static boolean isSecure(String transport) {
    return transport.equals("tls") || transport.equals("wss") || transport.equals("tls-sctp");
  }

  /**
   * Checks a request against the transport it would be sent over, whoever has chosen that: a router
   * of the program's own may be wrong.
   *
   * @param transport in lower case
   * @throws SipException if its Request-URI or first Route is a SIPS URI and the transport is not
   *     secure
   */
  public static void check(SipMessage request, String transport) throws SipException {
    if (isSecure(transport)) {
      return;
    }
    URI uri = request.peekRequestUri();
    if (isSips(uri)) {
      throw refusal(uri, transport);
    }
    if (request.hasHeader(HeaderType.ROUTE)
        && request.peek(HeaderType.ROUTE) instanceof HeaderAddress route
        && route.getAddress() != null
        && isSips(route.getAddress().getURI())) {
      throw refusal(route.getAddress().getURI(), transport);
    }
  }

  private static boolean isSips(@Nullable URI uri) {
    return uri instanceof SipURI sip && sip.isSecure();
  }

  private static SipException refusal(@Nullable URI uri, String transport) {
    return new SipException(
        uri
            + " must go over TLS (RFC 3261 §26.2.2), and its next hop is reached over "
            + transport);
  }
}
