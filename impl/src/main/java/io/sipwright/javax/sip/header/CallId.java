package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.header.CallIdHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Call-ID = ( "Call-ID" / "i" ) HCOLON callid} with {@code callid = word [ "@" word ]} (RFC
 * 3261 §20.8); compared byte by byte.
 *
 * <p>Further {@code @} are taken wherever they stand: deployed equipment sends them, and a Call-ID
 * is only ever compared.
 */
public class CallId extends SipHeader implements CallIdHeader {
  private static final long serialVersionUID = 1L;

  private String callId = "";

  /** With an empty Call-ID, to be set. */
  public CallId() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    callId = read(in);
  }

  /** Reads {@code callid}. */
  static String read(Scanner in) throws SyntaxException {
    int from = in.position();
    while (in.at(Chars.WORD) || in.peek() == '@') {
      in.next();
    }
    if (in.position() == from) {
      throw in.error("expected a Call-ID");
    }
    String callId = in.text(from, in.position());
    int at = callId.indexOf('@');
    int second = callId.indexOf('@', at + 1);
    if (at == 0 || at == callId.length() - 1 || second > at) {
      in.beyondGrammar("'@' where a Call-ID has none", from + Math.max(at, second));
    }
    return callId;
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(callId);
  }

  @Override
  public String getCallId() {
    return callId;
  }

  /**
   * Sets the Call-ID.
   *
   * @throws ParseException if it's empty or holds a character that no Call-ID may hold
   */
  @Override
  public void setCallId(String callId) throws ParseException {
    this.callId = check(callId);
  }

  /** Gives back a {@code callid}, and refuses what is none. */
  static String check(String callId) throws SyntaxException {
    Objects.requireNonNull(callId, "Call-ID");
    for (int i = 0; i < callId.length(); i++) {
      char c = callId.charAt(i);
      if (c != '@' && !Chars.is(c, Chars.WORD)) {
        throw new SyntaxException("character that no Call-ID may hold", i);
      }
    }
    if (callId.isEmpty()) {
      throw new SyntaxException("Call-ID is empty", 0);
    }
    return callId;
  }

  /** Equal byte by byte. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CallIdHeader that && callId.equals(that.getCallId());
  }

  @Override
  public int hashCode() {
    return callId.hashCode();
  }
}
