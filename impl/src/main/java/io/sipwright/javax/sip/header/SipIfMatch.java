package io.sipwright.javax.sip.header;

import java.text.ParseException;
import javax.sip.header.SIPIfMatchHeader;

/**
 * {@code SIP-If-Match = "SIP-If-Match" HCOLON entity-tag} with {@code entity-tag = token} (RFC 3903
 * §11.3.2).
 */
public class SipIfMatch extends TokenHeader implements SIPIfMatchHeader {
  private static final long serialVersionUID = 1L;

  /** Without value yet. */
  public SipIfMatch() {
    super(NAME, false);
  }

  @Override
  public String getETag() {
    return token();
  }

  /**
   * Sets the entity tag.
   *
   * @throws ParseException if it's no token
   */
  @Override
  public void setETag(String etag) throws ParseException {
    token(etag);
  }
}
