package io.sipwright.javax.sip;

import io.sipwright.syntax.Ipv6;
import io.sipwright.time.Clock;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that peers know a listening point at the wildcard address by. To find one costs a
 * socket; so it's remembered, for a moment only, as the network may change. Safe for use by several
 * threads.
 */
final class OwnAddresses {
  /** How long an answer of the system's counts. */
  private static final long FRESH_NANOS = 2_000_000_000L;

  /** As many peers are remembered; with more, all are asked for again. */
  private static final int MOST_PEERS = 4_096;

  /** As many addresses of this machine are known as our own. */
  private static final int MOST_TOLD = 64;

  /** Stands for any peer. */
  private static final Object ANYONE = new Object();

  private record Answer(String host, long at) {}

  private final Function<@Nullable InetAddress, InetAddress> system;
  private final Clock clock;
  private final Map<Object, Answer> byPeer = new ConcurrentHashMap<>();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /**
   * Nothing is known yet.
   *
   * @param system finds the address that a peer can send to; the peer may be null
   */
  OwnAddresses(Function<@Nullable InetAddress, InetAddress> system, Clock clock) {
    this.system = system;
    this.clock = clock;
  }

  /**
   * The host that goes into messages to a peer, IPv6 in brackets and without zone.
   *
   * @param peer null if that's not known
   */
  String towards(@Nullable InetAddress peer) {
    Object key = peer == null ? ANYONE : peer;
    long now = clock.nanos();
    Answer known = byPeer.get(key);
    if (known != null && now - known.at < FRESH_NANOS) {
      return known.host;
    }
    InetAddress own = system.apply(peer);
    String host =
        own instanceof Inet6Address
            ? '[' + Ipv6.text(own.getAddress()) + ']'
            : own.getHostAddress();
    if (byPeer.size() >= MOST_PEERS) {
      byPeer.clear();
    }
    byPeer.put(key, new Answer(host, now));
    if (told.size() < MOST_TOLD) {
      told.add(host);
    }
    return host;
  }

  /** Whether peers were told this host, in the spelling of {@link Ipv6#text}. */
  boolean wereTold(String host) {
    return told.contains(host);
  }
}
