package io.sipwright.javax.sip.address;

import io.sipwright.syntax.Chars;

/**
 * The normal forms that URIs without a comparison rule of their own are compared by: case and
 * percent-encoding (RFC 3986 §6.2.2.1, §6.2.2.2). Paths stay as they are, and so does a port.
 */
final class NormalForm {
  private static final String HEX = "0123456789ABCDEF";

  private NormalForm() {}

  /**
   * What stands behind the scheme's colon of any URI: the hexadecimal digits of escapes in upper
   * case, escapes of {@code unreserved} characters resolved, the host in lower case.
   */
  static String of(String rest) {
    String text = escapes(rest, true);
    if (!text.startsWith("//")) {
      return text;
    }
    int end = 2;
    int host = 2;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      if (text.charAt(end++) == '@') {
        host = end;
      }
    }
    return text.substring(0, host) + Chars.lower(text.substring(host, end)) + text.substring(end);
  }

  /**
   * The hexadecimal digits of escapes in upper case.
   *
   * @param resolve whether escapes of {@code unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~"}
   *     (RFC 3986 §2.3) become what they stand for
   */
  static String escapes(String raw, boolean resolve) {
    int i = raw.indexOf('%');
    if (i < 0) {
      return raw;
    }
    StringBuilder sb = new StringBuilder(raw.length()).append(raw, 0, i);
    while (i < raw.length()) {
      int value = valueAt(raw, i);
      if (value < 0) {
        sb.append(raw.charAt(i++));
        continue;
      }
      if (resolve && (Chars.is(value, Chars.ALPHANUM) || "-._~".indexOf(value) >= 0)) {
        sb.append((char) value);
      } else {
        sb.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 15));
      }
      i += 3;
    }
    return sb.toString();
  }

  /** The byte that the escape at a place stands for, or -1 if there's none. */
  private static int valueAt(String s, int i) {
    if (i + 2 >= s.length()
        || s.charAt(i) != '%'
        || !Chars.is(s.charAt(i + 1), Chars.HEX)
        || !Chars.is(s.charAt(i + 2), Chars.HEX)) {
      return -1;
    }
    return Character.digit(s.charAt(i + 1), 16) << 4 | Character.digit(s.charAt(i + 2), 16);
  }
}
