package io.sipwright.javax.sip.header;

import io.sipwright.header.PAssertedServiceHeader;

/**
 * {@code PAssertedService = "P-Asserted-Service" HCOLON Service-ID *(COMMA Service-ID)} (RFC 6050
 * §4.1).
 */
public class PAssertedService extends ServiceIdHeader
    implements PAssertedServiceHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without service yet. */
  public PAssertedService() {
    super(NAME);
  }
}
