package io.sipwright.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The places for connections: how many there are in all and for each source, who has them, and who
 * must give one up. Safe for use by many threads at once.
 *
 * <p>A connection whose peer never sent a whole message gives up its place when one is needed: the
 * oldest of the source that has most of them. So whoever takes all places with connections that say
 * nothing only displaces himself, and a peer that speaks soon after it has connected gets in.
 *
 * <p>A source is an IPv4 address, or an IPv6 network of 64 bits: a single host has all of its
 * addresses (RFC 4291 §2.5.4).
 */
final class ConnectionPlaces {
  private static final int NETWORK_BYTES = 8;

  /** The one with most silent connections first; of several the one with the oldest. */
  private static final Comparator<Source> MOST_SILENT =
      Comparator.<Source>comparingInt(source -> -source.silent.size())
          .thenComparingLong(source -> source.silent.iterator().next().number);

  private final int most;
  private final int mostPerSource;
  private final LimitCounts limits;

  // Guarded by this.
  private final Map<InetAddress, Source> sources = new HashMap<>();
  private final TreeSet<Source> silentSources = new TreeSet<>(MOST_SILENT);
  private int open;
  private long numbers;

  ConnectionPlaces(SocketNetworkConfig config, LimitCounts limits) {
    most = config.maxConnections();
    mostPerSource = config.maxConnectionsPerSource();
    this.limits = limits;
  }

  /** Where connections come from. */
  private static final class Source {
    final InetAddress address;
    final LinkedHashSet<Place> silent = new LinkedHashSet<>();
    int open;

    Source(InetAddress address) {
      this.address = address;
    }
  }

  /** The place that a connection has, or doesn't have yet, or no more. */
  final class Place {
    private final Runnable displace;
    private volatile boolean displaced;

    // Guarded by the places.
    private @Nullable Source source;
    private boolean taken;
    private long number;

    private Place(Runnable displace) {
      this.displace = displace;
    }

    /**
     * Takes it, if need be from another, which is told so.
     *
     * @param peer the peer's address if the peer has opened the connection; null if it's opened
     *     from here, or not known yet
     * @return false if there's none
     */
    boolean take(@Nullable InetAddress peer) {
      return ConnectionPlaces.this.take(this, peer);
    }

    /**
     * It was taken without source, and turns out to be of one.
     *
     * @return false if that has as many as it may, and none that it could give up
     */
    boolean comesFrom(InetAddress peer) {
      return ConnectionPlaces.this.comesFrom(this, peer);
    }

    /** A whole message came from the peer, or was sent to it: the place is kept. */
    void spoke() {
      synchronized (ConnectionPlaces.this) {
        Source from = source;
        if (from != null) {
          silence(from, this, false);
        }
      }
    }

    /** The connection is over; harmless when called again, or if it was never taken. */
    void leave() {
      synchronized (ConnectionPlaces.this) {
        ConnectionPlaces.this.leave(this);
      }
    }

    /** Whether it was given to another. */
    boolean isDisplaced() {
      return displaced;
    }
  }

  /**
   * A place for a connection, to be taken.
   *
   * @param displace called, without a lock, if the place is taken away
   */
  Place place(Runnable displace) {
    return new Place(displace);
  }

  private boolean take(Place place, @Nullable InetAddress peer) {
    InetAddress address = peer == null ? null : sourceOf(peer);
    ConnectionLimit reached = null;
    Place gone = null;
    synchronized (this) {
      Source source = address == null ? null : sources.get(address);
      if (source != null && source.open >= mostPerSource) {
        reached = ConnectionLimit.CONNECTIONS_PER_SOURCE;
        gone = oldestSilent(source);
      } else if (open >= most) {
        reached = ConnectionLimit.CONNECTIONS;
        gone = silentSources.isEmpty() ? null : oldestSilent(silentSources.first());
      }
      if (gone != null) {
        leave(gone);
      }
      if (reached == null || gone != null) {
        place.taken = true;
        place.number = numbers++;
        open++;
        enter(place, address);
      }
    }
    return tell(reached, gone, peer);
  }

  private boolean comesFrom(Place place, InetAddress peer) {
    InetAddress address = sourceOf(peer);
    ConnectionLimit reached = null;
    Place gone = null;
    synchronized (this) {
      if (!place.taken) {
        return false; // displaced, or over
      }
      Source source = sources.get(address);
      if (source != null && source.open >= mostPerSource) {
        reached = ConnectionLimit.CONNECTIONS_PER_SOURCE;
        gone = oldestSilent(source);
      }
      if (gone != null) {
        leave(gone);
      }
      if (reached == null || gone != null) {
        enter(place, address);
      }
    }
    return tell(reached, gone, peer);
  }

  /** Returns whether there was a place. */
  private boolean tell(
      @Nullable ConnectionLimit reached, @Nullable Place gone, @Nullable InetAddress peer) {
    if (gone != null) {
      limits.reached(ConnectionLimit.DISPLACED, peer);
      gone.displaced = true;
      gone.displace.run();
    } else if (reached != null) {
      limits.reached(reached, peer);
    }
    return reached == null || gone != null;
  }

  // ---- under the lock

  private void enter(Place place, @Nullable InetAddress address) {
    if (address != null) {
      Source source = sources.computeIfAbsent(address, Source::new);
      source.open++;
      place.source = source;
      silence(source, place, true);
    }
  }

  private void leave(Place place) {
    if (place.taken) {
      place.taken = false;
      open--;
      Source from = place.source;
      if (from != null) {
        silence(from, place, false);
        if (--from.open == 0) {
          sources.remove(from.address);
        }
      }
    }
  }

  /** Enters or removes a place among the silent ones of its source. */
  private void silence(Source source, Place place, boolean silent) {
    if (source.silent.contains(place) == silent) {
      return;
    }
    if (!source.silent.isEmpty()) {
      silentSources.remove(source);
    }
    if (silent) {
      source.silent.add(place);
    } else {
      source.silent.remove(place);
    }
    if (!source.silent.isEmpty()) {
      silentSources.add(source);
    }
  }

  private static @Nullable Place oldestSilent(Source source) {
    return source.silent.isEmpty() ? null : source.silent.iterator().next();
  }

  private static InetAddress sourceOf(InetAddress peer) {
    if (!(peer instanceof Inet6Address) || peer.isLinkLocalAddress()) {
      return peer;
    }
    byte[] network = Arrays.copyOf(Arrays.copyOf(peer.getAddress(), NETWORK_BYTES), 16);
    try {
      return InetAddress.getByAddress(network);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }

  /** Number of connections. */
  synchronized int open() {
    return open;
  }

  /** Number of sources; for tests. */
  synchronized int sources() {
    return sources.size();
  }
}
