package io.sipwright.header;

/** A security mechanism that a server knows (RFC 3329 §2.2). */
public interface SecurityServerHeader extends SecurityMechanism {
  /** The name of the header. */
  String NAME = "Security-Server";
}
