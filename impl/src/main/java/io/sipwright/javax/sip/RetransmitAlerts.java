package io.sipwright.javax.sip;

import io.sipwright.time.Alarm;
import io.sipwright.time.Clock;
import io.sipwright.transaction.Timings;

/**
 * Tells a program without dialogs when to send its 2xx again: at T1, doubling up to T2 (RFC 3261
 * §13.3.1.4), until it's stopped.
 */
final class RetransmitAlerts extends Alarm {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Clock clock;
  private final Timings timings;
  private final Runnable alert;
  private long intervalMillis;
  private boolean running;
  private boolean over;

  RetransmitAlerts(Clock clock, Timings timings, Runnable alert) {
    this.clock = clock;
    this.timings = timings;
    this.alert = alert;
  }

  /** No effect once it was stopped: the transaction may have ended while its 2xx was sent. */
  synchronized void start() {
    if (!running && !over) {
      running = true;
      intervalMillis = timings.t1();
      clock.arm(this, intervalMillis * NANOS_PER_MILLI);
    }
  }

  void stop() {
    stopOnce();
  }

  /** Stops it, and tells whether it was running until then. */
  synchronized boolean stopOnce() {
    boolean was = running;
    running = false;
    over = true;
    clock.disarm(this);
    return was;
  }

  @Override
  protected synchronized void ring() {
    if (running) {
      alert.run();
      intervalMillis = Math.min(2 * intervalMillis, timings.t2());
      clock.arm(this, intervalMillis * NANOS_PER_MILLI);
    }
  }
}
