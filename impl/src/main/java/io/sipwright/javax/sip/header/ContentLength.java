package io.sipwright.javax.sip.header;

import javax.sip.InvalidArgumentException;
import javax.sip.header.ContentLengthHeader;

/**
 * {@code Content-Length = ( "Content-Length" / "l" ) HCOLON 1*DIGIT} (RFC 3261 §20.14): bytes of
 * the body, below 2**31.
 */
public class ContentLength extends NumberHeader implements ContentLengthHeader {
  private static final long serialVersionUID = 1L;

  /** With the value 0. */
  public ContentLength() {
    super(NAME, Integer.MAX_VALUE);
  }

  @Override
  public int getContentLength() {
    return (int) number();
  }

  @Override
  public void setContentLength(int contentLength) throws InvalidArgumentException {
    number(contentLength);
  }
}
