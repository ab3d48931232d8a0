package io.sipwright.javax.sip.header;

import io.sipwright.header.PCalledPartyIdHeader;

/**
 * {@code P-Called-Party-ID = "P-Called-Party-ID" HCOLON called-pty-id-spec} with {@code
 * called-pty-id-spec = name-addr *(SEMI cpid-param)} (RFC 7315 §5.2). Read without angle brackets
 * too.
 */
public class PCalledPartyId extends AddressHeader implements PCalledPartyIdHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public PCalledPartyId() {
    super(NAME);
  }

  @Override
  boolean isNameAddr() {
    return true;
  }
}
