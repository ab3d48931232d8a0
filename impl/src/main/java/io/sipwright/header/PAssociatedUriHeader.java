package io.sipwright.header;

import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.Parameters;

/**
 * A URI that the registrar gave the user besides the registered one, or none at all (RFC 7315
 * §4.1). A header without address says "none".
 */
public interface PAssociatedUriHeader extends HeaderAddress, Parameters, Header {
  /** The name of the header. */
  String NAME = "P-Associated-URI";
}
