package io.sipwright.javax.sip.header;

import javax.sip.header.RecordRouteHeader;

/**
 * {@code Record-Route = "Record-Route" HCOLON rec-route *(COMMA rec-route)} with {@code rec-route =
 * name-addr *( SEMI rr-param )} (RFC 3261 §20.30). Read without angle brackets too, then the
 * parameters are the header's.
 */
public class RecordRoute extends AddressHeader implements RecordRouteHeader {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public RecordRoute() {
    super(NAME);
  }

  @Override
  boolean isNameAddr() {
    return true;
  }
}
