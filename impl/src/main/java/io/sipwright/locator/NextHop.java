package io.sipwright.locator;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.message.SipMessage;
import java.util.Iterator;
import javax.sip.SipException;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.HeaderAddress;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * Which URI of a request says where it goes (RFC 3261 §8.1.2, §16.6 steps 6 and 7). Changes
 * nothing: see {@link StrictRoute} for the rewriting that a strict router needs.
 */
public final class NextHop {
  private NextHop() {}

  /**
   * The destination of a request: the first Route, or else the outbound proxy, or else the
   * Request-URI.
   *
   * <p>This is right for requests that still have their routes in order: a first Route without
   * {@code lr} is the place to go to, and the request must be rewritten by {@link StrictRoute}
   * before it's sent. A request that was rewritten already goes to {@link #ofRequestUri} instead.
   *
   * @return null if it has no Route, there's no proxy, and the Request-URI is no SIP URI
   * @throws SipException if the first Route is no SIP URI, or can't be read
   */
  public static @Nullable Destination of(SipMessage request, @Nullable Target outboundProxy)
      throws SipException {
    if (!request.hasHeader(HeaderType.ROUTE)) {
      return withoutRoute(request.peekRequestUri(), outboundProxy);
    }
    HeaderAddress route = (HeaderAddress) request.peek(HeaderType.ROUTE);
    return alongRoute(route, request.peekRequestUri());
  }

  /** As {@link #of(SipMessage, Target)}, for a request of any vendor. */
  public static @Nullable Destination of(Request request, @Nullable Target outboundProxy)
      throws SipException {
    if (request instanceof SipMessage ours) {
      return of(ours, outboundProxy);
    }
    Iterator<?> routes = request.getHeaders("Route");
    return routes == null || !routes.hasNext()
        ? withoutRoute(request.getRequestURI(), outboundProxy)
        : alongRoute((HeaderAddress) routes.next(), request.getRequestURI());
  }

  /**
   * The destination that the Request-URI names, Routes or not: for requests of a dialog whose first
   * route is a strict router (RFC 3261 §8.1.2, §12.2.1.1).
   *
   * @return null if it's no SIP URI
   */
  public static @Nullable Destination ofRequestUri(SipMessage request) {
    return request.peekRequestUri() instanceof SipURI uri ? Destination.of(uri, false) : null;
  }

  /**
   * As {@link #of(SipMessage, Target)}, with a proxy whose port and transport may be left for the
   * DNS to say.
   */
  public static @Nullable Destination withProxy(
      SipMessage request, @Nullable Destination outboundProxy) throws SipException {
    if (outboundProxy == null || request.hasHeader(HeaderType.ROUTE)) {
      return of(request, null);
    }
    return outboundProxy.secured(isSips(request.peekRequestUri()));
  }

  static Destination alongRoute(@Nullable HeaderAddress route, @Nullable URI requestUri)
      throws SipException {
    if (route != null && route.getAddress().getURI() instanceof SipURI uri) {
      return Destination.of(uri, isSips(requestUri));
    }
    throw new SipException(
        "The first Route must be a SIP or SIPS URI" + (route == null ? "" : ", and is: " + route));
  }

  static @Nullable Destination withoutRoute(
      @Nullable URI requestUri, @Nullable Target outboundProxy) {
    if (outboundProxy != null) {
      return new Destination(
          outboundProxy.host(),
          outboundProxy.port(),
          outboundProxy.transport(),
          isSips(requestUri));
    }
    return requestUri instanceof SipURI uri ? Destination.of(uri, false) : null;
  }

  private static boolean isSips(@Nullable URI uri) {
    return uri instanceof SipURI sip && sip.isSecure();
  }
}
