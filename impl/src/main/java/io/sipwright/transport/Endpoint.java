package io.sipwright.transport;

import java.net.InetSocketAddress;

/** A bound address and its flows: what lies under a JAIN {@code ListeningPoint}. */
public interface Endpoint {
  /** "udp", "tcp", … in lower case. */
  String transport();

  /**
   * Whether the transport delivers every byte in order or fails (RFC 3261 §17: TCP, TLS, SCTP; not
   * UDP).
   */
  boolean reliable();

  /** The address bound, with the port the system chose. */
  InetSocketAddress local();

  /**
   * A flow to an address: for UDP a light object; for a stream transport the open connection to
   * that address if there is one, otherwise a new one that connects when something is sent (what is
   * sent meanwhile waits, in order). Never blocks.
   *
   * @param remote resolved
   */
  Flow flowTo(InetSocketAddress remote);

  /**
   * The open connection to or from an address if there is one, otherwise null (always null for
   * UDP). Never connects.
   */
  @org.jspecify.annotations.Nullable
  Flow existingFlow(InetSocketAddress remote);

  /**
   * Stops receiving, closes all connections, frees the port before it returns; called on one of the
   * I/O threads, it returns at once and the port is free soon after. Harmless when called again.
   */
  void close();
}
