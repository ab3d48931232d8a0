package io.sipwright.locator;

import io.sipwright.syntax.Chars;
import javax.sip.address.Hop;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;

/**
 * What a URI says about where to go, before anything is looked up: the input of RFC 3263 §4.
 *
 * @param host the URI's {@code maddr}, or else its host
 * @param port the URI's port, or -1 where it has none
 * @param transport the URI's {@code transport} in lower case, or null where it has none
 * @param secure whether TLS is asked for by a {@code sips} URI
 * @param domain the URI's host, whatever its {@code maddr}: whom the server must prove to be (RFC
 *     5922 §7.1)
 */
public record Destination(
    String host, int port, @Nullable String transport, boolean secure, String domain) {
  /** Of a host that's the domain too. */
  public Destination(String host, int port, @Nullable String transport, boolean secure) {
    this(host, port, transport, secure, host);
  }

  /**
   * The destination a SIP or SIPS URI names.
   *
   * @param secure whether to treat the URI as SIPS even if it isn't (RFC 3261 §8.1.2: because the
   *     Request-URI is)
   */
  public static Destination of(SipURI uri, boolean secure) {
    String maddr = uri.getMAddrParam();
    String transport = uri.getTransportParam();
    int port = uri.getPort();
    return new Destination(
        maddr == null || maddr.isEmpty() ? uri.getHost() : maddr,
        port > 0 ? port : -1,
        transport == null || transport.isEmpty() ? null : Chars.lower(transport),
        secure || uri.isSecure(),
        uri.getHost());
  }

  /**
   * What any vendor's router answered; a port not above 0 means that none was named, and no
   * transport that it's to be found.
   *
   * @throws IllegalArgumentException if the port is over 65535 or there's no host
   */
  public static Destination of(Hop hop) {
    String host = hop.getHost();
    if (host == null || host.isEmpty()) {
      throw new IllegalArgumentException("hop has no host: " + hop);
    }
    return new Destination(host, -1, null, false).by(hop);
  }

  /**
   * The same but for what a hop says; whom the server must prove to be stays.
   *
   * @throws IllegalArgumentException if the port is over 65535 or there's no host
   */
  public Destination by(Hop hop) {
    String other = hop.getHost();
    String how = hop.getTransport();
    if (other == null || other.isEmpty() || hop.getPort() > 65535) {
      throw new IllegalArgumentException("hop " + hop + " has no host, or no port in 1 to 65535");
    }
    return new Destination(
        other,
        hop.getPort() > 0 ? hop.getPort() : -1,
        how == null || how.isEmpty() ? null : Chars.lower(how),
        secure,
        domain);
  }

  /** The same, with TLS if that's asked for by the Request-URI (RFC 3261 §8.1.2). */
  Destination secured(boolean secure) {
    return new Destination(host, port, transport, this.secure || secure, domain);
  }

  /** Whether the host is an address: then {@link #target} is all there is to find. */
  public boolean isNumeric() {
    return NumericAddress.parse(host) != null;
  }

  /**
   * Whether RFC 3263 asks for NAPTR or SRV records: only for a name without a port (RFC 3263 §4.1,
   * §4.2). If not, {@link #target} is the whole answer but for the name's addresses.
   */
  public boolean needsServiceRecords() {
    return port < 0 && NumericAddress.parse(host) == null;
  }

  /**
   * The target that follows without the DNS: the transport asked for, or UDP, or TLS for SIPS; the
   * port asked for, or the transport's default (RFC 3263 §4.1, §4.2). For a name without service
   * records it's the target too.
   */
  public Target target() {
    return Target.withDefaultPort(host, port, effectiveTransport()).forDomain(domain);
  }

  /**
   * Whether it's a name that a WebSocket client without address has invented: it leads back over
   * its WebSocket, and nothing can be looked up for it (RFC 7118 Appendix B.1).
   */
  public boolean isBrowser() {
    return (transport != null && transport.startsWith("ws"))
        && Chars.lower(host).endsWith(".invalid");
  }

  /** SIPS never goes over a transport without TLS (RFC 3261 §26.2.2). */
  String effectiveTransport() {
    if (transport == null) {
      return secure ? "tls" : "udp";
    }
    if (!secure) {
      return transport;
    }
    return switch (transport) {
      case "ws", "wss" -> "wss";
      case "sctp", "tls-sctp" -> "tls-sctp";
      default -> "tls";
    };
  }
}
