package io.sipwright.time;

import java.time.Instant;

/**
 * Time and timers, real or virtual. Everything that waits or measures gets one of these handed in.
 */
public interface Clock {
  /** Monotonic time in nanoseconds, from an arbitrary origin: for differences only. */
  long nanos();

  /** The wall clock's time. */
  Instant now();

  /**
   * Arms an alarm to ring once after a delay, replacing its earlier arming if it has one. Negative
   * delays count as 0. It rings on the clock's own thread, never inside this call, never early;
   * with an accuracy of a few milliseconds on a real clock.
   */
  void arm(Alarm alarm, long delayNanos);

  /**
   * Stops an alarm; no effect on one that's not armed. One that's ringing at this very moment may
   * still run to its end: whoever rings must look at its own state under its own lock.
   */
  void disarm(Alarm alarm);
}
