package io.sipwright.javax.sip.header;

import io.sipwright.header.PAssertedIdentityHeader;

/**
 * {@code PAssertedID = "P-Asserted-Identity" HCOLON PAssertedID-value *(COMMA PAssertedID-value)}
 * with {@code PAssertedID-value = name-addr / addr-spec} (RFC 3325 §9.1).
 *
 * <p>Parameters behind the address aren't in the grammar; networks send some, so they are kept.
 */
public class PAssertedIdentity extends IdentityValueHeader
    implements PAssertedIdentityHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public PAssertedIdentity() {
    super(NAME);
  }
}
