package io.sipwright.transaction;

/**
 * The timers of RFC 3261 Table 4 with those of RFC 6026 §8.11; C is a proxy core's (RFC 3261
 * §16.6), not a transaction's. All times are in milliseconds.
 */
enum Timer {
  /** INVITE request retransmit interval, for unreliable transports only. */
  A,
  /** INVITE transaction time-out. */
  B,
  /** Wait time for response retransmits. */
  D,
  /** Non-INVITE request retransmit interval, for unreliable transports only. */
  E,
  /** Non-INVITE transaction time-out. */
  F,
  /** INVITE response retransmit interval, for unreliable transports only. */
  G,
  /** Wait time for receipt of the ACK. */
  H,
  /** Wait time for ACK retransmits. */
  I,
  /** Wait time for non-INVITE request retransmits. */
  J,
  /** Wait time for response retransmits. */
  K,
  /** Wait time for accepted INVITE request retransmits. */
  L,
  /** Wait time for retransmission of 2xx to INVITE, or additional 2xx from other branches. */
  M,
  /**
   * Wait time for the final response to an INVITE that was cancelled. It has no letter, and runs
   * where it was asked for: 64·T1 (RFC 3261 §9.1).
   */
  CANCELLED,
  /**
   * Time until a server sends 100 by itself. It has no letter and no length of its own: it runs
   * where it was asked for (RFC 3261 §17.2.1: 200 ms; RFC 4320 §4.1).
   */
  TRYING;

  /** The length of a timer that doesn't run. */
  static final long NEVER = -1;

  /** What Timer D lasts at least on an unreliable transport (RFC 3261 §17.1.1.2). */
  private static final long LEAST_D = 32_000;

  /** Its first length, or {@link #NEVER}. */
  long first(Timings t, boolean reliable) {
    return switch (this) {
      case A, E, G -> reliable ? NEVER : t.t1();
      case B, F, H, L, M -> 64L * t.t1();
      case D -> reliable ? 0 : Math.max(LEAST_D, 64L * t.t1());
      case J -> reliable ? 0 : 64L * t.t1();
      case I, K -> reliable ? 0 : t.t4();
      case CANCELLED, TRYING -> NEVER;
    };
  }

  /** Its length after it has fired, for those that go on: A doubles, E and G double up to T2. */
  long next(long previous, Timings t) {
    return switch (this) {
      case A -> 2 * previous;
      case E, G -> Math.min(2 * previous, t.t2());
      case B, D, F, H, I, J, K, L, M, CANCELLED, TRYING -> NEVER;
    };
  }
}
