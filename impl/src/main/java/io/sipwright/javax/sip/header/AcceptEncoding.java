package io.sipwright.javax.sip.header;

import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.header.AcceptEncodingHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Accept-Encoding = "Accept-Encoding" HCOLON [ encoding *(COMMA encoding) ]} (RFC 3261
 * §20.2).
 *
 * <pre>
 * encoding       = codings *(SEMI accept-param)
 * codings        = content-coding / "*"
 * content-coding = token
 * </pre>
 *
 * <p>An empty header is the same as {@code identity}: no encoding.
 */
public class AcceptEncoding extends TokenParametersHeader implements AcceptEncodingHeader {
  private static final long serialVersionUID = 1L;

  /** Empty: no encoding is acceptable. */
  public AcceptEncoding() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    if (!in.atEnd()) {
      super.parseValue(in, model);
    }
  }

  /** The encoding, or {@code *}; null if the header is empty. */
  @Override
  public @Nullable String getEncoding() {
    return token().isEmpty() ? null : token();
  }

  /**
   * Sets the encoding.
   *
   * @throws ParseException if it's no token
   */
  @Override
  public void setEncoding(String encoding) throws ParseException {
    token(encoding, "encoding");
  }

  /** The preference, 0 to 1, or -1 where it's absent or no such number. */
  @Override
  public float getQValue() {
    return qParameter();
  }

  /**
   * Sets the preference; it's written with at most three decimals.
   *
   * @param qValue 0 to 1, or -1 to take it away
   * @throws InvalidArgumentException if it's anything else
   */
  @Override
  public void setQValue(float qValue) throws InvalidArgumentException {
    setQParameter(qValue);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    if (name.equalsIgnoreCase("q")) {
      checkQ(value);
    }
  }
}
