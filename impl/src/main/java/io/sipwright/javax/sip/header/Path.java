package io.sipwright.javax.sip.header;

import io.sipwright.header.PathHeader;

/**
 * {@code Path = "Path" HCOLON path-value *( COMMA path-value )} with {@code path-value = name-addr
 * *( SEMI rr-param )} (RFC 3327 §4). Read without angle brackets too, then the parameters are the
 * header's.
 */
public class Path extends AddressHeader implements PathHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public Path() {
    super(NAME);
  }

  @Override
  boolean isNameAddr() {
    return true;
  }
}
