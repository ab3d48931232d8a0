package io.sipwright.javax.sip.header;

import io.sipwright.syntax.Chars;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.InvalidArgumentException;
import javax.sip.header.ReasonHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Reason = "Reason" HCOLON reason-value *(COMMA reason-value)} (RFC 3326 §2).
 *
 * <pre>
 * reason-value     = protocol *(SEMI reason-params)
 * protocol         = "SIP" / "Q.850" / token
 * reason-params    = protocol-cause / reason-text / reason-extension
 * protocol-cause   = "cause" EQUAL cause
 * cause            = 1*DIGIT
 * reason-text      = "text" EQUAL quoted-string
 * reason-extension = generic-param
 * </pre>
 */
public class Reason extends TokenParametersHeader implements ReasonHeader {
  private static final long serialVersionUID = 1L;

  /** Without protocol yet. */
  public Reason() {
    super(NAME);
  }

  @Override
  public String getProtocol() {
    return token();
  }

  /**
   * Sets the protocol, such as {@code SIP} or {@code Q.850}.
   *
   * @throws ParseException if it's no token
   */
  @Override
  public void setProtocol(String protocol) throws ParseException {
    token(protocol, "protocol of Reason");
  }

  /** The cause; -1 if there's none, or none that is a number below 2**31. */
  @Override
  public int getCause() {
    return (int) numberParameter("cause", Integer.MAX_VALUE);
  }

  /**
   * Sets the cause.
   *
   * @throws InvalidArgumentException if it's below 0
   */
  @Override
  public void setCause(int cause) throws InvalidArgumentException {
    setNumberParameter("cause", cause, 0, Integer.MAX_VALUE);
  }

  /** The text, without quotes; null if there's none. */
  @Override
  public @Nullable String getText() {
    return parameters.get("text");
  }

  /**
   * Sets the text.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  @Override
  public void setText(String text) throws ParseException {
    parameters.setQuoted("text", Objects.requireNonNull(text, "text of Reason"));
  }

  @Override
  public void setParameter(String name, @Nullable String value) throws ParseException {
    if (name.equalsIgnoreCase("text")) {
      setText(value == null ? "" : value);
    } else {
      super.setParameter(name, value);
    }
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    if (Chars.lower(name).equals("cause")) {
      checkNumber(name, value, Integer.MAX_VALUE);
    }
  }
}
