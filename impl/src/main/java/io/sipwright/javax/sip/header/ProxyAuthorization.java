package io.sipwright.javax.sip.header;

import javax.sip.header.ProxyAuthorizationHeader;

/** {@code Proxy-Authorization = "Proxy-Authorization" HCOLON credentials} (RFC 3261 §20.28). */
public class ProxyAuthorization extends Credentials implements ProxyAuthorizationHeader {
  private static final long serialVersionUID = 1L;

  /** Of scheme Digest and without parameters. */
  public ProxyAuthorization() {
    super(ProxyAuthorizationHeader.NAME);
  }
}
