package io.sipwright.dns;

import org.xbill.DNS.Type;

/** The types of records that are asked for. */
public enum RecordType {
  /** IPv4 address (RFC 1035 §3.4.1). */
  A(Type.A),
  /** IPv6 address (RFC 3596). */
  AAAA(Type.AAAA),
  /** Server of a service (RFC 2782). */
  SRV(Type.SRV),
  /** Rule of a naming authority (RFC 3403 §4). */
  NAPTR(Type.NAPTR);

  private final int code;

  RecordType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
