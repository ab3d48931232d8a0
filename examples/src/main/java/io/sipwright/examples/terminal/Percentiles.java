package io.sipwright.examples.terminal;

import java.util.Arrays;

/**
 * Durations measured one by one, and the percentiles over all of them, exact. Safe for use by
 * several threads.
 */
public final class Percentiles {
  private long[] nanos = new long[1024];
  private int count;
  private boolean sorted = true;

  /** Adds a duration in nanoseconds. */
  public synchronized void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = duration;
    sorted = false;
  }

  /** How many durations there are. */
  public synchronized int count() {
    return count;
  }

  /**
   * The smallest duration that at least that share of all durations does not exceed (the
   * nearest-rank method), in milliseconds.
   *
   * @param percent above 0, at most 100; 100 gives the longest duration
   * @throws IllegalStateException if there are no durations
   */
  public synchronized double millis(double percent) {
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException("a percentile is above 0 and at most 100, not " + percent);
    }
    if (count == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    if (!sorted) {
      Arrays.sort(nanos, 0, count);
      sorted = true;
    }
    int rank = (int) Math.ceil(percent / 100 * count);
    return nanos[Math.max(rank, 1) - 1] / 1e6;
  }
}
