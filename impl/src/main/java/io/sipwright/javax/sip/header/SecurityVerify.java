package io.sipwright.javax.sip.header;

import io.sipwright.header.SecurityVerifyHeader;

/**
 * {@code security-verify = "Security-Verify" HCOLON sec-mechanism *(COMMA sec-mechanism)} (RFC 3329
 * §2.2).
 */
public class SecurityVerify extends SecurityHeader implements SecurityVerifyHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without mechanism yet. */
  public SecurityVerify() {
    super(NAME);
  }
}
