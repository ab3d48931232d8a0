package io.sipwright.javax.sip.header;

import io.sipwright.header.PPreferredIdentityHeader;

/**
 * {@code PPreferredID = "P-Preferred-Identity" HCOLON PPreferredID-value *(COMMA
 * PPreferredID-value)} with {@code PPreferredID-value = name-addr / addr-spec} (RFC 3325 §9.2).
 *
 * <p>Parameters behind the address aren't in the grammar; devices send some, so they are kept.
 */
public class PPreferredIdentity extends IdentityValueHeader
    implements PPreferredIdentityHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public PPreferredIdentity() {
    super(NAME);
  }
}
