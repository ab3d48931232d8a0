package io.sipwright.locator;

import io.sipwright.syntax.Chars;
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
