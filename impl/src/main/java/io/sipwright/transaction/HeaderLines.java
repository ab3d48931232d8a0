package io.sipwright.transaction;

import io.sipwright.javax.sip.header.HeaderType;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the header fields of an encoded message, from the first to the empty line. A folded
 * field counts as one.
 */
final class HeaderLines {
  private final byte[] bytes;
  private int at;
  private @Nullable HeaderType type;
  private int from;
  private int to;

  /** A walk that stands before the first header. */
  HeaderLines(byte[] message) {
    bytes = message;
    at = afterLine(0);
  }

  /** Goes to the next header, if there's one. */
  boolean next() {
    int start = at;
    if (start >= bytes.length || bytes[start] == '\r' || bytes[start] == '\n') {
      return false;
    }
    do {
      at = afterLine(at);
    } while (at < bytes.length && isSpace(at)); // a line that begins with a space goes on
    int colon = start;
    while (colon < at && bytes[colon] != ':') {
      colon++;
    }
    type = HeaderType.of(bytes, start, trimEnd(start, colon));
    from = Math.min(colon + 1, at);
    while (from < at && isSpaceOrBreak(from)) {
      from++;
    }
    to = trimEnd(from, at);
    return true;
  }

  /** Which header it is, or null for an unknown one. */
  @Nullable HeaderType type() {
    return type;
  }

  /** Where its value begins. */
  int from() {
    return from;
  }

  /** Where its value ends. */
  int to() {
    return to;
  }

  /** Where the first value of a list ends: at a comma outside quotes, or where the field does. */
  int firstTo() {
    boolean quoted = false;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '"') {
        quoted = !quoted;
      } else if (quoted && b == '\\') {
        i++;
      } else if (b == ',' && !quoted) {
        return trimEnd(from, i);
      }
    }
    return to;
  }

  private int trimEnd(int start, int end) {
    int i = end;
    while (i > start && isSpaceOrBreak(i - 1)) {
      i--;
    }
    return i;
  }

  private int afterLine(int start) {
    int i = start;
    while (i < bytes.length && bytes[i] != '\n') {
      i++;
    }
    return Math.min(i + 1, bytes.length);
  }

  private boolean isSpace(int i) {
    return bytes[i] == ' ' || bytes[i] == '\t';
  }

  private boolean isSpaceOrBreak(int i) {
    return isSpace(i) || bytes[i] == '\r' || bytes[i] == '\n';
  }
}
