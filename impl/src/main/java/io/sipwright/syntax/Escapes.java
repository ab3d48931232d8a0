package io.sipwright.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * {@code escaped = "%" HEXDIG HEXDIG} (RFC 3261 §25.1): from and to it, and comparison that knows
 * it (RFC 3261 §19.1.4).
 */
public final class Escapes {
  private static final String HEX = "0123456789ABCDEF";

  private Escapes() {}

  /**
   * The text with every {@code %HH} resolved once, as UTF-8; a {@code %} without two hexadecimal
   * digits stays as it is. The same String when nothing is escaped.
   */
  public static String unescape(String raw) {
    int i = raw.indexOf('%');
    if (i < 0) {
      return raw;
    }
    byte[] in = raw.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int k = 0; k < in.length; k++) {
      if (in[k] == '%'
          && k + 2 < in.length
          && Chars.is(in[k + 1], Chars.HEX)
          && Chars.is(in[k + 2], Chars.HEX)) {
        out.write(Character.digit(in[k + 1], 16) << 4 | Character.digit(in[k + 2], 16));
        k += 2;
      } else {
        out.write(in[k]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /**
   * The text with every character outside a class of {@link Chars} escaped, as UTF-8; {@code %}
   * too. The same String when nothing has to be.
   */
  public static String escape(String text, int charClass) {
    int i = 0;
    while (i < text.length() && Chars.is(text.charAt(i), charClass)) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder sb = new StringBuilder(utf8.length + 16);
    for (byte b : utf8) {
      if (Chars.is(b, charClass)) {
        sb.append((char) b);
      } else {
        sb.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
      }
    }
    return sb.toString();
  }
}
