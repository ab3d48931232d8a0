package io.sipwright.javax.sip.header;

import io.sipwright.header.PermissionMissingHeader;

/**
 * {@code Permission-Missing = "Permission-Missing" HCOLON per-miss-spec *( COMMA per-miss-spec )}
 * with {@code per-miss-spec = ( name-addr / addr-spec ) *( SEMI generic-param )} (RFC 5360 §5.9.3).
 */
public class PermissionMissing extends AddressHeader
    implements PermissionMissingHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public PermissionMissing() {
    super(NAME);
  }
}
