package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import javax.sip.header.InReplyToHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code In-Reply-To = "In-Reply-To" HCOLON callid *(COMMA callid)} (RFC 3261 §20.21); compared
 * byte by byte.
 */
public class InReplyTo extends SipHeader implements InReplyToHeader {
  private static final long serialVersionUID = 1L;

  private String callId = "";

  /** With an empty Call-ID, to be set. */
  public InReplyTo() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    callId = CallId.read(in);
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
    this.callId = CallId.check(callId);
  }

  /** Equal byte by byte. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof InReplyToHeader that && callId.equals(that.getCallId());
  }

  @Override
  public int hashCode() {
    return callId.hashCode();
  }
}
