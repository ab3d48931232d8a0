package io.sipwright.javax.sip.header;

import javax.sip.header.SupportedHeader;

/**
 * {@code Supported = ( "Supported" / "k" ) HCOLON [option-tag *(COMMA option-tag)]} (RFC 3261
 * §20.37).
 */
public class Supported extends OptionTagHeader implements SupportedHeader {
  private static final long serialVersionUID = 1L;

  /** Without option tag yet. */
  public Supported() {
    super(SupportedHeader.NAME, true);
  }
}
