package io.sipwright.locator;

import io.sipwright.syntax.Chars;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.sip.address.Hop;
import org.jspecify.annotations.Nullable;

/**
 * Where a message is sent: host, port and transport, all known.
 *
 * <p>Two targets that differ in nothing but {@code domain} are different: over TLS each needs a
 * connection whose certificate is good for its own domain.
 *
 * @param host a name or a numeric address; IPv6 always in brackets, whatever was given
 * @param port 1 to 65535
 * @param transport in lower case: "udp", "tcp", "tls", "ws", "wss", or what a peer asked for
 * @param domain the name that was asked for before any DNS record led to the host, in lower case:
 *     what the server's certificate must be for (RFC 5922 §7.1), and never the target of an SRV
 *     record; null if there's none but the host
 */
public record Target(String host, int port, String transport, @Nullable String domain) {
  /** Puts IPv6 into brackets and the transport into lower case. */
  public Target {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("host is empty");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is outside 1 to 65535");
    }
    if (host.indexOf(':') >= 0 && host.charAt(0) != '[') {
      host = '[' + host + ']';
    }
    transport = Chars.lower(transport);
    domain = domain == null ? null : Chars.lower(domain);
  }

  /** A target that's its own domain. */
  public Target(String host, int port, String transport) {
    this(host, port, transport, null);
  }

  /** The same for a domain; itself if the host is that domain. */
  Target forDomain(String other) {
    String same = host.equalsIgnoreCase(other) ? null : other;
    return same == null ? this : new Target(host, port, transport, same);
  }

  /** The name or address that a certificate must be for: the domain, or else the host. */
  public String identity() {
    return domain == null ? host : domain;
  }

  /**
   * With the default port of the transport in place of one that's not above 0.
   *
   * @throws IllegalArgumentException if the port is over 65535 or the host is empty
   */
  static Target withDefaultPort(String host, int port, String transport) {
    String lower = Chars.lower(transport);
    return new Target(host, port > 0 ? port : defaultPort(lower), lower);
  }

  /**
   * What any vendor's router answered; a port not above 0 means the transport's default, and no
   * transport means UDP.
   *
   * @throws IllegalArgumentException if the port is over 65535 or there's no host
   */
  public static Target of(Hop hop) {
    String host = hop.getHost();
    String transport = hop.getTransport();
    if (host == null) {
      throw new IllegalArgumentException("hop has no host: " + hop);
    }
    return withDefaultPort(host, hop.getPort(), transport == null ? "udp" : transport);
  }

  /**
   * The port that's meant where none is given: 5061 for TLS (RFC 3261 §19.1.2), 80 for WS and 443
   * for WSS (RFC 7118 §5.3), else 5060.
   *
   * @param transport in lower case
   */
  public static int defaultPort(String transport) {
    return switch (transport) {
      case "tls", "tls-sctp" -> 5061;
      case "ws" -> 80;
      case "wss" -> 443;
      default -> 5060;
    };
  }

  /** The address to send to if the host is numeric; null if it must be looked up. */
  public @Nullable InetSocketAddress numeric() {
    InetAddress address = NumericAddress.parse(host);
    return address == null ? null : new InetSocketAddress(address, port);
  }

  /** {@code host:port/transport}. */
  @Override
  public String toString() {
    return host + ':' + port + '/' + transport;
  }
}
