package io.sipwright.syntax;

/**
 * Recognises SIP URIs and addresses in their usual form (RFC 3261 §19.1, §20.10). What isn't taken
 * here may still be right: URIs of other schemes, escapes, embedded headers, odd white space.
 */
public final class UriText {
  private UriText() {}

  /** The end of a host, or the place itself if there's none. */
  public static int hostEnd(byte[] b, int from, int to) {
    int p = from;
    if (p < to && b[p] == '[') {
      p++;
      while (p < to && (Chars.is(b[p], Chars.HEX) || b[p] == ':' || b[p] == '.')) {
        p++;
      }
      return p < to && b[p] == ']' && p - from >= 3 ? p + 1 : from;
    }
    while (p < to && Chars.is(b[p], Chars.HOST)) {
      p++;
    }
    return p;
  }

  /** The end of a run of digits. */
  public static int digitsEnd(byte[] b, int from, int to) {
    int p = from;
    while (p < to && b[p] >= '0' && b[p] <= '9') {
      p++;
    }
    return p;
  }

  /**
   * The end of a SIP or SIPS URI without escapes and headers, or zeros before its port, or -1 if it
   * has another form.
   *
   * @param bare it stands without angle brackets and ends at {@code ; , ?} (RFC 3261 §20)
   */
  public static int uriEnd(byte[] b, int from, int to, boolean bare) {
    int p = schemeEnd(b, from, to);
    if (p < 0) {
      return -1;
    }
    int host = p;
    while (p < to
        && (Chars.is(b[p], Chars.USER) || b[p] == ':')
        && !(bare && (b[p] == ';' || b[p] == ',' || b[p] == '?'))) {
      p++;
    }
    if (p < to && b[p] == '@') {
      if (!isUserinfo(b, host, p)) {
        return -1;
      }
      host = p + 1;
    }
    p = hostEnd(b, host, to);
    if (p == host) {
      return -1;
    }
    if (p < to && b[p] == ':') {
      int digits = p + 1;
      p = digitsEnd(b, digits, to);
      if (p == digits
          || b[digits] == '0'
          || (p - digits > 4 && !(p - digits == 5 && b[digits] < '6'))) {
        return -1;
      }
    }
    return bare ? p : parametersEnd(b, p, to);
  }

  /** The end of {@code *( ";" pname [ "=" pvalue ] )} without escapes; -1 if one has no name. */
  private static int parametersEnd(byte[] b, int from, int to) {
    int p = from;
    while (p < to && b[p] == ';') {
      p++;
      if (p == to || !Chars.is(b[p], Chars.URI_PARAM)) {
        return -1;
      }
      while (p < to && (Chars.is(b[p], Chars.URI_PARAM) || b[p] == '=')) {
        p++;
      }
    }
    return p;
  }

  private static int schemeEnd(byte[] b, int from, int to) {
    if (to - from < 6 || b[from] != 's' || b[from + 1] != 'i' || b[from + 2] != 'p') {
      return -1;
    }
    if (b[from + 3] == ':') {
      return from + 4;
    }
    return b[from + 3] == 's' && b[from + 4] == ':' ? from + 5 : -1;
  }

  /** {@code user [ ":" password ]} without escapes. */
  private static boolean isUserinfo(byte[] b, int from, int to) {
    int p = from;
    while (p < to && Chars.is(b[p], Chars.USER)) {
      p++;
    }
    if (p == from) {
      return false;
    }
    if (p < to) { // the colon
      p++;
      while (p < to && Chars.is(b[p], Chars.PASSWORD)) {
        p++;
      }
    }
    return p == to;
  }

  /**
   * The end of a {@code name-addr / addr-spec}, where the header's parameters start, or -1 if it
   * has another form.
   */
  public static int addressEnd(byte[] b, int from, int to) {
    int p = from;
    if (p < to && b[p] == '"') {
      p = quotedEnd(b, p, to);
      if (p < 0) {
        return -1;
      }
      p = RawText.skipBlanks(b, p, to);
      if (p == to || b[p] != '<') {
        return -1;
      }
    } else {
      while (p < to && (Chars.is(b[p], Chars.TOKEN) || b[p] == ' ')) {
        p++;
      }
      if (p < to && b[p] != '<') {
        return uriEnd(b, from, to, true);
      }
    }
    p = p == to ? -1 : uriEnd(b, p + 1, to, false);
    return p >= 0 && p < to && b[p] == '>' ? p + 1 : -1;
  }

  /**
   * Where white space stands next to the angle brackets of a {@code name-addr}, inside them, or -1.
   * Readers may look over it (RFC 4475 §3.1.2.14); nobody may pass it on.
   */
  public static int blankInBrackets(byte[] b, int from, int to) {
    int p = RawText.skipBlanks(b, from, to);
    p = p < to && b[p] == '"' ? quotedEnd(b, p, to) : p;
    while (p >= 0 && p < to && b[p] != '<') {
      p++;
    }
    if (p < 0 || p + 1 >= to || RawText.isBlank(b[p + 1])) {
      return p < 0 || p + 1 >= to ? -1 : p + 1;
    }
    while (p < to && b[p] != '>') {
      p++;
    }
    return p < to && RawText.isBlank(b[p - 1]) ? p - 1 : -1;
  }

  /** Behind the closing quote; -1 if there's none, or control characters before it. */
  private static int quotedEnd(byte[] b, int from, int to) {
    int p = from + 1;
    while (p < to && b[p] != '"') {
      if ((b[p] >= 0 && b[p] < ' ') || b[p] == 0x7f) {
        return -1;
      }
      if (b[p] == '\\') {
        p++;
        if (p < to && b[p] >= 0 && b[p] < ' ') {
          return -1;
        }
      }
      p++;
    }
    return p < to ? p + 1 : -1;
  }
}
