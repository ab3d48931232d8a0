package io.sipwright.javax.sip.header;

import javax.sip.header.ProxyAuthenticateHeader;

/** {@code Proxy-Authenticate = "Proxy-Authenticate" HCOLON challenge} (RFC 3261 §20.27). */
public class ProxyAuthenticate extends Challenge implements ProxyAuthenticateHeader {
  private static final long serialVersionUID = 1L;

  /** Of scheme Digest and without parameters. */
  public ProxyAuthenticate() {
    super(ProxyAuthenticateHeader.NAME);
  }
}
