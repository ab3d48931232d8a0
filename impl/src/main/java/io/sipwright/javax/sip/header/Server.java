package io.sipwright.javax.sip.header;

import javax.sip.header.ServerHeader;

/** {@code Server = "Server" HCOLON server-val *(LWS server-val)} (RFC 3261 §20.35). */
public class Server extends ProductsHeader implements ServerHeader {
  private static final long serialVersionUID = 1L;

  /** Without products yet. */
  public Server() {
    super(NAME);
  }
}
