package io.sipwright.javax.sip.header;

import javax.sip.InvalidArgumentException;

/** The bounds of numbers in header values. */
final class Ranges {
  /** {@code delta-seconds} and the like are below 2**32 (RFC 3261 §20.19). */
  static final long UNSIGNED_32 = (1L << 32) - 1;

  private Ranges() {}

  /**
   * Gives back a number within bounds, both inclusive.
   *
   * @throws InvalidArgumentException otherwise, naming what it is and what would be right
   */
  static long check(long number, long min, long max, String what) throws InvalidArgumentException {
    if (number < min || number > max) {
      throw new InvalidArgumentException(
          what + " " + number + " is out of range: " + min + " to " + max);
    }
    return number;
  }

  /** The number as an {@code int}; those that don't fit become {@link Integer#MAX_VALUE}. */
  static int clamp(long number) {
    return (int) Math.min(number, Integer.MAX_VALUE);
  }
}
