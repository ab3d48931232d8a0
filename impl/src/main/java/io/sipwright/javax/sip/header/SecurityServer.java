package io.sipwright.javax.sip.header;

import io.sipwright.header.SecurityServerHeader;

/**
 * {@code security-server = "Security-Server" HCOLON sec-mechanism *(COMMA sec-mechanism)} (RFC 3329
 * §2.2).
 */
public class SecurityServer extends SecurityHeader implements SecurityServerHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without mechanism yet. */
  public SecurityServer() {
    super(NAME);
  }
}
