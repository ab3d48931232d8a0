package io.sipwright.javax.sip.header;

import javax.sip.header.AuthorizationHeader;

/** {@code Authorization = "Authorization" HCOLON credentials} (RFC 3261 §20.7). */
public class Authorization extends Credentials {
  private static final long serialVersionUID = 1L;

  /** Of scheme Digest and without parameters. */
  public Authorization() {
    super(AuthorizationHeader.NAME);
  }
}
