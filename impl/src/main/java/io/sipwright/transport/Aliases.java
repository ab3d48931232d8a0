package io.sipwright.transport;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Connections that peers have opened, by the address where they say that they listen (the alias
 * table of RFC 5923 §5): one address for each connection, the one it has said last. Safe for use by
 * several threads.
 *
 * @param <C> a kind of connection
 */
final class Aliases<C> {
  private final Map<InetSocketAddress, C> byAddress = new ConcurrentHashMap<>();
  private final Map<C, InetSocketAddress> addresses = new ConcurrentHashMap<>();

  /** Requests to an address may go over a connection from now on. */
  void put(InetSocketAddress address, C connection) {
    InetSocketAddress before = addresses.put(connection, address);
    if (before != null && !before.equals(address)) {
      byAddress.remove(before, connection);
    }
    byAddress.put(address, connection);
  }

  /** The connection of the peer that listens at an address; null if it has none. */
  @Nullable C get(InetSocketAddress address) {
    return byAddress.get(address);
  }

  /** A connection takes no more messages. */
  void remove(C connection) {
    InetSocketAddress address = addresses.remove(connection);
    if (address != null) {
      byAddress.remove(address, connection);
    }
  }

  /** Number of addresses; for tests. */
  int size() {
    return byAddress.size();
  }
}
