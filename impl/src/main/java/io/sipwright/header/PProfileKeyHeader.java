package io.sipwright.header;

import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.Parameters;

/** The key that a service profile is found by, as a wildcarded identity (RFC 5002 §5). */
public interface PProfileKeyHeader extends HeaderAddress, Parameters, Header {
  /** The name of the header. */
  String NAME = "P-Profile-Key";
}
