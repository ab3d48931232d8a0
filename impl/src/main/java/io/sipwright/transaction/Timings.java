package io.sipwright.transaction;

/**
 * The three timer values that all others follow from (RFC 3261 Table 4), in milliseconds.
 *
 * @param t1 estimate of the round-trip time; 500
 * @param t2 longest interval between retransmissions of a non-INVITE request or an INVITE response;
 *     4,000
 * @param t4 longest time a message stays in the network; 5,000
 */
public record Timings(int t1, int t2, int t4) {
  /** The RFC's values. */
  public static final Timings DEFAULT = new Timings(500, 4000, 5000);

  /**
   * How long a non-INVITE request goes unanswered until its retransmissions are T2 apart, in
   * milliseconds: 3,500 by default. From then on a server may, and must, send 100 (RFC 4320 §4.1).
   */
  public long untilT2() {
    long elapsed = 0;
    long interval = t1;
    do {
      elapsed += interval;
      interval = Timer.E.next(interval, this);
    } while (interval < t2);
    return elapsed;
  }

  /** Checks that all are positive. */
  public Timings {
    if (t1 <= 0 || t2 <= 0 || t4 <= 0) {
      throw new IllegalArgumentException(
          "T1, T2 and T4 must be positive: " + t1 + ", " + t2 + ", " + t4);
    }
  }
}
