package io.sipwright.javax.sip.header;

import io.sipwright.header.RejectContactHeader;

/**
 * {@code Reject-Contact = ("Reject-Contact" / "j") HCOLON rc-value *(COMMA rc-value)} with {@code
 * rc-value = "*" *(SEMI rc-params)} and {@code rc-params = feature-param / generic-param} (RFC 3841
 * §10).
 */
public class RejectContact extends FeaturesHeader implements RejectContactHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without parameters yet. */
  public RejectContact() {
    super(NAME);
  }
}
