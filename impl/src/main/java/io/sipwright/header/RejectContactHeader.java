package io.sipwright.header;

import javax.sip.header.Header;

/** Features of the user agents that the caller doesn't want to reach (RFC 3841 §9.2). */
public interface RejectContactHeader extends Header, FeatureParameters {
  /** The name of the header. */
  String NAME = "Reject-Contact";
}
