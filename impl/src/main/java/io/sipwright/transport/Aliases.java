package io.sipwright.transport;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections by the addresses that requests may go to over them (the alias table of RFC 5923 §5).
 * A peer that listens at several ports has several rows, and one address may have connections of
 * several domains, each with a certificate of its own (§9.3). What one peer can fill is limited;
 * the oldest row makes room, and its requests open a connection of their own. Safe for use by
 * several threads.
 *
 * @param <C> a kind of connection
 */
final class Aliases<C> {
  /** Addresses of one connection. */
  static final int MOST_ADDRESSES = 8;

  /** Connections at one address: whoever shares it with a peer has no more to say. */
  static final int MOST_CONNECTIONS = 16;

  /** The one that was named last is the first; no list changes. */
  private final Map<InetSocketAddress, List<C>> byAddress = new ConcurrentHashMap<>();

  /** The one that was named last is the last. Guarded by this. */
  private final Map<C, Set<InetSocketAddress>> addresses = new HashMap<>();

  /** Requests to an address may go over a connection from now on. */
  void put(InetSocketAddress address, C connection) {
    List<C> known = byAddress.get(address);
    if (known == null || !known.get(0).equals(connection)) {
      putFirst(address, connection);
    }
  }

  private synchronized void putFirst(InetSocketAddress address, C connection) {
    Set<InetSocketAddress> own = addresses.computeIfAbsent(connection, c -> new LinkedHashSet<>());
    own.remove(address);
    own.add(address);
    if (own.size() > MOST_ADDRESSES) {
      InetSocketAddress oldest = own.iterator().next();
      own.remove(oldest);
      removeAt(oldest, connection);
    }
    List<C> all = new ArrayList<>();
    all.add(connection);
    for (C other : byAddress.getOrDefault(address, List.of())) {
      if (other.equals(connection)) {
        continue;
      }
      if (all.size() < MOST_CONNECTIONS) {
        all.add(other);
      } else {
        forget(other, address);
      }
    }
    byAddress.put(address, List.copyOf(all));
  }

  private void forget(C connection, InetSocketAddress address) {
    Set<InetSocketAddress> own = addresses.get(connection);
    if (own != null && own.remove(address) && own.isEmpty()) {
      addresses.remove(connection);
    }
  }

  private void removeAt(InetSocketAddress address, C connection) {
    byAddress.computeIfPresent(
        address,
        (a, all) -> {
          List<C> rest = all.stream().filter(other -> !other.equals(connection)).toList();
          return rest.isEmpty() ? null : rest;
        });
  }

  /** The connections of who listens at an address, the one that was named last first. */
  List<C> get(InetSocketAddress address) {
    return byAddress.getOrDefault(address, List.of());
  }

  /** A connection takes no more messages. */
  synchronized void remove(C connection) {
    Set<InetSocketAddress> own = addresses.remove(connection);
    if (own != null) {
      own.forEach(address -> removeAt(address, connection));
    }
  }

  /** Number of rows; for tests. */
  synchronized int size() {
    return addresses.values().stream().mapToInt(Set::size).sum();
  }
}
