package io.sipwright.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A bound address and its flows: what lies under a JAIN {@code ListeningPoint}. */
public interface Endpoint {
  /** "udp", "tcp", "tls", "ws" or "wss", in lower case. */
  String transport();

  /**
   * Whether the transport delivers every byte in order or fails (RFC 3261 §17: TCP, TLS, SCTP; not
   * UDP).
   */
  boolean reliable();

  /** The address bound, with the port the system chose. */
  InetSocketAddress local();

  /**
   * An address of this machine that a peer can send to: the one bound, or where that is the
   * wildcard the one that the system's routes choose at this moment.
   *
   * @param peer null for any: then it's the address of the default route
   */
  default InetAddress addressTowards(@org.jspecify.annotations.Nullable InetAddress peer) {
    InetAddress bound = local().getAddress();
    if (!bound.isAnyLocalAddress()) {
      return bound;
    }
    return peer == null
        ? SourceAddress.byDefaultRoute(bound instanceof Inet6Address)
        : SourceAddress.towards(peer);
  }

  /**
   * A flow to an address: for UDP a light object; for a stream transport the open connection to
   * that address if there is one, otherwise a new one that connects when something is sent (what is
   * sent meanwhile waits, in order). Never blocks.
   *
   * @param remote resolved
   */
  Flow flowTo(InetSocketAddress remote);

  /**
   * As {@link #flowTo(InetSocketAddress)}, to a peer that has to prove by its certificate, where
   * the transport has such, that it's the one asked for (RFC 5922 §7.3). Connections are shared
   * only by those that ask for the same domain.
   *
   * @param domain what was asked for before anything was looked up: a name or a numeric address
   */
  default Flow flowTo(InetSocketAddress remote, String domain) {
    return flowTo(remote);
  }

  /**
   * Whether the transport itself says where a message ends, so that none needs a Content-Length:
   * datagrams, and WebSocket messages (RFC 7118 §5).
   */
  default boolean delimitsMessages() {
    return !reliable();
  }

  /**
   * The open connection to or from an address if there is one, otherwise null (always null for
   * UDP). Never connects.
   */
  @org.jspecify.annotations.Nullable
  Flow existingFlow(InetSocketAddress remote);

  /**
   * A connection takes requests to an address (RFC 5923): one of the peer that has opened it, where
   * he says that he listens; or, of one that was opened from here, the address it leads to. Over
   * TLS only requests to a domain that the peer's certificate is for go there. A connection has
   * eight such addresses at most, and an address sixteen connections. Means nothing for UDP.
   *
   * @param flow one of this endpoint's
   */
  default void alias(Flow flow, InetSocketAddress address) {}

  /**
   * Stops receiving, closes all connections, frees the port before it returns; called on one of the
   * I/O threads, it returns at once and the port is free soon after. Harmless when called again.
   */
  void close();
}
