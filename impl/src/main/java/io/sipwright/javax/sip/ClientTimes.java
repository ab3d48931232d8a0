package io.sipwright.javax.sip;

import io.sipwright.transaction.ClientDriver;
import io.sipwright.transaction.InviteClientDriver;
import io.sipwright.transaction.Timings;
import org.jspecify.annotations.Nullable;

/**
 * The times of a client transaction: set before it's sent for each of its tries, and afterwards for
 * timers that start later. Guarded by the transaction.
 */
final class ClientTimes {
  private static final int NOT_SET = -1;

  private final long leastTimerM;
  private Timings timings;
  private int timerD = NOT_SET;
  private int timeout = NOT_SET;

  /**
   * The times as they are at first.
   *
   * @param leastTimerM milliseconds that an INVITE's further 2xx are taken at least
   */
  ClientTimes(Timings timings, long leastTimerM) {
    this.timings = timings;
    this.leastTimerM = leastTimerM;
  }

  Timings timings() {
    return timings;
  }

  void timings(Timings changed) {
    timings = changed;
  }

  void timerD(int millis) {
    timerD = millis;
  }

  void timeout(int millis) {
    timeout = millis;
  }

  /** Sets the times of a try; of one that's started already where {@code started} is one. */
  void applyTo(@Nullable ClientDriver driver) {
    if (driver == null) {
      return;
    }
    driver.setTimings(timings);
    if (timeout != NOT_SET) {
      driver.setTimeoutMillis(timeout);
    }
    if (driver instanceof InviteClientDriver invite) {
      invite.setLeastTimerM(leastTimerM);
      if (timerD != NOT_SET) {
        invite.setTimerD(timerD);
      }
    }
  }
}
