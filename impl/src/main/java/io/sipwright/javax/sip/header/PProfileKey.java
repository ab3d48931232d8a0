package io.sipwright.javax.sip.header;

import io.sipwright.header.PProfileKeyHeader;

/**
 * {@code P-Profile-Key = "P-Profile-Key" HCOLON (name-addr / addr-spec) *( SEMI generic-param )}
 * (RFC 5002 §5).
 */
public class PProfileKey extends AddressHeader implements PProfileKeyHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public PProfileKey() {
    super(NAME);
  }
}
