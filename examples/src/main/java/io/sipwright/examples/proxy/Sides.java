package io.sipwright.examples.proxy;

import io.sipwright.examples.Agent;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sip.ListeningPoint;
import javax.sip.SipProvider;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/** The addresses that a proxy listens on, and the domains it's responsible for. */
final class Sides {
  private final Agent agent;
  private final Set<String> domains;
  private final List<SipProvider> sides = new CopyOnWriteArrayList<>();

  /** The domains are in lower case; the addresses needn't be among them. */
  Sides(Agent agent, Set<String> domains) {
    this.agent = agent;
    this.domains = Set.copyOf(domains);
  }

  void add(SipProvider side) {
    sides.add(side);
  }

  /** Whether the proxy is responsible for what a URI names (RFC 3261 §16.5). */
  boolean isOurs(URI uri) {
    return uri instanceof SipURI sip && (domains.contains(hostOf(sip)) || isOurAddress(sip));
  }

  /** Whether a Route leads here (§16.4): only addresses stand in what we record. */
  boolean isOurAddress(SipURI uri) {
    int port = uri.getPort() > 0 ? uri.getPort() : isSecure(uri) ? 5061 : 5060;
    for (SipProvider side : sides) {
      ListeningPoint point = side.getListeningPoint();
      if (point.getPort() == port && bare(point.getIPAddress()).equals(hostOf(uri))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The side from which to send to a URI: the one with its transport. {@code ws} means both kinds
   * of WebSocket (RFC 7118 §5.2).
   */
  SipProvider towards(URI uri) {
    String transport = ListeningPoint.UDP;
    if (uri instanceof SipURI sip) {
      String given = sip.getTransportParam();
      transport = given == null ? (isSecure(sip) ? "tls" : "udp") : given.toLowerCase(Locale.ROOT);
      if (sip.isSecure() && transport.equals("tcp")) {
        transport = "tls"; // RFC 3261 §26.2.2
      }
    }
    SipProvider side = over(transport);
    if (side == null && transport.equals("ws")) {
      side = over("wss");
    }
    return side == null ? sides.get(0) : side;
  }

  /** The first side with a transport; null if there's none. */
  @Nullable SipProvider over(String transport) {
    for (SipProvider side : sides) {
      if (side.getListeningPoint().getTransport().equalsIgnoreCase(transport)) {
        return side;
      }
    }
    return null;
  }

  /** The URI that leads requests through a side, for Record-Route (RFC 3261 §16.6 step 4). */
  SipURI route(SipProvider side) throws ParseException {
    SipURI uri = agent.uriOf(side, null);
    uri.setLrParam();
    return uri;
  }

  private static boolean isSecure(SipURI uri) {
    return uri.isSecure() || "tls".equalsIgnoreCase(uri.getTransportParam());
  }

  private static String hostOf(SipURI uri) {
    return bare(uri.getHost());
  }

  private static String bare(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.startsWith("[") ? lower.substring(1, lower.length() - 1) : lower;
  }
}
