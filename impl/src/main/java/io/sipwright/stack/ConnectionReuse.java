package io.sipwright.stack;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.Via;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.locator.Target;
import io.sipwright.transport.Flow;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.List;

/**
 * One connection for the requests of both sides (RFC 5923): who opens it says {@code alias} in the
 * Via, and the address where it listens besides.
 */
public final class ConnectionReuse {
  private static final String ALIAS = "alias";

  private final List<String> transports;

  /** For some transports: "tls", "tcp". */
  ConnectionReuse(List<String> transports) {
    this.transports = List.copyOf(transports);
  }

  /** Whether connections of a transport are used in both directions. */
  public boolean covers(String transport) {
    return transports.contains(transport);
  }

  /** Offers the connection in the Via of a request that we send (§8.1). */
  public void offer(Via via) throws ParseException {
    via.setParameter(ALIAS, null);
  }

  /**
   * A request came: if its sender offers the connection, requests to the address in the Via go over
   * it from now on (§8.2).
   */
  void learn(Flow flow, SipMessage request) {
    String transport = flow.endpoint().transport();
    if (!covers(transport)
        || !(request.peek(HeaderType.VIA) instanceof Via via)
        || via.getParameter(ALIAS) == null
        || !transport.equalsIgnoreCase(via.getTransport())) {
      return;
    }
    int port = via.getPort() > 0 ? via.getPort() : Target.defaultPort(transport);
    // The source is what "received" says; the host of the Via may have other addresses.
    flow.endpoint().alias(flow, new InetSocketAddress(flow.remote().getAddress(), port));
  }
}
