package io.sipwright.javax.sip.message;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.RawText;

/** Finds the parts of a Via value in its bytes (RFC 3261 §20.42). */
final class ViaText {
  private ViaText() {}

  /** Whether it starts with {@code SIP/2.0/}. */
  static boolean isSip2(byte[] b, int at) {
    return b[at] == 'S'
        && b[at + 1] == 'I'
        && b[at + 2] == 'P'
        && b[at + 3] == '/'
        && b[at + 4] == '2'
        && b[at + 5] == '.'
        && b[at + 6] == '0'
        && b[at + 7] == '/';
  }

  static boolean isBranch(byte[] b, int from, int to) {
    return to - from == 6
        && (b[from] | 0x20) == 'b'
        && RawText.sameIgnoringCase(b, from, to, "branch");
  }

  /** The end of a bare parameter value: token characters, and those of an IPv6 address. */
  static int valueEnd(byte[] b, int from, int to) {
    int p = from;
    while (p < to && (Chars.is(b[p], Chars.TOKEN) || b[p] == ':' || b[p] == '[' || b[p] == ']')) {
      p++;
    }
    return p;
  }

  /**
   * The parameter of a name in a Via value in its usual form.
   *
   * @return start and end of the name and what follows it, {@code =value} included, in one number;
   *     -1 if it isn't there
   */
  static long parameter(byte[] b, int from, int to, String name) {
    int p = from;
    while (p < to && b[p] != ';' && b[p] != ',') {
      p++;
    }
    while (p < to && b[p] == ';') {
      int start = p + 1;
      int nameTo = RawText.tokenEnd(b, start, to);
      p = nameTo;
      if (p < to && b[p] == '=') {
        p = valueEnd(b, p + 1, to);
      }
      if (RawText.sameIgnoringCase(b, start, nameTo, name)) {
        return (long) start << 32 | p;
      }
    }
    return -1;
  }

  /** Where the first value of a Via line in its usual form ends. */
  static int end(byte[] b, int from, int to) {
    int p = from;
    while (p < to && b[p] != ',') {
      p++;
    }
    return RawText.trimEnd(b, from, p);
  }
}
