package io.sipwright.javax.sip.header;

import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.header.AcceptHeader;

/**
 * {@code Accept = "Accept" HCOLON [ accept-range *(COMMA accept-range) ]} (RFC 3261 §20.1).
 *
 * <pre>
 * accept-range = media-range *(SEMI accept-param)
 * media-range  = ( "*&#47;*" / ( m-type SLASH "*" ) / ( m-type SLASH m-subtype ) )
 *                *( SEMI m-parameter )
 * accept-param = ("q" EQUAL qvalue) / generic-param
 * </pre>
 *
 * <p>An empty header means that no formats are acceptable; its type and subtype are {@code ""}.
 */
public class Accept extends MediaTypeHeader implements AcceptHeader {
  private static final long serialVersionUID = 1L;

  /** Empty: no formats are acceptable. */
  public Accept() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    if (!in.atEnd()) {
      super.parseValue(in, model);
    }
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
  public boolean allowsAllContentTypes() {
    return getContentType().equals("*");
  }

  @Override
  public boolean allowsAllContentSubTypes() {
    return getContentSubType().equals("*");
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    if (name.equalsIgnoreCase("q")) {
      checkQ(value);
    }
  }
}
