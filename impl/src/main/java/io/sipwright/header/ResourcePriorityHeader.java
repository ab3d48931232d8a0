package io.sipwright.header;

/** A priority at which a request wants to be served (RFC 4412 §3.1). */
public interface ResourcePriorityHeader extends ResourcePriorityValue {
  /** The name of the header. */
  String NAME = "Resource-Priority";
}
