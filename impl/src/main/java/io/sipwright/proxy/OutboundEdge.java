package io.sipwright.proxy;

import io.sipwright.ext.FlowMatch;
import io.sipwright.ext.SipFlow;
import io.sipwright.header.PathHeader;
import io.sipwright.header.SipwrightHeaderFactory;
import java.text.ParseException;
import java.util.Iterator;
import java.util.Objects;
import javax.sip.SipException;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.RecordRouteHeader;
import javax.sip.header.RouteHeader;
import javax.sip.message.Request;

/**
 * What an edge proxy writes into requests so that others come back over the flow of the user agent
 * (RFC 5626 §5).
 *
 * <pre>
 * FlowMatch match = stack.findFlow(request);         // of the request as it came
 * if (match.status() != 0) { … answer 403 or 430 }
 * Request forward = (Request) request.clone();
 * if (register) {
 *   edge.addPath(request, forward, stack.flowOf(request));
 * } else if (edge.needsFlow(request, match)) {
 *   edge.addRecordRoute(forward, match.kind() == INCOMING ? match.flow() : stack.flowOf(request));
 * }
 * if (match.kind() != INCOMING) { … take our Route off, if there's one }
 * … our Via, and send: an INCOMING one goes down its flow
 * </pre>
 *
 * <p>Immutable: safe for use by several threads.
 */
public final class OutboundEdge {
  private static final String OB = "ob";

  private final SipURI own;
  private final AddressFactory addresses;
  private final SipwrightHeaderFactory headers;

  /**
   * For a proxy.
   *
   * @param own its URI, to which requests for user agents are sent; it gets the token as user, and
   *     {@code lr}
   */
  public OutboundEdge(SipURI own, AddressFactory addresses, SipwrightHeaderFactory headers) {
    this.own = (SipURI) Objects.requireNonNull(own, "own").clone();
    this.addresses = Objects.requireNonNull(addresses, "addresses");
    this.headers = Objects.requireNonNull(headers, "headers");
  }

  /** Whether a request that came is straight from the user agent: it has one Via. */
  public static boolean isFirstHop(Request request) {
    return OutboundMarks.count(request, "Via") == 1;
  }

  /** Whether a REGISTER has a {@code reg-id}, so that the edge proxy must be on its path (§5.1). */
  public static boolean wantsPath(Request register) {
    return OutboundMarks.contacts(register).stream().anyMatch(contact -> contact.getRegId() > 0);
  }

  /**
   * Puts the proxy into the Path of a REGISTER, with the token of the flow; with {@code ob} if it's
   * the first hop, and never otherwise (§5.1).
   *
   * @param came the REGISTER as it came
   * @param forward its copy that goes on
   * @param flow that it came on
   * @throws SipException if the flow's stack isn't running
   */
  public void addPath(Request came, Request forward, SipFlow flow) throws SipException {
    SipURI uri = uri(flow);
    try {
      if (isFirstHop(came)) {
        uri.setParameter(OB, "");
      }
      PathHeader path = headers.createPathHeader(addresses.createAddress(uri));
      forward.addFirst(path);
    } catch (ParseException e) {
      throw new IllegalStateException(e); // words of our own
    }
  }

  /**
   * Whether the proxy must see to it that later requests of the dialog come over the flow: the
   * request may make one, and says {@code ob} in its first Route or, from the user agent, in its
   * Contact (§5.3.1, §5.3.2).
   *
   * @param came the request as it came
   */
  public static boolean needsFlow(Request came, FlowMatch match) {
    if (!OutboundMarks.formsDialog(came)) {
      return false;
    }
    Iterator<?> routes = came.getHeaders(RouteHeader.NAME);
    boolean marked =
        routes.hasNext()
            && routes.next() instanceof RouteHeader route
            && OutboundMarks.hasOb(route.getAddress());
    boolean fromAgent = match.kind() != FlowMatch.Kind.INCOMING && isFirstHop(came);
    return fromAgent
        ? marked
            || OutboundMarks.contacts(came).stream()
                .anyMatch(contact -> OutboundMarks.hasOb(contact.getAddress()))
        : marked;
  }

  /**
   * Puts the proxy into the Record-Route of a request, with the token of a flow and without {@code
   * ob}.
   *
   * @param flow the user agent's
   * @throws SipException if the flow's stack isn't running
   */
  public void addRecordRoute(Request forward, SipFlow flow) throws SipException {
    RecordRouteHeader header = headers.createRecordRouteHeader(addresses.createAddress(uri(flow)));
    forward.addFirst(header);
  }

  private SipURI uri(SipFlow flow) throws SipException {
    SipURI uri = (SipURI) own.clone();
    try {
      uri.setUser(flow.token());
    } catch (ParseException e) {
      throw new IllegalStateException(e); // letters and digits
    }
    uri.setLrParam();
    return uri;
  }
}
