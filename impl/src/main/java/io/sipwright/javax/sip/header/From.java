package io.sipwright.javax.sip.header;

import javax.sip.header.FromHeader;

/**
 * {@code From = ( "From" / "f" ) HCOLON ( name-addr / addr-spec ) *( SEMI from-param )} with {@code
 * from-param = tag-param / generic-param} (RFC 3261 §20.20).
 */
public class From extends TaggedHeader implements FromHeader {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public From() {
    super(NAME);
  }
}
