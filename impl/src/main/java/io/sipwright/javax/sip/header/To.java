package io.sipwright.javax.sip.header;

import javax.sip.header.ToHeader;

/**
 * {@code To = ( "To" / "t" ) HCOLON ( name-addr / addr-spec ) *( SEMI to-param )} with {@code
 * to-param = tag-param / generic-param} (RFC 3261 §20.39).
 */
public class To extends TaggedHeader implements ToHeader {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public To() {
    super(NAME);
  }
}
