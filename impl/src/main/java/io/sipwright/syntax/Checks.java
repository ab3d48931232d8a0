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
   * Gives back a text that may hold anything but CR, LF and NUL; may be empty.
   *
   * @param what names it in the error
   * @throws SyntaxException with the offset of such a character
   */
  public static String text(String text, String what) throws SyntaxException {
    Objects.requireNonNull(text, what);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' || c == '\n' || c == 0) {
        throw new SyntaxException(what + " '" + visible(text) + "' holds CR, LF or NUL", i);
      }
    }
    return text;
  }

  /**
   * Gives back a {@code host = hostname / IPv4address / IPv6reference} (RFC 3261 §25.1).
   *
   * @param what names it in the error
   * @throws SyntaxException if it's none
   */
  public static String host(String text, String what) throws SyntaxException {
    Objects.requireNonNull(text, what);
    Scanner in = new Scanner(text);
    try {
      in.host();
    } catch (SyntaxException e) {
      throw new SyntaxException(
          what + " '" + visible(text) + "' is not a host", e.getErrorOffset());
    }
    if (!in.atEnd()) {
      throw new SyntaxException(what + " '" + visible(text) + "' is not a host", in.position());
    }
    return text;
  }

  /** The text for an error message or a log: CR, LF and NUL shown as {@code \r \n \0}. */
  public static String visible(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
  }
}
