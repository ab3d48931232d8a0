package io.sipwright.javax.sip;

import io.sipwright.dialog.DialogData;
import io.sipwright.dialog.DialogKey;
import io.sipwright.dialog.DialogRequests;
import io.sipwright.dialog.Dialogs;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.MaxForwards;
import io.sipwright.javax.sip.header.Via;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.locator.DefaultRouter;
import io.sipwright.locator.Destination;
import io.sipwright.locator.NextHop;
import io.sipwright.locator.OutboundProxy;
import io.sipwright.locator.Target;
import io.sipwright.stack.RequestWire;
import io.sipwright.stack.SipCore;
import io.sipwright.syntax.Chars;
import io.sipwright.transaction.BranchIds;
import io.sipwright.transaction.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Iterator;
import java.util.ListIterator;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.address.Hop;
import javax.sip.address.Router;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/** How a provider's messages get out: next hop, listening point, Via, wire. */
final class Outbound {
  private static final byte[] KEEP_ALIVE = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_FORWARDS = 70;

  private final SipStackImpl stack;
  private final SipProviderImpl provider;

  Outbound(SipStackImpl stack, SipProviderImpl provider) {
    this.stack = stack;
    this.provider = provider;
  }

  /**
   * Sees to it that a request has a Via with a branch, and Max-Forwards (RFC 3261 §8.1.1). A branch
   * that's there is kept.
   */
  void prepare(SipMessage request) throws SipException {
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

  private static Via topVia(SipMessage request) throws SipException {
    Via via = (Via) request.header(HeaderType.VIA);
    if (via == null) {
      throw new SipException("The top Via of the request can't be read");
    }
    return via;
  }

  /**
   * Where a request goes.
   *
   * @throws SipException if nothing says where, or a route can't be read
   */
  Target nextHop(SipMessage request) throws SipException {
    boolean sip = isSip(request.uriScheme());
    Hop hop = null;
    try {
      Router router = stack.getRouter();
      if (router instanceof DefaultRouter || !sip || stack.config().useRouterForAllUris()) {
        hop = ask(router, (Request) request);
      } else {
        Destination destination = NextHop.of(request, null);
        return require(destination, request).target();
      }
      if (hop == null) {
        return require(null, request).target();
      }
      return Target.of(hop);
    } catch (IllegalArgumentException e) {
      throw new SipException("The next hop " + hop + " can't be used: " + e.getMessage(), e);
    }
  }

  private static boolean isSip(@Nullable String scheme) {
    return "sip".equalsIgnoreCase(scheme) || "sips".equalsIgnoreCase(scheme);
  }

  /**
   * Both ways of asking that JAIN SIP knows: the list of version 1.1 where it's given, otherwise
   * the one hop of 1.2.
   */
  @SuppressWarnings("deprecation")
  private static @Nullable Hop ask(Router router, Request request) throws SipException {
    Hop hop = router.getNextHop(request);
    if (hop == null) {
      ListIterator<?> hops = router.getNextHops(request);
      hop = hops != null && hops.hasNext() ? (Hop) hops.next() : null;
    }
    return hop;
  }

  private static Destination require(@Nullable Destination destination, SipMessage request)
      throws SipException {
    if (destination == null) {
      throw new SipException(
          "There's no next hop for "
              + request.requestUri()
              + ": it's no SIP URI, and there's neither a Route nor an outbound proxy");
    }
    return destination;
  }

  /**
   * The way of a request to its next hop; its Via is made to fit the listening point that's used.
   */
  RequestWire wire(SipCore core, SipMessage request) throws SipException {
    return wire(core, request, nextHop(request));
  }

  /** As {@link #wire(SipCore, SipMessage)}, to a target that's known. */
  RequestWire wire(SipCore core, SipMessage request, Target target) throws SipException {
    ListeningPointImpl point = pointFor(target.transport());
    fitVia(request, point);
    return core.wireTo(point.endpoint(), target);
  }

  /** The provider's listening point for a transport, or any of the stack's. */
  private ListeningPointImpl pointFor(String transport) throws SipException {
    ListeningPointImpl point = provider.getListeningPoint(transport);
    if (point == null) {
      Iterator<ListeningPointImpl> all = stack.getListeningPoints();
      while (point == null && all.hasNext()) {
        ListeningPointImpl other = all.next();
        point = other.getTransport().equals(transport) ? other : null;
      }
    }
    if (point == null) {
      throw new SipException("There's no listening point for transport " + transport);
    }
    return point;
  }

  /**
   * The transport in the top Via is the one that's used; a sent-by that the program set goes in
   * (SipProvider's contract).
   */
  private void fitVia(SipMessage request, ListeningPointImpl point) throws SipException {
    boolean otherTransport = !point.getTransport().equalsIgnoreCase(request.viaTransport());
    boolean otherSentBy =
        point.hasSentBy() && !point.isNamedBy(request.viaHost(), request.viaPort());
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
    if (point.viaPort() > 0) {
      via.setPort(point.viaPort());
    }
  }

  /** Sends a request that nobody keeps. */
  void sendStatelessly(SipCore core, SipMessage request) throws SipException {
    String method = request.method();
    if (request.isBlank()) {
      sendKeepAlive(core);
      return;
    }
    prepare(request);
    RequestWire wire = wire(core, request);
    byte[] bytes = request.encoded();
    if (method.equals(Request.ACK)) {
      DialogKey key = DialogKey.asClient(request);
      DialogImpl dialog = key == null ? null : stack.dialogs().find(key);
      if (dialog != null) {
        dialog.uac().acked(request.cseq(), bytes, wire);
      }
    }
    send(core, wire, bytes, provider.callIdOf(request));
  }

  /** Sends bytes over a wire; a failure comes as an event. */
  void send(SipCore core, Wire wire, byte[] bytes, String callId) {
    wire.send(bytes, cause -> core.delivery().submit(callId, () -> reportFailure(wire, cause)));
  }

  private void sendKeepAlive(SipCore core) throws SipException {
    String proxy = stack.config().outboundProxy();
    if (proxy == null) {
      throw new SipException(
          "An empty request is a keep-alive to the outbound proxy, and there's none");
    }
    Target target = OutboundProxy.parse(proxy);
    send(core, core.wireTo(pointFor(target.transport()).endpoint(), target), KEEP_ALIVE, "");
  }

  /** Sends a response that nobody keeps, the way its own top Via says. */
  void sendStatelessly(SipCore core, SipMessage response, @Nullable SipMessage request)
      throws SipException {
    if (request != null && response.attachment() == null) {
      response.attach(request.attachment());
    }
    Wire wire = provider.wireBack(core, response);
    if (wire == null) {
      throw new SipException(
          "The response has no Via that names a transport of this provider: "
              + response.viaTransport());
    }
    wire.send(
        response.encoded(),
        cause ->
            core.delivery()
                .submit(
                    provider.callIdOf(response),
                    () ->
                        provider.fireIoException(
                            response.viaHost(), response.viaPort(), response.viaTransport())));
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
      provider.fireIoException(target.host(), target.port(), target.transport());
    } else {
      provider.fireIoException(cause.getMessage(), -1, null);
    }
  }
}
