package io.sipwright.syntax;

/**
 * {@code *( SEMI generic-param )} as text without white space, each name once, quotes only as
 * {@link ByteSink#putQuoted} writes them: how {@link Parameters} keeps them.
 */
final class ParametersText {
  private ParametersText() {}

  /**
   * The end of parameters off the wire that stand as this keeps them; -1 if they stand otherwise,
   * or are too many.
   */
  static int usualEnd(byte[] b, int from, int to, int max) {
    long seen = 0;
    boolean unsure = false;
    int n = 0;
    int p = from;
    while (p < to && b[p] == ';') {
      int name = p + 1;
      int nameTo = RawText.tokenEnd(b, name, to);
      if (nameTo == name || ++n > max) {
        return -1;
      }
      long bit = 1L << ((b[name] | 0x20) + (b[nameTo - 1] | 0x20) * 5 + (nameTo - name) * 11);
      unsure |= (seen & bit) != 0; // two names may be the same
      seen |= bit;
      p = nameTo;
      if (p < to && b[p] == '=') {
        p = usualValueEnd(b, p + 1, to);
        if (p < 0) {
          return -1;
        }
      }
    }
    int next = RawText.skipBlanks(b, p, to);
    boolean more = next < to && (b[next] == ';' || b[next] == '=');
    return more || (unsure && !areDistinct(b, from, p)) ? -1 : p;
  }

  private static int usualValueEnd(byte[] b, int from, int to) {
    int p = from;
    if (p < to && b[p] == '"') {
      p++;
      while (p < to && b[p] >= ' ' && b[p] < 0x7f && b[p] != '"' && b[p] != '\\') {
        p++;
      }
      return p < to && b[p] == '"' ? p + 1 : -1;
    }
    while (p < to && isBareValue(b[p])) {
      p++;
    }
    return p == from ? -1 : p;
  }

  private static boolean areDistinct(byte[] b, int from, int to) {
    NameSet names = new NameSet();
    for (int p = from; p < to; p = valueEnd(b, nameEnd(b, p), to)) {
      if (!names.add(b, p + 1, nameEnd(b, p))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Token and host characters, and {@code /} as in {@code +sip.instance} look-alikes that deployed
   * gear leaves bare.
   */
  static boolean isBareValue(int c) {
    return Chars.is(c, Chars.TOKEN)
        || c == '['
        || c == ']'
        || c == ':'
        || c == '/'
        || c == '@'
        || c == '$'
        || c == '&';
  }

  // --- what's kept ---

  /** The end of the name of the parameter whose semicolon stands at a place. */
  static int nameEnd(byte[] text, int at) {
    return RawText.tokenEnd(text, at + 1, text.length);
  }

  /** The end of the parameter whose name ends at a place: of the value, if it has one. */
  static int valueEnd(byte[] text, int nameTo, int to) {
    int p = nameTo;
    if (p + 1 < to && text[p] == '=' && text[p + 1] == '"') {
      p += 2;
      while (text[p] != '"') {
        p += text[p] == '\\' ? 2 : 1;
      }
      return p + 1;
    }
    while (p < to && text[p] != ';') {
      p++;
    }
    return p;
  }

  /** The place of the semicolon of a name, or -1. */
  static int find(byte[] text, String name) {
    for (int at = 0; at < text.length; ) {
      int nameTo = nameEnd(text, at);
      if (RawText.sameIgnoringCase(text, at + 1, nameTo, name)) {
        return at;
      }
      at = valueEnd(text, nameTo, text.length);
    }
    return -1;
  }

  /** The end of the parameter whose semicolon stands at a place. */
  static int end(byte[] text, int at) {
    return valueEnd(text, nameEnd(text, at), text.length);
  }

  /** Whether the value of the parameter whose name ends at a place stands between quotes. */
  static boolean isQuoted(byte[] text, int nameTo) {
    return nameTo + 1 < text.length && text[nameTo] == '=' && text[nameTo + 1] == '"';
  }

  /** The value of the parameter whose name ends at a place; {@code ""} if it has none. */
  static String value(byte[] text, int nameTo) {
    int to = valueEnd(text, nameTo, text.length);
    if (to == nameTo) {
      return "";
    }
    if (!isQuoted(text, nameTo)) {
      return Scanner.text(text, nameTo + 1, to);
    }
    for (int p = nameTo + 2; p < to; p++) {
      if (text[p] == '\\') {
        return Scanner.unquote(Utf8.text(text, nameTo + 2, to - 1));
      }
    }
    return Scanner.text(text, nameTo + 2, to - 1);
  }
}
