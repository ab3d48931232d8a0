package io.sipwright.javax.sip.header;

import io.sipwright.header.SecurityClientHeader;

/**
 * {@code security-client = "Security-Client" HCOLON sec-mechanism *(COMMA sec-mechanism)} (RFC 3329
 * §2.2).
 */
public class SecurityClient extends SecurityHeader implements SecurityClientHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without mechanism yet. */
  public SecurityClient() {
    super(NAME);
  }
}
