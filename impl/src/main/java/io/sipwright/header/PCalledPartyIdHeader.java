package io.sipwright.header;

import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.Parameters;

/** The Request-URI before a proxy put a contact in its place (RFC 7315 §4.2). */
public interface PCalledPartyIdHeader extends HeaderAddress, Parameters, Header {
  /** The name of the header. */
  String NAME = "P-Called-Party-ID";
}
