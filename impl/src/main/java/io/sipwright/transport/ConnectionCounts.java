package io.sipwright.transport;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How many connections there are, of all endpoints of a network together and of each peer's
 * address, and how many were refused or given up. Safe for use by many threads at once.
 */
final class ConnectionCounts {
  private final int most;
  private final int mostPerSource;
  private final AtomicInteger open = new AtomicInteger();

  /** Of connections that peers have opened; as many entries as there are connections at most. */
  private final Map<InetAddress, Integer> bySource = new ConcurrentHashMap<>();

  private final LongAdder refused = new LongAdder();
  private final LongAdder slow = new LongAdder();
  private final LongAdder stalled = new LongAdder();
  private final LongAdder silent = new LongAdder();
  private final LongAdder badProxyHeaders = new LongAdder();

  ConnectionCounts(SocketNetworkConfig config) {
    most = config.maxConnections();
    mostPerSource = config.maxConnectionsPerSource();
  }

  /**
   * Counts one more connection, if there may be one more.
   *
   * @param source the peer's address if the peer has opened it, null if it's opened from here
   */
  boolean admit(@Nullable InetAddress source) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      refused.increment();
      return false;
    }
    if (source != null && !admitSource(source)) {
      open.decrementAndGet();
      return false;
    }
    return true;
  }

  /**
   * Counts one that was admitted without source for the one that it turns out to come from, if that
   * may have one more.
   */
  boolean admitSource(InetAddress source) {
    if (bySource.merge(source, 1, Integer::sum) > mostPerSource) {
      releaseSource(source);
      refused.increment();
      return false;
    }
    return true;
  }

  private void releaseSource(InetAddress source) {
    bySource.computeIfPresent(source, (key, count) -> count == 1 ? null : count - 1);
  }

  /** One that was admitted is over. */
  void release(@Nullable InetAddress source) {
    open.decrementAndGet();
    if (source != null) {
      releaseSource(source);
    }
  }

  /** One was given up whose peer didn't bring a message to its end, or none at all. */
  void slow() {
    slow.increment();
  }

  /** One was given up whose peer didn't read. */
  void stalled() {
    stalled.increment();
  }

  /** One was closed as nothing came from its peer for too long. */
  void silent() {
    silent.increment();
  }

  /** One was closed as it didn't begin with the PROXY header that it must have. */
  void badProxyHeader() {
    badProxyHeaders.increment();
  }

  /** Number of sources; for tests. */
  int sources() {
    return bySource.size();
  }

  /** All by name. */
  Map<String, Long> figures() {
    return Map.of(
        "connections",
        (long) open.get(),
        "refusedConnections",
        refused.sum(),
        "slowConnections",
        slow.sum(),
        "stalledConnections",
        stalled.sum(),
        "silentConnections",
        silent.sum(),
        "badProxyHeaders",
        badProxyHeaders.sum());
  }
}
