package io.sipwright.javax.sip;

import io.sipwright.dialog.DialogData;
import io.sipwright.dialog.DialogKey;
import io.sipwright.dialog.DialogRequests;
import io.sipwright.dialog.Dialogs;
import io.sipwright.javax.sip.NextHops.Way;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.MaxForwards;
import io.sipwright.javax.sip.header.Route;
import io.sipwright.javax.sip.header.Via;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.locator.Destination;
import io.sipwright.locator.SecureHops;
import io.sipwright.locator.StrictRoute;
import io.sipwright.locator.Target;
import io.sipwright.stack.ConnectionReuse;
import io.sipwright.stack.FlowPromises;
import io.sipwright.stack.RequestWire;
import io.sipwright.stack.SipCore;
import io.sipwright.syntax.Chars;
import io.sipwright.transaction.BranchIds;
import io.sipwright.transaction.Wire;
import io.sipwright.transport.Flow;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Iterator;
import java.util.List;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.address.Hop;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a provider's messages get out: next hop, listening point, Via, wire. */
final class Outbound {
  private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);
  private static final byte[] KEEP_ALIVE = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_FORWARDS = 70;

  /** What a program must have put into a request (RFC 3261 §8.1.1). */
  private static final List<HeaderType> NEEDED =
      List.of(HeaderType.FROM, HeaderType.TO, HeaderType.CALL_ID, HeaderType.CSEQ);

  private final SipStackImpl stack;
  private final SipProviderImpl provider;
  private final NextHops nextHops;
  private final LargeRequests largeRequests;
  private final ConnectionReuse connectionReuse;

  Outbound(SipStackImpl stack, SipProviderImpl provider) {
    this.stack = stack;
    this.provider = provider;
    nextHops = new NextHops(stack);
    connectionReuse = stack.config().connectionReuse();
    largeRequests = new LargeRequests(provider, stack.config().udpRequestLimit());
  }

  NextHops nextHops() {
    return nextHops;
  }

  LargeRequests largeRequests() {
    return largeRequests;
  }

  /**
   * Sees to it that a request has a Via with a branch, and Max-Forwards (RFC 3261 §8.1.1). A branch
   * that's there is kept.
   *
   * @throws SipException if something else is missing that no request can do without
   */
  void prepare(SipMessage request) throws SipException {
    checkComplete(request);
    try {
      if (!request.hasHeader(HeaderType.VIA)) {
        ListeningPointImpl point = provider.pointFor(null);
        if (point == null) {
          throw new SipException("The provider has no listening point");
        }
        request.addFirst(point.createViaHeader());
      }
      String branch = request.viaBranch();
      if (branch == null || branch.isEmpty()) {
        topVia(request).setBranch(BranchIds.next());
      }
      if (!request.hasHeader(HeaderType.MAX_FORWARDS)) {
        MaxForwards maxForwards = (MaxForwards) stack.model().header(HeaderType.MAX_FORWARDS);
        maxForwards.setMaxForwards(MAX_FORWARDS);
        request.addLast(maxForwards);
      }
    } catch (ParseException | InvalidArgumentException e) {
      throw new SipException("The request can't be completed: " + e.getMessage(), e);
    }
  }

  /** Prepares a request of the stack's own, of which the program hears nothing. */
  void prepareUnattended(SipMessage request) throws SipException {
    prepare(request);
    try {
      topVia(request).setBranch(BranchIds.nextUnattended());
    } catch (ParseException e) {
      throw new AssertionError(e); // it's a token
    }
  }

  private static void checkComplete(SipMessage request) throws SipException {
    if (request.method().isEmpty() || request.peekRequestUri() == null) {
      throw new SipException("The request has no method, or no Request-URI");
    }
    for (HeaderType type : NEEDED) {
      if (!request.hasHeader(type)) {
        throw new SipException("The request has no " + type.canonicalName());
      }
    }
    if (!request.method().equals(request.cseqMethod())) {
      throw new SipException(
          "The method of the request is "
              + request.method()
              + ", and that of its CSeq "
              + request.cseqMethod());
    }
  }

  private static Via topVia(SipMessage request) throws SipException {
    Via via = (Via) request.header(HeaderType.VIA);
    if (via == null) {
      throw new SipException("The top Via of the request can't be read");
    }
    return via;
  }

  /**
   * The request as it's sent: the same, or a rewritten copy if its next hop is a strict router (RFC
   * 3261 §16.6 step 6). A router of the program's own sees to that itself.
   */
  SipMessage routed(SipMessage request) throws SipException {
    if (nextHops.asksRouterFirst()
        || FlowRoutes.isNext(stack.core(), request)
        || !StrictRoute.isNext(request)) {
      return request;
    }
    SipMessage copy = request.clone();
    StrictRoute.rewrite(copy);
    return copy;
  }

  /**
   * The way of a message that nobody resends but for itself: an ACK, or a request without
   * transaction.
   *
   * @throws SipException if there's no listening point for its transport
   */
  Wire wire(SipCore core, SipMessage request, Way way) throws SipException {
    Target direct = way.direct();
    if (direct != null && !largeRequests.movesToTcp(request, way)) {
      return wire(core, request, direct);
    }
    checkTransports(way);
    return new LocatedWire(this, core, request.clone(), way);
  }

  /** The way to a target that's known; the request's Via is made to fit it. */
  RequestWire wire(SipCore core, SipMessage request, Target target) throws SipException {
    Flow flow = FlowRoutes.of(core, request);
    if (flow != null) {
      request.removeFirst(Route.NAME); // RFC 5626 §5.3.1
    } else {
      flow = core.webSocketTo(target.host());
    }
    ListeningPointImpl known = flow == null ? null : stack.listeningPoints().at(flow.endpoint());
    ListeningPointImpl point = known == null ? pointFor(target.transport(), target) : known;
    SecureHops.check(request, point.getTransport());
    fitVia(request, point);
    if (point.isWildcard()) {
      replaceWildcards(request, point, target);
    }
    markMulticast(request, target);
    if (flow == null && connectionReuse.covers(point.getTransport())) {
      offerReuse(request);
    }
    return flow == null ? core.wireTo(point.endpoint(), target) : core.wireOver(flow, target);
  }

  private void offerReuse(SipMessage request) throws SipException {
    try {
      connectionReuse.offer(topVia(request));
    } catch (ParseException e) {
      throw new SipException("The Via can't offer the connection: " + e.getMessage(), e);
    }
  }

  private static void replaceWildcards(SipMessage request, ListeningPointImpl point, Target target)
      throws SipException {
    InetSocketAddress peer = target.numeric();
    try {
      WildcardHosts.replace(request, point, peer == null ? null : peer.getAddress());
    } catch (ParseException | InvalidArgumentException e) {
      throw new SipException("Via or Contact can't name this machine: " + e.getMessage(), e);
    }
  }

  /** A transport that's asked for and isn't there is told before anything is looked up. */
  void checkTransports(Way way) throws SipException {
    SipException missing = null;
    for (Destination destination : way.destinations()) {
      if (destination.transport() == null) {
        return;
      }
      try {
        pointFor(destination.target().transport(), null);
        return;
      } catch (SipException e) {
        missing = e;
      }
    }
    if (missing != null) {
      throw missing;
    }
  }

  /** RFC 3261 §18.1.1: answers come to the group, unless the program wants them elsewhere. */
  private static void markMulticast(SipMessage request, Target target) throws SipException {
    InetSocketAddress address = target.numeric();
    if (address == null || !address.getAddress().isMulticastAddress()) {
      return;
    }
    Via via = topVia(request);
    if (via.getMAddr() != null) {
      return;
    }
    try {
      via.setMAddr(target.host());
      if (address.getAddress() instanceof Inet4Address) {
        via.setTTL(1);
      }
    } catch (ParseException | InvalidArgumentException e) {
      throw new SipException("The Via can't name the group: " + e.getMessage(), e);
    }
  }

  /**
   * The provider's listening point for a transport, or one that has another provider if there's
   * none, or if only that one can reach the target's family of addresses. A URI can say no more
   * than "ws" for a secure WebSocket too (RFC 7118 §5.2).
   *
   * @param target null for any
   */
  private ListeningPointImpl pointFor(String transport, @Nullable Target target)
      throws SipException {
    ListeningPointImpl point = pointOrNull(transport, target);
    if (point == null && transport.equals("ws")) {
      point = pointOrNull("wss", target);
    }
    if (point == null) {
      throw new SipException("There's no listening point for transport " + transport);
    }
    return point;
  }

  private @Nullable ListeningPointImpl pointOrNull(String transport, @Nullable Target target) {
    ListeningPointImpl point = provider.getListeningPoint(transport);
    if (point == null || !point.reaches(target)) {
      Iterator<ListeningPointImpl> all = stack.getListeningPoints();
      while (all.hasNext()) {
        ListeningPointImpl other = all.next();
        boolean fits = other.getTransport().equals(transport) && other.provider() != null;
        if (fits && (point == null || (other.reaches(target) && !point.reaches(target)))) {
          point = other;
        }
      }
    }
    return point;
  }

  /**
   * The transport in the top Via is the one that's used; a sent-by that the program set goes in
   * (SipProvider's contract).
   */
  private void fitVia(SipMessage request, ListeningPointImpl point) throws SipException {
    boolean otherTransport =
        point.provider() != provider
            || !point.getTransport().equalsIgnoreCase(request.viaTransport());
    boolean otherSentBy = !point.hasWantedSentBy(request.viaHost(), request.viaPort());
    if (!otherTransport && !otherSentBy) {
      return;
    }
    try {
      Via via = topVia(request);
      if (otherTransport) {
        via.setTransport(Chars.upper(point.getTransport()));
        ListeningPointImpl former = provider.pointFor(null);
        boolean named = former != null && former.isNamedBy(via.getHost(), via.getPort());
        if (named || otherSentBy) {
          setSentBy(via, point);
        }
      } else {
        setSentBy(via, point);
      }
    } catch (ParseException | InvalidArgumentException e) {
      throw new SipException("The top Via can't be made to fit: " + e.getMessage(), e);
    }
  }

  private static void setSentBy(Via via, ListeningPointImpl point)
      throws ParseException, InvalidArgumentException {
    via.setHost(point.viaHost());
    via.setPort(point.viaPort()); // -1 takes it away
  }

  /** Sends a request that nobody keeps. */
  void sendStatelessly(SipCore core, SipMessage request) throws SipException {
    if (request.isBlank()) {
      sendKeepAlive(core);
      return;
    }
    prepare(request);
    SipMessage routed = routed(request);
    Wire wire = wire(core, routed, nextHops.of(request));
    byte[] bytes = routed.encoded();
    if (request.method().equals(Request.ACK)) {
      DialogKey key = DialogKey.asClient(request);
      DialogImpl dialog = key == null ? null : stack.dialogs().find(key);
      if (dialog != null) {
        dialog.uac().acked(request.cseq(), bytes, wire);
      } else {
        stack.retransmissionFilter().acked(request, bytes, wire);
      }
    }
    String callId = provider.callIdOf(request);
    sendOrThrow(
        wire, bytes, cause -> core.delivery().submit(callId, () -> reportFailure(wire, cause)));
  }

  /** Sends bytes over a wire; a failure comes as an event. */
  void send(SipCore core, Wire wire, byte[] bytes, String callId) {
    wire.send(bytes, cause -> core.delivery().submit(callId, () -> reportFailure(wire, cause)));
  }

  /** Sends bytes over a wire: a failure at once is thrown, a later one told. */
  private static void sendOrThrow(Wire wire, byte[] bytes, Wire.FailureListener later)
      throws SipException {
    Attempt attempt = new Attempt(later);
    wire.send(bytes, attempt);
    IOException cause = attempt.over();
    if (cause != null) {
      throw new SipException("The message could not be sent: " + cause.getMessage(), cause);
    }
  }

  /** Keeps a failure until the call that sends is over. */
  private static final class Attempt implements Wire.FailureListener {
    private final Wire.FailureListener later;
    private @Nullable IOException failure; // guarded by this
    private boolean over; // guarded by this

    Attempt(Wire.FailureListener later) {
      this.later = later;
    }

    @Override
    public void onFailure(IOException cause) {
      synchronized (this) {
        if (!over) {
          failure = cause;
          return;
        }
      }
      later.onFailure(cause);
    }

    /** The failure of so far, if any; from now on it's told. */
    synchronized @Nullable IOException over() {
      over = true;
      return failure;
    }
  }

  private void sendKeepAlive(SipCore core) throws SipException {
    Hop proxy = stack.getRouter().getOutboundProxy();
    Destination own = proxy == null ? nextHops.proxy() : null;
    Target target = own != null ? own.target() : proxy == null ? null : Target.of(proxy);
    if (target == null) {
      throw new SipException(
          "An empty request is a keep-alive to the outbound proxy, and there's none");
    }
    sendKeepAlive(core, pointFor(target.transport(), target), target);
  }

  /** Sends a double CRLF from a listening point (RFC 5626 §3.5.1). */
  void sendKeepAlive(ListeningPointImpl from, Target target) throws SipException {
    sendKeepAlive(stack.runningCore(), from, target);
  }

  private void sendKeepAlive(SipCore core, ListeningPointImpl from, Target target)
      throws SipException {
    RequestWire wire = core.wireTo(from.endpoint(), target);
    sendOrThrow(
        wire, KEEP_ALIVE, cause -> core.delivery().submit("", () -> reportFailure(wire, cause)));
  }

  /**
   * Sends a response that nobody keeps: the way its request came if it was made from one, otherwise
   * the way its own top Via says.
   */
  void sendResponse(SipCore core, SipMessage response) throws SipException {
    Wire wire = provider.wireBack(core, response);
    if (wire == null) {
      throw new SipException(
          "The response has no Via that names a transport of this provider: "
              + response.viaTransport());
    }
    WildcardHosts.replace(response, stack, response);
    FlowPromises.note(response, response.attachment());
    sendOrThrow(
        wire,
        response.encoded(),
        cause ->
            core.delivery()
                .submit(
                    provider.callIdOf(response),
                    () ->
                        provider.fireIoException(
                            response.viaHost(),
                            response.viaPort(),
                            response.viaTransport(),
                            cause)));
  }

  /** The ACK to a 2xx for an INVITE that has no dialog (RFC 3261 §13.2.2.4). */
  SipMessage ackOutsideDialog(SipMessage invite, SipMessage response) throws SipException {
    DialogData dialog = Dialogs.ofClient(invite, response, false).dialog();
    if (dialog == null) {
      throw new SipException("No ACK can be made: request or response lack what a dialog needs");
    }
    try {
      SipMessage ack = DialogRequests.createAck(dialog, invite.cseq(), invite, stack.model());
      prepare(ack);
      return ack;
    } catch (InvalidArgumentException e) {
      throw new SipException("No ACK can be made: " + e.getMessage(), e);
    }
  }

  /** Tells the listener that a message couldn't be sent. */
  void reportFailure(@Nullable Wire wire, IOException cause) {
    if (wire instanceof RequestWire request) {
      Target target = request.target();
      provider.fireIoException(target.host(), target.port(), target.transport(), cause);
    } else if (wire instanceof LocatedWire located) {
      reportFailure(located.way(), cause);
    } else {
      provider.fireIoException(cause.getMessage(), -1, null, cause);
    }
  }

  /** Tells the listener that nothing was found where a message could be sent. */
  void reportFailure(Way way, IOException cause) {
    LOG.debug("Nothing was sent to {}", way.host(), cause);
    Destination first = way.destinations().isEmpty() ? null : way.destinations().get(0);
    if (first == null) {
      provider.fireIoException(way.host(), -1, null, cause);
    } else {
      reportFailure(first.target(), cause);
    }
  }

  /** Tells the listener that nothing could be sent to a target. */
  void reportFailure(Target target, IOException cause) {
    LOG.debug("Nothing was sent to {}", target, cause);
    provider.fireIoException(target.host(), target.port(), target.transport(), cause);
  }
}
