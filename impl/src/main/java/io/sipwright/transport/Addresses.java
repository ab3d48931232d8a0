package io.sipwright.transport;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Addresses as text, for names and messages. */
final class Addresses {
  private Addresses() {}

  /** {@code 192.0.2.1:5060} or {@code [2001:db8::1]:5060}. */
  static String text(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    if (ip == null) {
      return address.getHostString() + ":" + address.getPort();
    }
    String host = ip.getHostAddress();
    return (ip instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** Throws IllegalArgumentException if it's only a name. */
  static InetSocketAddress resolved(InetSocketAddress address) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          address.getHostString() + " is not resolved: give an address, not a name");
    }
    return address;
  }

  /**
   * Whether two addresses, equal for Java, are at different interfaces: {@code fe80::1%eth0} and
   * {@code fe80::1%eth1}. One without zone may be at any.
   */
  static boolean differInZone(InetAddress one, InetAddress other) {
    return one instanceof Inet6Address a
        && other instanceof Inet6Address b
        && a.getScopeId() != b.getScopeId()
        && a.getScopeId() != 0
        && b.getScopeId() != 0;
  }

  /** A failure on the way from here to there, with both in its message. */
  static IOException failure(
      String transport, InetSocketAddress from, InetSocketAddress to, String what) {
    return new IOException(transport + " " + text(from) + " to " + text(to) + ": " + what);
  }

  /** {@link #failure(String, InetSocketAddress, InetSocketAddress, String)} with a cause. */
  static IOException failure(
      String transport, InetSocketAddress from, InetSocketAddress to, Throwable cause) {
    String what =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    IOException failure = failure(transport, from, to, what);
    failure.initCause(cause);
    return failure;
  }

  /** An address that can't be bound. */
  static IOException cannotBind(String transport, InetSocketAddress local, Throwable cause) {
    return new IOException(
        "Can't bind " + transport + " " + text(local) + ": " + cause.getMessage(), cause);
  }
}
