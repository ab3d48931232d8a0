package io.sipwright.stack;

import io.sipwright.javax.sip.message.RequestGlance;
import io.sipwright.syntax.RandomIds;
import io.sipwright.transaction.TransactionKey;
import io.sipwright.transaction.TransactionTable;
import io.sipwright.transport.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what begins something, while too much waits for the listener, before it's read as a
 * message: 503 with Retry-After, of which nothing is kept (RFC 3261 §21.5.4). A server gets out of
 * overload only if refusals cost it next to nothing (RFC 5390 §3).
 *
 * <p>What's refused here would be refused by the {@link CoreUser} too: whoever isn't sure leaves it
 * to him.
 */
final class GlanceRefusals {
  private static final int RETRY_AFTER_SECONDS = 10;

  private final DirectWires wires;
  private final TransactionTable table;
  private final CoreUser user;
  private final WireLog log;

  GlanceRefusals(DirectWires wires, TransactionTable table, CoreUser user, WireLog log) {
    this.wires = wires;
    this.table = table;
    this.user = user;
    this.log = log;
  }

  /** Whether it was refused; if not, somebody else has to look at it. */
  boolean refuse(Flow flow, byte[] buffer, int offset, int length) {
    RequestGlance request =
        RequestGlance.at(buffer, offset, offset + length, flow.endpoint().transport());
    if (request == null) {
      return false;
    }
    boolean stream = flow.endpoint().reliable();
    // A connection isn't kept among the recent peers: it would outlive its end there.
    DirectWires.DirectWire wire = stream ? null : wires.of(flow);
    String source = wire == null ? SipCore.numeric(flow.remote()) : wire.address();
    int port = flow.remote().getPort();
    if (!stream && !request.wantsRport() && !isFrom(request, port)) {
      return false; // goes elsewhere than it came from
    }
    TransactionKey key = TransactionKey.ofServer(request);
    if (key == null || table.server(key) != null || user.isWaiting(key)) {
      return false;
    }
    @Nullable String toTag = user.refusalTag(flow);
    if (toTag == null) {
      return false;
    }
    int retryAfter = RandomIds.number(1, RETRY_AFTER_SECONDS + 1);
    boolean sameHost = request.isViaHost(source) || isIpv6Of(request, source);
    byte[] response = request.busy(toTag, source, port, sameHost, retryAfter);
    if (wire == null) {
      log.sent(flow, response);
      flow.send(response, cause -> log.failed(flow, cause));
    } else {
      wire.send(response, cause -> log.failed(flow, cause));
    }
    return true;
  }

  private static boolean isIpv6Of(RequestGlance request, String source) {
    return source.indexOf(':') >= 0 && Addresses.same(request.viaHost(), source);
  }

  /** Whether the response goes to the port that it came from (RFC 3261 §18.2.2). */
  private static boolean isFrom(RequestGlance request, int port) {
    return request.viaPort() == port || (request.viaPort() < 0 && port == 5060);
  }
}
