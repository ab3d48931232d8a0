package io.sipwright.header;

import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.Parameters;

/**
 * A proxy that requests of the one who registered must pass, told in the answer to REGISTER (RFC
 * 3608 §5).
 */
public interface ServiceRouteHeader extends Header, HeaderAddress, Parameters {
  /** The name of the header. */
  String NAME = "Service-Route";
}
