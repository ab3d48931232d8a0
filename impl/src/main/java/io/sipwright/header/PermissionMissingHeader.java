package io.sipwright.header;

import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.Parameters;

/** A recipient whose permission a relay lacks, in a response 470 (RFC 5360 §5.9.3). */
public interface PermissionMissingHeader extends Header, HeaderAddress, Parameters {
  /** The name of the header. */
  String NAME = "Permission-Missing";
}
