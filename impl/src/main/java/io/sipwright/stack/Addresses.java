package io.sipwright.stack;

import io.sipwright.locator.Target;
import java.net.InetSocketAddress;

/** Comparison of numeric addresses that may be spelled in several ways. */
final class Addresses {
  private Addresses() {}

  /** Whether two IPv6 addresses, without brackets, are the same one. */
  static boolean same(String a, String b) {
    if (a.equalsIgnoreCase(b)) {
      return true;
    }
    InetSocketAddress first = new Target(a, 1, "udp").numeric();
    InetSocketAddress second = new Target(b, 1, "udp").numeric();
    return first != null && first.equals(second);
  }
}
