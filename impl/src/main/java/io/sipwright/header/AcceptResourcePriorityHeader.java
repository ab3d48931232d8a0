package io.sipwright.header;

/**
 * A priority that a server understands (RFC 4412 §3.2). An empty header means that it understands
 * none.
 */
public interface AcceptResourcePriorityHeader extends ResourcePriorityValue {
  /** The name of the header. */
  String NAME = "Accept-Resource-Priority";
}
