package io.sipwright.syntax;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * {@code escaped = "%" HEXDIG HEXDIG} (RFC 3261 §25.1): between the text on the wire and the text
 * that programs see, and a form to compare by.
 *
 * <p>{@link #resolve} and {@link #escape} fit together: what one gives and the other takes back
 * means the same on the wire, so copying a part of a URI through getter and setter never unescapes
 * twice. Programs written for stacks that don't escape hand over text that they escaped themselves;
 * that's kept as it is. Hence the one rule of both: in a program's text a {@code %} with two
 * hexadecimal digits is an escape, unless it stands for a letter, a digit or {@code - . _}, which
 * nobody escapes; then it is a plain {@code %}.
 */
public final class Escapes {
  private static final String HEX = "0123456789ABCDEF";
  private static final String RESERVED = ";/?:@&=+$,";

  private Escapes() {}

  /**
   * The wire's text for a program's eyes: escapes resolved once, as UTF-8. Those of control
   * characters (NUL, CR and LF among them) and of bytes that aren't UTF-8 stay escapes, and so does
   * a {@code %25} that {@link #escape} would otherwise take for the start of another escape. The
   * same String when there's nothing to do.
   */
  public static String resolve(String raw) {
    int i = raw.indexOf('%');
    if (i < 0) {
      return raw;
    }
    StringBuilder sb = new StringBuilder(raw.length()).append(raw, 0, i);
    BitSet percents = new BitSet(0); // where sb has a '%' that starts no escape
    while (i < raw.length()) {
      int value = valueAt(raw, i);
      if (value >= 128) {
        i = resolveUtf8(raw, i, sb);
      } else if (value < 0) {
        if (raw.charAt(i) == '%') {
          percents.set(sb.length());
        }
        sb.append(raw.charAt(i++));
      } else {
        if (value < ' ' || value == 127) {
          sb.append(raw, i, i + 3);
        } else {
          if (value == '%') {
            percents.set(sb.length());
          }
          sb.append((char) value);
        }
        i += 3;
      }
    }
    return percents.isEmpty() ? sb.toString() : escapeAmbiguous(sb.toString(), percents);
  }

  /** Takes a run of escaped bytes from 128 up; gives the place behind it. */
  private static int resolveUtf8(String raw, int from, StringBuilder sb) {
    int to = from;
    while (valueAt(raw, to) >= 128) {
      to += 3;
    }
    byte[] utf8 = new byte[(to - from) / 3];
    for (int k = 0; k < utf8.length; k++) {
      utf8[k] = (byte) valueAt(raw, from + 3 * k);
    }
    try {
      sb.append(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)));
    } catch (CharacterCodingException e) {
      sb.append(raw, from, to);
    }
    return to;
  }

  private static String escapeAmbiguous(String text, BitSet percents) {
    StringBuilder sb = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      sb.append(text.charAt(i));
      if (percents.get(i) && isEscape(valueAt(text, i))) {
        sb.append("25");
      }
    }
    return sb.toString();
  }

  /**
   * A program's text for the wire: whatever is outside a class of {@link Chars} escaped, as UTF-8.
   * Escapes in it stay, and so never become others. The same String when there's nothing to do.
   */
  public static String escape(String text, int charClass) {
    int i = 0;
    while (i < text.length() && Chars.is(text.charAt(i), charClass) && text.charAt(i) != '%') {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    StringBuilder sb = new StringBuilder(text.length() + 16).append(text, 0, i);
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '%' && isEscape(valueAt(text, i))) {
        sb.append(text, i, i + 3);
        i += 3;
      } else if (c != '%' && Chars.is(c, charClass)) {
        sb.append(c);
        i++;
      } else {
        int codePoint = text.codePointAt(i);
        i += Character.charCount(codePoint);
        if (codePoint < 128) {
          put(sb, codePoint);
        } else {
          for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            put(sb, b);
          }
        }
      }
    }
    return sb.toString();
  }

  /**
   * A form in which two raw texts are equal when RFC 3261 §19.1.4 calls them equivalent: what is
   * escaped without being reserved is resolved, other escapes are in upper case.
   *
   * @param caseless whether case doesn't count either
   */
  public static String canonical(String raw, boolean caseless) {
    int i = raw.indexOf('%');
    if (i < 0) {
      return caseless ? Chars.lower(raw) : raw;
    }
    StringBuilder sb = new StringBuilder(raw.length()).append(raw, 0, i);
    while (i < raw.length()) {
      int value = valueAt(raw, i);
      if (value < 0) {
        sb.append(raw.charAt(i++));
      } else {
        if (value > ' ' && value < 127 && value != '%' && RESERVED.indexOf(value) < 0) {
          sb.append((char) value);
        } else {
          put(sb, value);
        }
        i += 3;
      }
    }
    return caseless ? Chars.lower(sb.toString()) : sb.toString();
  }

  /**
   * The first place from {@code from} on whose byte isn't in a class of {@link Chars} and starts no
   * escape; {@code to} if there's none. A {@code %} without two hexadecimal digits is such a place.
   */
  public static int skip(byte[] bytes, int from, int to, int charClass) {
    int i = from;
    while (i < to) {
      byte b = bytes[i];
      if (b == '%') {
        if (i + 2 >= to
            || !Chars.is(bytes[i + 1], Chars.HEX)
            || !Chars.is(bytes[i + 2], Chars.HEX)) {
          return i;
        }
        i += 3;
      } else if (Chars.is(b, charClass)) {
        i++;
      } else {
        return i;
      }
    }
    return to;
  }

  /** The byte that the escape at a place stands for, or -1 if there's none. */
  private static int valueAt(String s, int i) {
    if (i + 2 >= s.length() || s.charAt(i) != '%') {
      return -1;
    }
    char high = s.charAt(i + 1);
    char low = s.charAt(i + 2);
    return Chars.is(high, Chars.HEX) && Chars.is(low, Chars.HEX)
        ? Character.digit(high, 16) << 4 | Character.digit(low, 16)
        : -1;
  }

  /** Whether a program's {@code %HH} of this value is taken for an escape. */
  private static boolean isEscape(int value) {
    return value >= 0 && !Chars.is(value, Chars.HOST);
  }

  private static void put(StringBuilder sb, int value) {
    sb.append('%').append(HEX.charAt(value >> 4 & 15)).append(HEX.charAt(value & 15));
  }
}
