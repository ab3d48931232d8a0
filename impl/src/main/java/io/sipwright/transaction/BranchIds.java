package io.sipwright.transaction;

import io.sipwright.syntax.RandomIds;
import org.jspecify.annotations.Nullable;

/** Values for the branch parameter of Via (RFC 3261 §8.1.1.7). */
public final class BranchIds {
  /** What the branch of a client that follows RFC 3261 begins with. */
  public static final String MAGIC_COOKIE = "z9hG4bK";

  private BranchIds() {}

  /** A new branch: the cookie and 100 random bits. */
  public static String next() {
    return RandomIds.next(MAGIC_COOKIE);
  }

  /** Whether a branch has the cookie, in any case; false for null. */
  public static boolean hasCookie(@Nullable String branch) {
    return branch != null && branch.regionMatches(true, 0, MAGIC_COOKIE, 0, MAGIC_COOKIE.length());
  }
}
