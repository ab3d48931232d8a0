package io.sipwright.javax.sip.header;

import io.sipwright.header.PPreferredServiceHeader;

/**
 * {@code PPreferredService = "P-Preferred-Service" HCOLON Service-ID *(COMMA Service-ID)} (RFC 6050
 * §4.2).
 */
public class PPreferredService extends ServiceIdHeader
    implements PPreferredServiceHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without service yet. */
  public PPreferredService() {
    super(NAME);
  }
}
