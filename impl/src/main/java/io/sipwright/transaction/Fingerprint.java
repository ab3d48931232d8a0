package io.sipwright.transaction;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * 128 bits that stand for some texts and numbers: what's put in gives the same again in this
 * virtual machine, and anything else gives something else.
 *
 * <p>"Something else" holds as surely as random ids differ (decision 12): the bits are multiplied
 * with secrets of this run, so nobody can look for two inputs that meet, or fill one bucket of a
 * table. That's why tables needn't keep the texts.
 */
public final class Fingerprint {
  private static final long HIGH_SECRET;
  private static final long LOW_SECRET;
  private static final long HIGH_START;
  private static final long LOW_START;

  static {
    SecureRandom random = new SecureRandom();
    HIGH_SECRET = random.nextLong() | 1;
    LOW_SECRET = random.nextLong() | 1;
    HIGH_START = random.nextLong();
    LOW_START = random.nextLong();
  }

  /** Characters that go in at once: four of 16 bits. */
  private static final int AT_ONCE = 4;

  /** Put in behind each text, so that "ab", "c" isn't "a", "bc". */
  private static final long END_OF_TEXT = 1L << 32;

  private static final long NO_TEXT = 1L << 33;
  private static final long NUMBER = 1L << 34;

  private long high = HIGH_START;
  private long low = LOW_START;

  /** Of nothing yet. */
  public Fingerprint() {}

  /** Puts in a text, which may be null. */
  public Fingerprint text(@Nullable String text) {
    return put(text, false);
  }

  /** Puts in a text in which the case of ASCII letters means nothing. */
  Fingerprint caselessText(@Nullable String text) {
    return put(text, true);
  }

  /** Puts in a number. */
  public Fingerprint number(long number) {
    put(number);
    put(NUMBER);
    return this;
  }

  private Fingerprint put(@Nullable String text, boolean caseless) {
    if (text == null) {
      put(NO_TEXT);
      return this;
    }
    int length = text.length();
    long word = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      word = word << 16 | (caseless && c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
      if (i % AT_ONCE == AT_ONCE - 1) {
        put(word);
        word = 0;
      }
    }
    put(word);
    put(END_OF_TEXT | length);
    return this;
  }

  private void put(long word) {
    high = folded(high ^ word, HIGH_SECRET);
    low = folded(low ^ word, LOW_SECRET);
  }

  /** Both halves of the product, so that each bit counts for all. */
  private static long folded(long a, long b) {
    return Math.multiplyHigh(a, b) ^ a * b;
  }

  /** The upper 64 bits. */
  public long high() {
    return high;
  }

  /** The lower 64 bits: enough to spread entries over a table. */
  public long low() {
    return low;
  }
}
