package io.sipwright.javax.sip.header;

import javax.sip.header.ReplyToHeader;

/**
 * {@code Reply-To = "Reply-To" HCOLON ( name-addr / addr-spec ) *( SEMI generic-param )} (RFC 3261
 * §20.31).
 */
public class ReplyTo extends AddressHeader implements ReplyToHeader {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public ReplyTo() {
    super(NAME);
  }
}
