package io.sipwright.syntax;

import java.util.Objects;

/**
 * What setters ask of the text they are given, so that nothing can be set that could not be read
 * back: no header injection, no broken token. Null is a {@link NullPointerException} everywhere.
 */
public final class Checks {
  private Checks() {}

  /**
   * Gives back a {@code token} (RFC 3261 §25.1).
   *
   * @param what names it in the error
   * @throws SyntaxException if it's empty or holds another character, with the offset of that
   */
  public static String token(String text, String what) throws SyntaxException {
    return all(text, Chars.TOKEN, what, "a token");
  }

  /**
   * Gives back a text of one or more characters of a class of {@link Chars}.
   *
   * @param what names it in the error
   * @param wanted names the class in the error
   * @throws SyntaxException if it's empty or holds another character, with the offset of that
   */
  public static String all(String text, int charClass, String what, String wanted)
      throws SyntaxException {
    Objects.requireNonNull(text, what);
    for (int i = 0; i < text.length(); i++) {
      if (!Chars.is(text.charAt(i), charClass)) {
        throw new SyntaxException(what + " '" + visible(text) + "' is not " + wanted, i);
      }
    }
    if (text.isEmpty()) {
      throw new SyntaxException(what + " is empty, expected " + wanted, 0);
    }
    return text;
  }

  /**
   * Gives back a text that may hold anything but CR, LF, NUL and halves of surrogate pairs, which
   * UTF-8 can't say; may be empty.
   *
   * @param what names it in the error
   * @throws SyntaxException with the offset of such a character
   */
  public static String text(String text, String what) throws SyntaxException {
    Objects.requireNonNull(text, what);
    int bad = Chars.firstUnsendable(text);
    if (bad >= 0) {
      throw new SyntaxException(
          what + " '" + visible(text) + "' holds CR, LF, NUL or half a surrogate pair", bad);
    }
    return text;
  }

  /**
   * Gives back a {@code host = hostname / IPv4address / IPv6reference} (RFC 3261 §25.1). An IPv6
   * address may lack its square brackets, and gets them; its zone ({@code fe80::1%eth0}) means
   * nothing to others and is dropped.
   *
   * @param what names it in the error
   * @throws SyntaxException if it's none, with the offset of what makes it none
   */
  public static String host(String text, String what) throws SyntaxException {
    Objects.requireNonNull(text, what);
    if (text.indexOf(':') < 0) {
      return all(text, Chars.HOST, what, "a host name or address");
    }
    int from = text.startsWith("[") ? 1 : 0;
    int to = text.endsWith("]") && from == 1 ? text.length() - 1 : text.length();
    int zone = text.indexOf('%');
    String address = text.substring(from, zone > from && zone < to ? zone : to);
    if (Ipv6.parse(address) == null
        || address.startsWith("[")
        || (from == 1 && to == text.length())) {
      throw new SyntaxException(what + " '" + visible(text) + "' is not a host without port", from);
    }
    return '[' + address + ']';
  }

  /** The text for an error message or a log: CR, LF and NUL shown as {@code \r \n \0}. */
  public static String visible(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
  }
}
