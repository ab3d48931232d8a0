package io.sipwright.header;

/** A security mechanism that a client knows (RFC 3329 §2.2). */
public interface SecurityClientHeader extends SecurityMechanism {
  /** The name of the header. */
  String NAME = "Security-Client";
}
