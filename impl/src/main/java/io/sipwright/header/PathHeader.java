package io.sipwright.header;

import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.Parameters;

/**
 * A proxy on the way of a REGISTER that requests to the registered contact must pass (RFC 3327 §4).
 */
public interface PathHeader extends Header, HeaderAddress, Parameters {
  /** The name of the header. */
  String NAME = "Path";
}
