package io.sipwright.locator;

import java.util.List;
import java.util.ListIterator;
import javax.sip.SipException;
import javax.sip.SipStack;
import javax.sip.address.Hop;
import javax.sip.address.Router;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * The router that's used unless {@code javax.sip.ROUTER_PATH} names another: the first Route, or
 * else the outbound proxy, or else the Request-URI (RFC 3261 §8.1.2). Changes no request.
 */
public class DefaultRouter implements Router {
  private final @Nullable Target outboundProxy;

  /**
   * As JAIN prescribes it.
   *
   * @param stack not used
   * @param outboundProxy {@code host:port/transport}; null or blank for none
   * @throws IllegalArgumentException if the proxy can't be read
   */
  public DefaultRouter(@Nullable SipStack stack, @Nullable String outboundProxy) {
    this.outboundProxy =
        outboundProxy == null || outboundProxy.isBlank()
            ? null
            : OutboundProxy.parse(outboundProxy);
  }

  /** The outbound proxy, or null if there's none. */
  @Override
  public @Nullable Hop getOutboundProxy() {
    return outboundProxy == null ? null : new HopAddress(outboundProxy);
  }

  /**
   * Where to send a request first; a host name is left to be looked up.
   *
   * @return null if nothing says where: no Route, no outbound proxy, and a Request-URI that's no
   *     SIP URI
   * @throws SipException if the first Route is no SIP URI
   */
  @Override
  public @Nullable Hop getNextHop(Request request) throws SipException {
    Destination destination = NextHop.of(request, outboundProxy);
    return destination == null ? null : new HopAddress(destination.target());
  }

  /**
   * The one hop of {@link #getNextHop}; null if there's none or the request's routes are broken.
   */
  @Override
  @Deprecated
  public @Nullable ListIterator getNextHops(Request request) {
    try {
      Hop hop = getNextHop(request);
      return hop == null ? null : List.of(hop).listIterator();
    } catch (SipException e) {
      return null;
    }
  }
}
