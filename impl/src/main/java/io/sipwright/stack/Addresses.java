package io.sipwright.stack;

import io.sipwright.locator.OutboundProxy;
import io.sipwright.syntax.Ipv6;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Comparison of numeric addresses that may be spelled in several ways. */
final class Addresses {
  private Addresses() {}

  /**
   * An address with its port if it has one: {@code 192.0.2.1:53}, {@code [2001:db8::1]:53}, or
   * either without.
   *
   * @return null if it's not numeric
   */
  static @Nullable InetSocketAddress withPort(String text, int defaultPort) {
    boolean bareIpv6 = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
    String host = bareIpv6 ? '[' + text + ']' : text;
    boolean hasPort = host.indexOf(':', host.indexOf(']') + 1) >= 0;
    try {
      return OutboundProxy.parse(hasPort ? host : host + ':' + defaultPort).numeric();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether two IPv6 addresses, with brackets or without, are the same one. */
  static boolean same(String a, String b) {
    byte[] address = Ipv6.parse(a);
    return address != null && Arrays.equals(address, Ipv6.parse(b));
  }
}
