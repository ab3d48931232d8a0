package io.sipwright.stack;

import io.sipwright.time.Clock;

/**
 * How long requests wait for the listener at this moment, and whether that's so long that new ones
 * had better go elsewhere. Safe for use by many threads at once.
 */
final class LoadGauge {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Clock clock;
  private final long limitNanos;

  // Guarded by this.
  private int waiting;
  private long lastWait;
  private long lastMove;

  /**
   * A gauge where nothing waits.
   *
   * @param limitMillis how long is too long; 0 for never
   */
  LoadGauge(Clock clock, int limitMillis) {
    this.clock = clock;
    limitNanos = limitMillis * NANOS_PER_MILLI;
  }

  /** Something begins to wait. Returns the time, to be given back to {@link #ran}. */
  long waits() {
    long now = clock.nanos();
    synchronized (this) {
      if (waiting++ == 0) {
        lastMove = now;
        lastWait = 0;
      }
    }
    return now;
  }

  /** Something that waited since then has its turn. */
  void ran(long since) {
    long now = clock.nanos();
    synchronized (this) {
      waiting--;
      lastWait = waiting == 0 ? 0 : now - since;
      lastMove = now;
    }
  }

  /**
   * Whether what comes now would wait too long: the last one did, or nothing has moved for as long.
   */
  boolean isBehind() {
    if (limitNanos == 0) {
      return false;
    }
    long now = clock.nanos();
    synchronized (this) {
      return waiting > 0 && (lastWait > limitNanos || now - lastMove > limitNanos);
    }
  }
}
