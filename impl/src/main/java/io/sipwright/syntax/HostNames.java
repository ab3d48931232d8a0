package io.sipwright.syntax;

/** {@code hostname / IPv4address} (RFC 3261 §25.1) to the letter. */
final class HostNames {
  private static final int IPV4_PARTS = 4;
  private static final int IPV4_DIGITS = 3;

  private HostNames() {}

  /**
   * Where a text stops to be one, or -1.
   *
   * <pre>
   * hostname    = *( domainlabel "." ) toplabel [ "." ]
   * domainlabel = alphanum / alphanum *( alphanum / "-" ) alphanum
   * toplabel    = ALPHA / ALPHA *( alphanum / "-" ) alphanum
   * IPv4address = 1*3DIGIT "." 1*3DIGIT "." 1*3DIGIT "." 1*3DIGIT
   * </pre>
   *
   * <p>A {@code _} counts as a letter here: it's complained of apart.
   *
   * @param text made of {@link Chars#HOST}
   */
  static int firstError(String text) {
    int last = 0;
    int labels = 0;
    boolean numbers = true; // each label is 1*3DIGIT
    for (int from = 0; from < text.length(); ) {
      int dot = text.indexOf('.', from);
      int to = dot < 0 ? text.length() : dot;
      if (to == from || text.charAt(from) == '-') {
        return from;
      }
      if (text.charAt(to - 1) == '-') {
        return to - 1;
      }
      numbers &= to - from <= IPV4_DIGITS;
      for (int i = from; i < to; i++) {
        numbers &= Chars.is(text.charAt(i), Chars.DIGIT);
      }
      labels++;
      last = from;
      from = to + 1;
    }
    boolean ipv4 = numbers && labels == IPV4_PARTS && !text.endsWith(".");
    return ipv4 || !Chars.is(text.charAt(last), Chars.DIGIT) ? -1 : last;
  }
}
