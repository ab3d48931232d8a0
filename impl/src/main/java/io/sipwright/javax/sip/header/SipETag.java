package io.sipwright.javax.sip.header;

import java.text.ParseException;
import javax.sip.header.SIPETagHeader;

/**
 * {@code SIP-ETag = "SIP-ETag" HCOLON entity-tag} with {@code entity-tag = token} (RFC 3903
 * §11.3.1).
 */
public class SipETag extends TokenHeader implements SIPETagHeader {
  private static final long serialVersionUID = 1L;

  /** Without value yet. */
  public SipETag() {
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
