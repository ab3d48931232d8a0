package io.sipwright.locator;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The order in which to try the addresses of one host, both families together (RFC 7984 §3.1): the
 * destination rules of RFC 6724 §6 that need no more than the addresses and where we send from: 1,
 * 2, 5, 6, 8, 9 and 10.
 */
final class AddressOrder {
  /** Prefix, its length, precedence, label: the default policy table of RFC 6724 §2.1. */
  private record Policy(InetAddress prefix, int bits, int precedence, int label) {
    boolean covers(byte[] address) {
      return commonBits(mapped(prefix), address) >= bits;
    }
  }

  private static final List<Policy> POLICY =
      List.of(
          policy("::1", 128, 50, 0),
          policy("::ffff:0:0", 96, 35, 4),
          policy("::", 96, 1, 3),
          policy("2001::", 32, 5, 5),
          policy("2002::", 16, 30, 2),
          policy("3ffe::", 16, 1, 12),
          policy("fec0::", 10, 1, 11),
          policy("fc00::", 7, 3, 13),
          policy("::", 0, 40, 1));

  private static Policy policy(String prefix, int bits, int precedence, int label) {
    InetAddress address = Objects.requireNonNull(NumericAddress.parse(prefix));
    return new Policy(address, bits, precedence, label);
  }

  private AddressOrder() {}

  /**
   * Sorts addresses, dropping repeated ones.
   *
   * @param sources the addresses that we send from; of a family of which there's none the addresses
   *     go to the end, and with none at all that rule says nothing
   */
  static List<InetAddress> of(List<InetAddress> addresses, List<InetAddress> sources) {
    List<InetAddress> sorted = new ArrayList<>(new LinkedHashSet<>(addresses));
    if (sorted.size() > 1) {
      sorted.sort((a, b) -> compare(a, b, sources)); // stable: rule 10
    }
    return sorted;
  }

  private static int compare(InetAddress a, InetAddress b, List<InetAddress> sources) {
    InetAddress fromA = source(a, sources);
    InetAddress fromB = source(b, sources);
    if (!sources.isEmpty() && (fromA == null) != (fromB == null)) {
      return fromA == null ? 1 : -1; // rule 1: avoid unusable destinations
    }
    if (known(fromA) != null && known(fromB) != null) {
      int byScope =
          Boolean.compare(scope(b) == scope(known(fromB)), scope(a) == scope(known(fromA)));
      if (byScope != 0) {
        return byScope; // rule 2
      }
      int byLabel =
          Boolean.compare(label(b) == label(known(fromB)), label(a) == label(known(fromA)));
      if (byLabel != 0) {
        return byLabel; // rule 5
      }
    }
    int byPrecedence = Integer.compare(policyOf(b).precedence(), policyOf(a).precedence());
    if (byPrecedence != 0) {
      return byPrecedence; // rule 6
    }
    int bySmallerScope = Integer.compare(scope(a), scope(b));
    if (bySmallerScope != 0) {
      return bySmallerScope; // rule 8
    }
    return byPrefix(a, fromA, b, fromB); // rule 9
  }

  private static int byPrefix(
      InetAddress a, @Nullable InetAddress fromA, InetAddress b, @Nullable InetAddress fromB) {
    // For IPv6 only: in IPv4 longer common prefixes say nothing about distance, and would undo the
    // spread of load that DNS servers make by turning lists around.
    if (!(a instanceof Inet6Address) || !(b instanceof Inet6Address)) {
      return 0;
    }
    InetAddress ours = known(fromA);
    InetAddress theirs = known(fromB);
    if (ours == null || theirs == null) {
      return 0;
    }
    return Integer.compare(
        Math.min(64, commonBits(b.getAddress(), theirs.getAddress())),
        Math.min(64, commonBits(a.getAddress(), ours.getAddress())));
  }

  /** One of our addresses that can send there: the same scope if there's one; null if none. */
  private static @Nullable InetAddress source(InetAddress to, List<InetAddress> sources) {
    InetAddress best = null;
    for (InetAddress from : sources) {
      boolean wildcard6 = from instanceof Inet6Address && from.isAnyLocalAddress();
      if (from.getAddress().length == to.getAddress().length || wildcard6) {
        if (best == null || (scope(from) == scope(to) && scope(best) != scope(to))) {
          best = from;
        }
      }
    }
    return best;
  }

  /** Null for a wildcard: the system chooses, and only it knows. */
  private static @Nullable InetAddress known(@Nullable InetAddress source) {
    return source == null || source.isAnyLocalAddress() ? null : source;
  }

  /** RFC 4291 §2.7 and RFC 6724 §3.1: 2 for the link, 5 for the site, 14 for the world. */
  private static int scope(@Nullable InetAddress address) {
    if (address == null) {
      return 14;
    }
    if (address.isMulticastAddress() && address instanceof Inet6Address) {
      return address.getAddress()[1] & 0x0f;
    }
    if (address.isLoopbackAddress() || address.isLinkLocalAddress()) {
      return 2;
    }
    return address instanceof Inet6Address && address.isSiteLocalAddress() ? 5 : 14;
  }

  private static int label(@Nullable InetAddress address) {
    return address == null ? -1 : policyOf(address).label();
  }

  private static Policy policyOf(InetAddress address) {
    byte[] bytes = mapped(address);
    Policy best = POLICY.get(POLICY.size() - 1);
    for (Policy policy : POLICY) {
      if (policy.covers(bytes) && policy.bits() > best.bits()) {
        best = policy;
      }
    }
    return best;
  }

  /** In 16 bytes; an IPv4 address as {@code ::ffff:a.b.c.d}. */
  private static byte[] mapped(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 16) {
      return bytes;
    }
    byte[] wide = new byte[16];
    wide[10] = (byte) 0xff;
    wide[11] = (byte) 0xff;
    System.arraycopy(bytes, 0, wide, 12, 4);
    return wide;
  }

  private static int commonBits(byte[] a, byte[] b) {
    int bits = 0;
    for (int i = 0; i < a.length && i < b.length; i++) {
      int different = (a[i] ^ b[i]) & 0xff;
      if (different != 0) {
        return bits + Integer.numberOfLeadingZeros(different) - 24;
      }
      bits += 8;
    }
    return bits;
  }
}
