package io.sipwright.syntax;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code IPv6address} as RFC 5954 §4.1 corrects it (the rule of RFC 3986): its many spellings as
 * one value.
 */
public final class Ipv6 {
  private Ipv6() {}

  /**
   * The sixteen bytes of an IPv6 address, with or without square brackets; null if the text is
   * none. A zone ({@code %eth0}) is no part of an address.
   */
  public static byte @Nullable [] parse(String text) {
    int from = 0;
    int to = text.length();
    if (to > 1 && text.charAt(0) == '[' && text.charAt(to - 1) == ']') {
      from++;
      to--;
    }
    byte[] out = new byte[16];
    int n = 0; // bytes read
    int gap = -1; // where "::" stands among them
    if (text.startsWith("::", from) && to - from >= 2) {
      gap = 0;
      from += 2;
    }
    while (from < to) {
      int end = text.indexOf(':', from);
      if (end < 0 || end > to) {
        end = to;
      }
      if (end == to && text.indexOf('.', from) >= 0) {
        if (n > 12 || !putIpv4(text, from, to, out, n)) {
          return null;
        }
        n += 4;
        break;
      }
      int group = group(text, from, end);
      if (group < 0 || n > 14) {
        return null;
      }
      out[n++] = (byte) (group >> 8);
      out[n++] = (byte) group;
      from = end + 1;
      if (end < to && from < to && text.charAt(from) == ':') {
        if (gap >= 0) {
          return null;
        }
        gap = n;
        from++;
      } else if (end < to && from == to) {
        return null; // a colon with nothing behind it
      }
    }
    return n == 16 && gap < 0 ? out : gap >= 0 && n <= 14 ? spread(out, n, gap) : null;
  }

  private static byte[] spread(byte[] out, int n, int gap) {
    int tail = n - gap;
    System.arraycopy(out, gap, out, 16 - tail, tail);
    Arrays.fill(out, gap, 16 - tail, (byte) 0);
    return out;
  }

  /** Whether a text is {@code IPv6reference = "[" IPv6address "]"}. */
  public static boolean isReference(String text) {
    return text.startsWith("[") && text.endsWith("]") && parse(text) != null;
  }

  /** {@code h16 = 1*4HEXDIG}, or -1. */
  private static int group(String text, int from, int to) {
    if (to - from < 1 || to - from > 4) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      if (!Chars.is(text.charAt(i), Chars.HEX)) {
        return -1;
      }
      value = value << 4 | Character.digit(text.charAt(i), 16);
    }
    return value;
  }

  private static boolean putIpv4(String text, int from, int to, byte[] out, int at) {
    int parts = 0;
    int value = -1;
    for (int i = from; i <= to; i++) {
      char c = i < to ? text.charAt(i) : '.';
      if (c == '.') {
        if (value < 0 || parts == 4) {
          return false;
        }
        out[at + parts++] = (byte) value;
        value = -1;
      } else if (c >= '0' && c <= '9') {
        value = Math.max(value, 0) * 10 + (c - '0');
        if (value > 255) {
          return false;
        }
      } else {
        return false;
      }
    }
    return parts == 4;
  }

  /**
   * Sixteen bytes as RFC 5952 has it: lower case, the first of the longest runs of zeros as {@code
   * ::}.
   */
  public static String text(byte[] address) {
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (address[2 * i] & 0xFF) << 8 | (address[2 * i + 1] & 0xFF);
    }
    int gap = -1;
    int gapLength = 1; // a single zero is written (§4.2.2)
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > gapLength) {
        gap = i;
        gapLength = end - i;
      }
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == gap) {
        text.append("::");
        i += gapLength - 1;
      } else {
        boolean first = i == 0 || (gap >= 0 && i == gap + gapLength);
        text.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
