package io.sipwright.javax.sip.header;

import javax.sip.header.RouteHeader;

/**
 * {@code Route = "Route" HCOLON route-param *(COMMA route-param)} with {@code route-param =
 * name-addr *( SEMI rr-param )} (RFC 3261 §20.34). Read without angle brackets too, then the
 * parameters are the header's.
 */
public class Route extends AddressHeader implements RouteHeader {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public Route() {
    super(NAME);
  }

  @Override
  boolean isNameAddr() {
    return true;
  }
}
