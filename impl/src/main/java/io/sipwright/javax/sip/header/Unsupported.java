package io.sipwright.javax.sip.header;

import javax.sip.header.UnsupportedHeader;

/** {@code Unsupported = "Unsupported" HCOLON option-tag *(COMMA option-tag)} (RFC 3261 §20.40). */
public class Unsupported extends OptionTagHeader implements UnsupportedHeader {
  private static final long serialVersionUID = 1L;

  /** Without option tag yet. */
  public Unsupported() {
    super(UnsupportedHeader.NAME, false);
  }
}
