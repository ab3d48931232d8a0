package io.sipwright.call;

/**
 * What a user agent wants of its session timers (RFC 4028).
 *
 * @param interval seconds from one refresh to the next; 1800 is what §4 recommends
 * @param minimum the smallest interval that's accepted, 90 or more (§5)
 * @param peerRefreshes whether a caller that leaves the choice to this side is to refresh itself
 */
public record SessionTimerRules(int interval, int minimum, boolean peerRefreshes) {
  /** The least that an interval may be (RFC 4028 §4). */
  public static final int LEAST = 90;

  /** 422 (Session Interval Too Small). */
  static final int TOO_SMALL = 422;

  /** Every 30 minutes, no less than 90 seconds, by the caller. */
  public static final SessionTimerRules DEFAULT = new SessionTimerRules(1800, LEAST, true);

  /** Checks the numbers. */
  public SessionTimerRules {
    if (minimum < LEAST || interval < minimum) {
      throw new IllegalArgumentException(
          "A session timer has "
              + LEAST
              + " s <= minimum <= interval, not minimum "
              + minimum
              + " and interval "
              + interval);
    }
  }
}
