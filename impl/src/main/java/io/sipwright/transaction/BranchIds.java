package io.sipwright.transaction;

import io.sipwright.syntax.RandomIds;
import org.jspecify.annotations.Nullable;

/** Values for the branch parameter of Via (RFC 3261 §8.1.1.7). */
public final class BranchIds {
  /** What the branch of a client that follows RFC 3261 begins with. */
  public static final String MAGIC_COOKIE = "z9hG4bK";

  /** What the branches of requests begin with whose answers nobody waits for. */
  private static final String UNATTENDED = MAGIC_COOKIE + "-unattended-";

  private BranchIds() {}

  /** A new branch: the cookie and 100 random bits. */
  public static String next() {
    return RandomIds.next(MAGIC_COOKIE);
  }

  /**
   * A new branch for a request that the stack sends by itself, so that an answer can be told from
   * one to a request of the program even when the transaction is over.
   */
  public static String nextUnattended() {
    return RandomIds.next(UNATTENDED);
  }

  /** Whether a branch is of {@link #nextUnattended}, in any case; false for null. */
  public static boolean isUnattended(@Nullable String branch) {
    return branch != null && branch.regionMatches(true, 0, UNATTENDED, 0, UNATTENDED.length());
  }

  /** Whether a branch has the cookie, in any case; false for null. */
  public static boolean hasCookie(@Nullable String branch) {
    return branch != null && branch.regionMatches(true, 0, MAGIC_COOKIE, 0, MAGIC_COOKIE.length());
  }
}
