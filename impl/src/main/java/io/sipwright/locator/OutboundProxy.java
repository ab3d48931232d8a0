package io.sipwright.locator;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;

/**
 * Reads {@code javax.sip.OUTBOUND_PROXY}: {@code host [ ":" port ] [ "/" transport ]}, without
 * transport UDP, without port the transport's default.
 */
public final class OutboundProxy {
  private OutboundProxy() {}

  /**
   * The target that a text names; white space at its ends doesn't count.
   *
   * @throws IllegalArgumentException if it isn't of that form; the message says what would be right
   */
  public static Target parse(String text) {
    return destination(text).target();
  }

  /**
   * As {@link #parse}, with port and transport left open where the text doesn't name them: they are
   * for the DNS to say then (RFC 3263 §4.1).
   */
  public static Destination destination(String text) {
    Scanner in = new Scanner(text);
    try {
      in.sws();
      String host = in.host();
      int port = in.accept(':') ? in.port() : -1;
      String transport = in.accept('/') ? Chars.lower(in.token()) : null;
      in.expectEnd();
      if (port == 0) {
        throw in.error("port 0");
      }
      return new Destination(host, port, transport, false);
    } catch (SyntaxException e) {
      throw new IllegalArgumentException(
          "outbound proxy '"
              + Checks.visible(text)
              + "': should be host:port/transport, as in 192.0.2.1:5060/udp or [2001:db8::1]:5060/tcp ("
              + e.getMessage()
              + ")",
          e);
    }
  }
}
