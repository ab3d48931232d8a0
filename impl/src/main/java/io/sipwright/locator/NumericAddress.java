package io.sipwright.locator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Reads addresses written as numbers; never asks the DNS. */
public final class NumericAddress {
  private static final int LONGEST_IPV4 = 15;

  private NumericAddress() {}

  /**
   * The address of an {@code IPv4address}, or of an IPv6 address with or without brackets and scope
   * id; null for anything else, names above all.
   */
  public static @Nullable InetAddress parse(String host) {
    if (host.indexOf(':') >= 0) {
      return ipv6(host);
    }
    return host.isEmpty() || !isDigit(host.charAt(0)) ? null : ipv4(host);
  }

  /**
   * Four numbers of one to three digits, up to 255. Nothing else: {@code InetAddress} also takes
   * {@code 127.1} or {@code 2130706433}, which are names here.
   */
  private static @Nullable InetAddress ipv4(String host) {
    if (host.length() > LONGEST_IPV4) {
      return null;
    }
    byte[] address = new byte[4];
    int part = 0;
    int value = 0;
    int digits = 0;
    for (int i = 0; i <= host.length(); i++) {
      char c = i < host.length() ? host.charAt(i) : '.';
      if (c == '.') {
        if (digits == 0 || part == address.length) {
          return null;
        }
        address[part++] = (byte) value;
        value = 0;
        digits = 0;
      } else {
        value = value * 10 + (c - '0');
        if (!isDigit(c) || ++digits > 3 || value > 255) {
          return null;
        }
      }
    }
    return part == address.length ? of(address) : null;
  }

  private static @Nullable InetAddress ipv6(String host) {
    boolean opened = host.startsWith("[");
    if (opened != host.endsWith("]")) {
      return null;
    }
    try {
      // What has a colon is never looked up: it is read, or refused.
      return InetAddress.getByName(opened ? host : '[' + host + ']');
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static InetAddress of(byte[] address) {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new AssertionError(e); // four bytes are an address
    }
  }
}
