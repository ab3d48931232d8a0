package io.sipwright.header;

/**
 * A security mechanism of the list that the server had sent, sent back for it to see that nobody
 * changed the list on the way (RFC 3329 §2.2).
 */
public interface SecurityVerifyHeader extends SecurityMechanism {
  /** The name of the header. */
  String NAME = "Security-Verify";
}
