package io.sipwright.header;

import javax.sip.header.Header;

/** Features of the user agents that the caller wants to reach (RFC 3841 §9.2). */
public interface AcceptContactHeader extends Header, FeatureParameters {
  /** The name of the header. */
  String NAME = "Accept-Contact";

  /** Whether contacts that don't have the features shall not be tried. */
  boolean isRequired();

  /** Says whether contacts that don't have the features shall not be tried. */
  void setRequired(boolean required);

  /** Whether only contacts count that say something about each of the features. */
  boolean isExplicit();

  /** Says whether only contacts count that say something about each of the features. */
  void setExplicit(boolean explicit);
}
