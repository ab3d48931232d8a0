package io.sipwright.javax.sip.header;

import javax.sip.header.RequireHeader;

/** {@code Require = "Require" HCOLON option-tag *(COMMA option-tag)} (RFC 3261 §20.32). */
public class Require extends OptionTagHeader implements RequireHeader {
  private static final long serialVersionUID = 1L;

  /** Without option tag yet. */
  public Require() {
    super(RequireHeader.NAME, false);
  }
}
