package io.sipwright.javax.sip.header;

import io.sipwright.header.ServiceRouteHeader;

/**
 * {@code Service-Route = "Service-Route" HCOLON sr-value *( COMMA sr-value)} with {@code sr-value =
 * name-addr *( SEMI rr-param )} (RFC 3608 §5). Read without angle brackets too, then the parameters
 * are the header's.
 */
public class ServiceRoute extends AddressHeader implements ServiceRouteHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public ServiceRoute() {
    super(NAME);
  }

  @Override
  boolean isNameAddr() {
    return true;
  }
}
