package io.sipwright.transport;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often each limit was reached, and a line in the log about it once a second at most. Safe for
 * use by many threads at once.
 */
final class LimitCounts {
  private static final Logger LOG = LoggerFactory.getLogger(LimitCounts.class);

  private final String network;
  private final Executor inASecond;
  private final Map<ConnectionLimit, Count> counts = new EnumMap<>(ConnectionLimit.class);

  /** What waits to be written on all connections, in bytes. */
  final AtomicLong waiting = new AtomicLong();

  private static final class Count {
    final LongAdder all = new LongAdder();

    /** Whether a line was written within the last second. */
    final AtomicBoolean quiet = new AtomicBoolean();
  }

  /**
   * Counts of a network.
   *
   * @param network its name, for the log
   * @param inASecond runs what it's given a second later
   */
  LimitCounts(String network, Executor inASecond) {
    this.network = network;
    this.inASecond = inASecond;
    for (ConnectionLimit limit : ConnectionLimit.values()) {
      counts.put(limit, new Count());
    }
  }

  /**
   * A limit was reached.
   *
   * @param peer who reached it, for the log
   */
  void reached(ConnectionLimit limit, @Nullable Object peer) {
    Count count = of(limit);
    count.all.increment();
    if (count.quiet.compareAndSet(false, true)) {
      String line = "{}: limit {} reached ({}), the last time by {}; {} times so far";
      Object[] words = {network, limit, limit.words(), peer, count.all.sum()};
      if (limit.isUsual()) {
        LOG.debug(line, words);
      } else {
        LOG.warn(line, words);
      }
      try {
        inASecond.execute(() -> count.quiet.set(false));
      } catch (RejectedExecutionException e) {
        LOG.trace("{}: its threads have ended", network, e);
      }
    }
  }

  private Count of(ConnectionLimit limit) {
    Count count = counts.get(limit);
    if (count == null) {
      throw new IllegalStateException("every limit has a count: " + limit);
    }
    return count;
  }

  /** How often each was reached. */
  Map<ConnectionLimit, Long> all() {
    Map<ConnectionLimit, Long> all = new EnumMap<>(ConnectionLimit.class);
    counts.forEach((limit, count) -> all.put(limit, count.all.sum()));
    return all;
  }
}
