package io.sipwright.dialog;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * INVITEs and UPDATEs that meet within a dialog (RFC 3261 §14, RFC 3311 §5.2, RFC 5407 §3.1.5,
 * §3.3).
 */
public final class Reinvite {
  private static final int UNIT_MILLIS = 10;

  private Reinvite() {}

  /** What becomes of an INVITE or UPDATE that came in within a dialog. */
  public enum Verdict {
    /** Nothing is in its way. */
    ACCEPT(0),
    /** An INVITE or an offer of our own is in progress: 491 (RFC 3261 §14.2, RFC 3311 §5.2). */
    REQUEST_PENDING(491),
    /**
     * The peer's request before it has no final response yet, or its offer no answer: 500 with a
     * Retry-After of 0 to 10 s (RFC 3261 §14.2, RFC 3311 §5.2).
     */
    RETRY_LATER(500);

    private final int status;

    Verdict(int status) {
      this.status = status;
    }

    /** The status to answer; 0 for none. */
    public int status() {
      return status;
    }
  }

  /**
   * Whether an INVITE that came in can be accepted.
   *
   * @param ownPending whether an INVITE we sent has no final response yet
   * @param theirsPending whether an INVITE they sent before has no final response yet
   * @param offer the offer that waits for its answer, or null
   */
  public static Verdict onInvite(
      boolean ownPending, boolean theirsPending, @Nullable PendingOffer offer) {
    if (theirsPending || (offer != null && !offer.ours())) {
      return Verdict.RETRY_LATER;
    }
    return ownPending || offer != null ? Verdict.REQUEST_PENDING : Verdict.ACCEPT;
  }

  /**
   * Whether an UPDATE that came in can be accepted.
   *
   * @param theirsPending whether an UPDATE they sent before has no final response yet
   * @param offers whether it carries an offer
   * @param offer the offer that waits for its answer, or null
   */
  public static Verdict onUpdate(
      boolean theirsPending, boolean offers, @Nullable PendingOffer offer) {
    if (theirsPending || (offers && offer != null && !offer.ours())) {
      return Verdict.RETRY_LATER;
    }
    return offers && offer != null ? Verdict.REQUEST_PENDING : Verdict.ACCEPT;
  }

  /** Seconds to ask for in the Retry-After of a {@link Verdict#RETRY_LATER}: 0 to 10. */
  public static int retryAfterSeconds(RandomGenerator random) {
    return random.nextInt(11);
  }

  /**
   * Milliseconds to wait after a 491 before trying again: 2.1 to 4 s for the side that made the
   * Call-ID, 0 to 2 s for the other, in steps of 10 ms (RFC 3261 §14.1).
   */
  public static int delayAfter491Millis(boolean ownsCallId, RandomGenerator random) {
    return UNIT_MILLIS * (ownsCallId ? 210 + random.nextInt(191) : random.nextInt(201));
  }
}
