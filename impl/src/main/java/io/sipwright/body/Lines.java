package io.sipwright.body;

/** Lines of bytes, which end in CRLF or a lone LF. */
final class Lines {
  private Lines() {}

  /** Where the line behind the one at a place starts, or the end. */
  static int next(byte[] b, int at, int to) {
    int p = at;
    while (p < to && b[p] != '\n') {
      p++;
    }
    return Math.min(to, p + 1);
  }

  /** Where the text before a place ends if the line end before it doesn't count. */
  static int withoutLineEnd(byte[] b, int from, int at) {
    if (at > from && b[at - 1] == '\n') {
      return at - 1 > from && b[at - 2] == '\r' ? at - 2 : at - 1;
    }
    return at;
  }

  /** Whether the line that starts at a place has nothing but its end. */
  static boolean isBlank(byte[] b, int at, int to) {
    return at < to && (b[at] == '\n' || (b[at] == '\r' && at + 1 < to && b[at + 1] == '\n'));
  }

  /** Whether the line before a place ends in LF without CR. */
  static boolean endsInLoneLf(byte[] b, int from, int at) {
    return at > from && b[at - 1] == '\n' && (at - 1 == from || b[at - 2] != '\r');
  }
}
