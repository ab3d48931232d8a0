package io.sipwright.dialog;

import io.sipwright.time.Alarm;
import io.sipwright.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * Sends a UAS's 2xx to INVITE again until its ACK comes: after T1, then at intervals that double up
 * to T2, for 64·T1, whatever the transport (RFC 3261 §13.3.1.4).
 *
 * <p>Safe for use by several threads. Its user is never called with a lock of its own held, so it
 * may be stopped under any lock; a call that's already on its way may still come after {@link
 * #stop}.
 */
public final class TwoHundredRetransmitter {
  /** Whoever sends, and wants to know of the end. Called on the clock's thread: must not block. */
  public interface User {
    /** Send the 2xx once more. */
    void resend();

    /**
     * No ACK came in time: the dialog stays confirmed, and its session should be ended by a BYE.
     * Nothing is called after that.
     */
    void onNoAck();
  }

  private final Clock clock;
  private final User user;
  private final long t2Nanos;
  private final long lifetimeNanos;
  private final Alarm alarm = Alarm.of(this::onAlarm);

  // Guarded by this.
  private long intervalNanos;
  private long elapsedNanos;
  private long waitingNanos;
  private boolean running;

  /**
   * Does nothing yet.
   *
   * @param t1Millis first interval
   * @param t2Millis longest interval
   * @param lifetimeInT1 how long it goes on; 64 by RFC 3261 §13.3.1.4
   */
  public TwoHundredRetransmitter(
      Clock clock, int t1Millis, int t2Millis, int lifetimeInT1, User user) {
    this.clock = clock;
    this.user = user;
    this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(t1Millis);
    this.t2Nanos = TimeUnit.MILLISECONDS.toNanos(t2Millis);
    this.lifetimeNanos = lifetimeInT1 * intervalNanos;
  }

  /** Starts to count, when the 2xx has been sent for the first time. To be called once. */
  public synchronized void start() {
    running = true;
    arm();
  }

  /** The ACK has come, or the 2xx doesn't matter any more. Harmless when called again. */
  public synchronized void stop() {
    running = false;
    clock.disarm(alarm);
  }

  /** Whether it still waits for the ACK. */
  public synchronized boolean isRunning() {
    return running;
  }

  private void onAlarm() {
    boolean over;
    synchronized (this) {
      if (!running) {
        return;
      }
      elapsedNanos += waitingNanos;
      over = elapsedNanos >= lifetimeNanos;
      if (over) {
        running = false;
      } else {
        intervalNanos = Math.min(2 * intervalNanos, Math.max(t2Nanos, intervalNanos));
        arm();
      }
    }
    if (over) {
      user.onNoAck();
    } else {
      user.resend();
    }
  }

  private void arm() {
    waitingNanos = Math.min(intervalNanos, lifetimeNanos - elapsedNanos);
    clock.arm(alarm, waitingNanos);
  }
}
