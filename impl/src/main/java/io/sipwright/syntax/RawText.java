package io.sipwright.syntax;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at slices of header fields without making objects of them. */
public final class RawText {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EIGHT_SPACES = 0x2020202020202020L;
  private static final long EIGHT_COMMAS = 0x2c2c2c2c2c2c2c2cL;
  private static final long EIGHT_ONES = 0x0101010101010101L;
  private static final long EIGHT_HIGH_BITS = 0x8080808080808080L;

  private RawText() {}

  /** The next byte below SP (CR, LF, HTAB or another control character), or the end. */
  public static int nextControl(byte[] b, int from, int to) {
    int p = from;
    for (; p + 8 <= to; p += 8) {
      long eight = (long) LONGS.get(b, p);
      long below = (eight - EIGHT_SPACES) & ~eight & EIGHT_HIGH_BITS;
      if (below != 0) {
        return p + (Long.numberOfTrailingZeros(below) >>> 3);
      }
    }
    while (p < to && (b[p] >= ' ' || b[p] < 0)) {
      p++;
    }
    return p;
  }

  /** How many commas there are, or a few more. */
  public static int commas(byte[] b, int from, int to) {
    int n = 0;
    int p = from;
    for (; p + 8 <= to; p += 8) {
      long eight = (long) LONGS.get(b, p) ^ EIGHT_COMMAS;
      n += Long.bitCount((eight - EIGHT_ONES) & ~eight & EIGHT_HIGH_BITS);
    }
    for (; p < to; p++) {
      n += b[p] == ',' ? 1 : 0;
    }
    return n;
  }

  /** Whether it's SP, HTAB, CR or LF. */
  public static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  /** Skips linear white space, folds included. */
  public static int skipBlanks(byte[] b, int from, int to) {
    int p = from;
    while (p < to && isBlank(b[p])) {
      p++;
    }
    return p;
  }

  /** The end without the white space before it. */
  public static int trimEnd(byte[] b, int from, int to) {
    int p = to;
    while (p > from && isBlank(b[p - 1])) {
      p--;
    }
    return p;
  }

  /** The end of a run of token characters. */
  public static int tokenEnd(byte[] b, int from, int to) {
    int p = from;
    while (p < to && Chars.is(b[p], Chars.TOKEN)) {
      p++;
    }
    return p;
  }

  /** Whether a slice is a text, ASCII case apart. */
  public static boolean sameIgnoringCase(byte[] b, int from, int to, String text) {
    if (text.length() != to - from) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Chars.lower(b[from + i]) != Chars.lower(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a slice is a text of ASCII characters. */
  public static boolean same(byte[] b, int from, int to, String text) {
    if (text.length() != to - from) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (b[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Skips white space and commas: what stands before the first and between two list elements. */
  public static int skipEmptyElements(byte[] b, int from, int to) {
    int p = from;
    while (p < to && (isBlank(b[p]) || b[p] == ',')) {
      p++;
    }
    return p;
  }

  /** As {@link #skipEmptyElements}, but not beyond the end of the line, folds included. */
  public static int separatorsEnd(byte[] b, int from, int to) {
    int p = from;
    while (p < to && (isBlank(b[p]) || b[p] == ',')) {
      int next = lineEnd(b, p, to);
      if (next > p && (next == to || (b[next] != ' ' && b[next] != '\t'))) {
        return p;
      }
      p = Math.max(next, p + 1);
    }
    return p;
  }

  /** Whether there's nothing but white space and commas. */
  public static boolean isSeparator(byte[] b, int from, int to) {
    return skipEmptyElements(b, from, to) == to;
  }

  /**
   * Where a list element ends: at the next comma that's not inside quotes or angle brackets, or at
   * the end. A quote or bracket that's never closed takes the rest.
   *
   * @param quotes whether quotes and brackets mean anything in this header
   */
  public static int elementEnd(byte[] b, int from, int to, boolean quotes) {
    for (int p = from; p < to; p++) {
      byte c = b[p];
      if (c == ',') {
        return p;
      }
      if (c == '"' && quotes) {
        p = closingQuote(b, p + 1, to);
      } else if (c == '<' && quotes) {
        p = closingBracket(b, p + 1, to);
      }
    }
    return to;
  }

  private static int closingQuote(byte[] b, int from, int to) {
    int p = from;
    while (p < to && b[p] != '"') {
      p += b[p] == '\\' ? 2 : 1;
    }
    return p;
  }

  /** A quote within them counts. */
  private static int closingBracket(byte[] b, int from, int to) {
    int p = from;
    while (p < to && b[p] != '>') {
      p = b[p] == '"' ? closingQuote(b, p + 1, to) + 1 : p + 1;
    }
    return p;
  }

  /**
   * Where the value of a line starts, or its first value in a list: behind the colon and the white
   * space after it, but not behind {@code limit}.
   */
  public static int firstValue(byte[] b, int line, int limit, boolean junk) {
    if (junk) {
      return line;
    }
    int p = line;
    while (p < limit && b[p] != ':') {
      p++;
    }
    return Math.min(limit, skipBlanks(b, Math.min(limit, p + 1), limit));
  }

  /** The text of one value with the name and colon of its line before it. */
  public static String field(byte[] b, int line, int value, int end, boolean junk) {
    int name = firstValue(b, line, value, junk);
    if (name == value) {
      return Utf8.text(b, line, end);
    }
    ByteSink text = new ByteSink(name - line + end - value);
    return text.put(b, line, name).put(b, value, end).toString();
  }

  /** Behind the line end that stands at a place; the place itself if there's none. */
  public static int lineEnd(byte[] b, int at, int to) {
    if (at < to && b[at] == '\n') {
      return at + 1;
    }
    return at + 1 < to && b[at] == '\r' && b[at + 1] == '\n' ? at + 2 : at;
  }

  /** The bytes of header lines, with a blank line behind them if there's none in them. */
  public static byte[] withBlankLine(byte[] b) {
    boolean lineEnded = true;
    for (int p = 0; p < b.length; p++) {
      if (b[p] == '\n') {
        if (lineEnded) {
          return b.clone();
        }
        lineEnded = true;
      } else if (b[p] != '\r') {
        lineEnded = false;
      }
    }
    ByteSink out = new ByteSink(b.length + 4);
    out.put(b, 0, b.length);
    if (!lineEnded) {
      out.crlf();
    }
    return out.crlf().toBytes();
  }

  /** Whether the line at a place is blank, or begins with a name and a colon. */
  public static boolean isHeaderOrBlank(byte[] b, int at, int to) {
    if (lineEnd(b, at, to) > at) {
      return true;
    }
    int p = tokenEnd(b, at, to);
    boolean named = p > at;
    while (p < to && (b[p] == ' ' || b[p] == '\t')) {
      p++;
    }
    return named && p < to && b[p] == ':';
  }
}
