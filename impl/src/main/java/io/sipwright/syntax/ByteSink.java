package io.sipwright.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of bytes to encode into. Text goes in as UTF-8. Not safe for use by several
 * threads.
 */
public final class ByteSink {
  private byte[] buffer;
  private int length;

  /** An empty sink with room for some bytes. */
  public ByteSink(int capacity) {
    buffer = new byte[Math.max(16, capacity)];
  }

  /** An empty sink. */
  public ByteSink() {
    this(256);
  }

  /** Appends one character: a byte, or more for one outside ASCII. */
  public ByteSink put(char c) {
    if (c >= 128) {
      return put(String.valueOf(c)); // cut to a byte, it could become a line break
    }
    room(1);
    buffer[length++] = (byte) c;
    return this;
  }

  /** Appends text as UTF-8. */
  @SuppressWarnings(
      "deprecation") // getBytes(int, int, byte[], int) is the one copy that allocates nothing
  public ByteSink put(String text) {
    int n = text.length();
    for (int i = 0; i < n; i++) {
      if (text.charAt(i) >= 128) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return put(utf8, 0, utf8.length);
      }
    }
    room(n);
    text.getBytes(0, n, buffer, length);
    length += n;
    return this;
  }

  /** Appends bytes as they are. */
  public ByteSink put(byte[] bytes, int from, int to) {
    int n = to - from;
    room(n);
    System.arraycopy(bytes, from, buffer, length, n);
    length += n;
    return this;
  }

  /** Appends a number in decimal. */
  public ByteSink put(long number) {
    if (number < 0) {
      return put(Long.toString(number)); // the least of all has no positive one
    }
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    room(digits);
    long rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /**
   * Appends text between double quotes; {@code "}, {@code \} and control characters become
   * quoted-pairs, CR and LF spaces (RFC 3261 §25.1, quoted-string).
   */
  public ByteSink putQuoted(String text) {
    return put('"').putEscaped(text, '"', '"').put('"');
  }

  /**
   * Appends text between parentheses as a comment (RFC 3261 §25.1); parentheses inside stay as they
   * are if they pair up, else they become quoted-pairs; CR and LF become spaces.
   */
  public ByteSink putComment(String text) {
    boolean paired = pairsUp(text);
    return put('(').putEscaped(text, paired ? '\\' : '(', paired ? '\\' : ')').put(')');
  }

  private ByteSink putEscaped(String text, char special, char alsoSpecial) {
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = (c < ' ' && c != '\t') || c == 127;
      if (c == '\\' || c == special || c == alsoSpecial || control) {
        put(text.substring(from, i));
        if (c == '\r' || c == '\n') {
          put(' '); // they have no quoted-pair, and must not break the line
        } else {
          put('\\').put(c);
        }
        from = i + 1;
      }
    }
    return put(from == 0 ? text : text.substring(from));
  }

  private static boolean pairsUp(String text) {
    int depth = 0;
    for (int i = 0; i < text.length() && depth >= 0; i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return depth == 0;
  }

  /** Appends CR LF. */
  public ByteSink crlf() {
    return put('\r').put('\n');
  }

  /** How many bytes were put. */
  public int length() {
    return length;
  }

  /** Forgets what was put behind a length. */
  public void length(int shorter) {
    length = Math.min(length, shorter);
  }

  /** Forgets what was put, and keeps the buffer. */
  public void clear() {
    length = 0;
  }

  /** Whether some of its bytes are some of others. */
  public boolean isSame(int from, int to, byte[] other, int otherFrom, int otherTo) {
    return Arrays.equals(buffer, from, to, other, otherFrom, otherTo);
  }

  /**
   * The buffer itself, of which the first {@link #length()} bytes count; valid until the next put.
   */
  public byte[] array() {
    return buffer;
  }

  /** A copy of what was put, of exactly its length. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, length);
  }

  /**
   * What was put, without a copy where the buffer is exactly full. The sink must not be used after
   * that.
   */
  public byte[] finish() {
    return length == buffer.length ? buffer : toBytes();
  }

  @Override
  public String toString() {
    return Utf8.text(buffer, 0, length);
  }

  private void room(int n) {
    if (buffer.length - length < n) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + n));
    }
  }
}
