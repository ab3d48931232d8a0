package io.sipwright.header;

import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.Parameters;

/**
 * The identity, of those that its user has, that a user agent wants a trusted proxy to assert (RFC
 * 3325 §9.2). A message has one or two of it, as of {@link PAssertedIdentityHeader}.
 */
public interface PPreferredIdentityHeader extends Header, HeaderAddress, Parameters {
  /** The name of the header. */
  String NAME = "P-Preferred-Identity";
}
