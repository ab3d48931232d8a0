package io.sipwright.javax.sip.header;

import javax.sip.header.ReferToHeader;

/**
 * {@code Refer-To = ("Refer-To" / "r") HCOLON ( name-addr / addr-spec ) *( SEMI generic-param )}
 * (RFC 3515 §2.1).
 */
public class ReferTo extends AddressHeader implements ReferToHeader {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public ReferTo() {
    super(NAME);
  }
}
