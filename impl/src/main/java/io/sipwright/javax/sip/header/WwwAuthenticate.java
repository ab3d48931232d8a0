package io.sipwright.javax.sip.header;

import javax.sip.header.WWWAuthenticateHeader;

/** {@code WWW-Authenticate = "WWW-Authenticate" HCOLON challenge} (RFC 3261 §20.44). */
public class WwwAuthenticate extends Challenge {
  private static final long serialVersionUID = 1L;

  /** Of scheme Digest and without parameters. */
  public WwwAuthenticate() {
    super(WWWAuthenticateHeader.NAME);
  }
}
