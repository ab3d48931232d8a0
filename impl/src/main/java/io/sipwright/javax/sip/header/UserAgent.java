package io.sipwright.javax.sip.header;

import javax.sip.header.UserAgentHeader;

/** {@code User-Agent = "User-Agent" HCOLON server-val *(LWS server-val)} (RFC 3261 §20.41). */
public class UserAgent extends ProductsHeader implements UserAgentHeader {
  private static final long serialVersionUID = 1L;

  /** Without products yet. */
  public UserAgent() {
    super(NAME);
  }
}
