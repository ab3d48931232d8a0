package io.sipwright.header;

import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.Parameters;

/**
 * Who the sender is, as a trusted node found out (RFC 3325 §9.1). A message has one or two of it: a
 * SIP or SIPS URI, a tel URI, or one of each.
 */
public interface PAssertedIdentityHeader extends Header, HeaderAddress, Parameters {
  /** The name of the header. */
  String NAME = "P-Asserted-Identity";
}
