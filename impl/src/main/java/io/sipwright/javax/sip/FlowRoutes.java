package io.sipwright.javax.sip;

import io.sipwright.ext.FlowMatch;
import io.sipwright.javax.sip.NextHops.Way;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.Route;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.locator.Destination;
import io.sipwright.stack.Flows;
import io.sipwright.stack.SipCore;
import io.sipwright.syntax.Ipv6;
import io.sipwright.transport.Flow;
import java.net.Inet6Address;
import java.net.InetAddress;
import javax.sip.SipException;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;

/** Requests whose first Route names a flow by its token (RFC 5626 §5.3). */
final class FlowRoutes {
  private FlowRoutes() {}

  /** The URI of the first Route if its user part claims to be a token; otherwise null. */
  private static @Nullable SipURI first(SipMessage request) {
    return request.hasHeader(HeaderType.ROUTE)
            && request.peek(HeaderType.ROUTE) instanceof Route route
            && route.getAddress().getURI() instanceof SipURI uri
            && Flows.looksLikeToken(uri.getUser())
        ? uri
        : null;
  }

  /** The token of this stack's that a request goes along, or null. */
  private static @Nullable String token(@Nullable SipCore core, SipMessage request) {
    SipURI uri = first(request);
    return uri != null && core != null && core.flows().isOurs(uri.getUser()) ? uri.getUser() : null;
  }

  /** Whether a request goes along a flow, and by nothing else that it says. */
  static boolean isNext(@Nullable SipCore core, SipMessage request) {
    return token(core, request) != null;
  }

  /**
   * The flow that a request goes along.
   *
   * @return null if its first Route names none of this stack
   * @throws SipException if it's gone
   */
  static @Nullable Flow of(@Nullable SipCore core, SipMessage request) throws SipException {
    String token = token(core, request);
    if (token == null || core == null) {
      return null;
    }
    Flow flow = core.flows().find(token);
    if (flow == null) {
      throw new SipException("The flow of the first Route has failed: to be answered 430");
    }
    return flow;
  }

  /** The way along a flow. */
  static Way along(Flow flow) {
    InetAddress ip = flow.remote().getAddress();
    Destination to =
        new Destination(
            ip instanceof Inet6Address
                ? '[' + Ipv6.text(ip.getAddress()) + ']' // the flow knows the zone
                : ip.getHostAddress(),
            flow.remote().getPort(),
            flow.endpoint().transport(),
            false);
    return new Way(java.util.List.of(to), null, true);
  }

  /** What a request that came leads to. */
  static FlowMatch match(SipStackImpl stack, SipMessage request) throws SipException {
    SipURI uri = first(request);
    if (uri == null) {
      return new FlowMatch(FlowMatch.Kind.NONE, null);
    }
    SipCore core = stack.runningCore();
    if (!core.flows().isOurs(uri.getUser())) {
      boolean forged = stack.isOwn(uri.getHost(), uri.getPort());
      return new FlowMatch(forged ? FlowMatch.Kind.FORBIDDEN : FlowMatch.Kind.NONE, null);
    }
    Flow flow = core.flows().find(uri.getUser());
    if (flow == null) {
      return new FlowMatch(FlowMatch.Kind.FAILED, null);
    }
    boolean same = request.attachment() instanceof Flow arrival && arrival.equals(flow);
    return new FlowMatch(
        same ? FlowMatch.Kind.OUTGOING : FlowMatch.Kind.INCOMING, new ProgramFlow(stack, flow));
  }
}
