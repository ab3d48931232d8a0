package io.sipwright.locator;

import io.sipwright.syntax.Chars;
import org.jspecify.annotations.Nullable;

/** How the DNS names the transports of SIP. */
final class Services {
  private Services() {}

  /**
   * The transport of a NAPTR service field (RFC 3263 §9, RFC 4168 §8, RFC 7118 §10.2), in any case.
   *
   * @return null if it's none of SIP's; TLS over UDP isn't possible, and so {@code SIPS+D2U} is
   *     none
   */
  static @Nullable String transportOf(String service) {
    return switch (Chars.lower(service)) {
      case "sip+d2u" -> "udp";
      case "sip+d2t" -> "tcp";
      case "sips+d2t" -> "tls";
      case "sip+d2s" -> "sctp";
      case "sips+d2s" -> "tls-sctp";
      case "sip+d2w" -> "ws";
      case "sips+d2w" -> "wss";
      default -> null;
    };
  }

  /** Whether a transport has TLS in it. */
  static boolean isSecure(String transport) {
    return transport.equals("tls") || transport.equals("tls-sctp") || transport.equals("wss");
  }

  /**
   * The owner of a domain's SRV records (RFC 3263 §4.1, §4.2): TLS is a service of its own, {@code
   * _sips}, over the protocol below it.
   */
  static String srvName(String transport, String domain) {
    String prefix =
        switch (transport) {
          case "tls" -> "_sips._tcp.";
          case "tls-sctp" -> "_sips._sctp.";
          case "wss" -> "_sips._ws.";
          default -> "_sip._" + transport + '.';
        };
    return prefix + domain;
  }
}
