package io.sipwright.syntax;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Identifiers that nobody can guess: for branches, tags, Call-IDs and nonces.
 *
 * <p>Each holds 100 bits out of a {@link SecureRandom} in 20 lower-case letters and digits, so that
 * it's a token, and unique under comparison with or without regard to case. The random bytes are
 * drawn in blocks, as one by one they'd cost more than the rest of a message; which block a thread
 * takes them from depends on its id, so that threads seldom meet at the same one.
 */
public final class RandomIds {
  /** Length of an id, in characters. */
  public static final int LENGTH = 20;

  /** Random bytes for one id: 104 bits, of which 100 are used. */
  private static final int BYTES_EACH = 13;

  private static final int BLOCK_BYTES = 315 * BYTES_EACH;
  private static final int BLOCKS = 16;
  private static final byte[] ALPHABET =
      "abcdefghijklmnopqrstuvwxyz234567".getBytes(StandardCharsets.US_ASCII);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Block[] ALL = new Block[BLOCKS];

  static {
    Arrays.setAll(ALL, i -> new Block());
  }

  /** What tests of this package have put in place of it for a thread of theirs; null elsewhere. */
  private static volatile @Nullable ThreadLocal<@Nullable RandomGenerator> simulated;

  private RandomIds() {}

  /** A new id. */
  public static String next() {
    return next("");
  }

  /** A new id behind a prefix of ASCII characters. */
  public static String next(String prefix) {
    int start = prefix.length();
    byte[] id = new byte[start + LENGTH];
    for (int i = 0; i < start; i++) {
      id[i] = (byte) prefix.charAt(i);
    }
    block().take(id, start);
    return new String(id, StandardCharsets.ISO_8859_1);
  }

  /**
   * A number that nobody can guess.
   *
   * @param least the lowest that may come
   * @param bound above the highest; positive, and above {@code least}, which isn't negative
   */
  public static int number(int least, int bound) {
    return least + (int) Math.floorMod(block().takeLong(), (long) bound - least);
  }

  private static Block block() {
    ThreadLocal<@Nullable RandomGenerator> replaced = simulated;
    RandomGenerator own = replaced == null ? null : replaced.get();
    return own == null
        ? ALL[(int) (Thread.currentThread().getId() & (BLOCKS - 1))]
        : new Block(own);
  }

  /**
   * Replaces the source of randomness for the calling thread, so that a simulation runs twice in
   * the same way. For tests, which is why nobody outside of this package can do it.
   *
   * @param source where ids come from; null goes back to the unguessable ones
   */
  static void simulate(@Nullable RandomGenerator source) {
    ThreadLocal<@Nullable RandomGenerator> replaced = simulated;
    if (replaced == null) {
      replaced = new ThreadLocal<>();
      simulated = replaced;
    }
    replaced.set(source);
  }

  /** Random bytes drawn ahead. */
  private static final class Block {
    private final RandomGenerator source;
    private final byte[] bytes;
    private int used;

    Block() {
      this(RANDOM, BLOCK_BYTES);
    }

    /** Bytes for one id. */
    Block(RandomGenerator source) {
      this(source, BYTES_EACH);
    }

    private Block(RandomGenerator source, int size) {
      this.source = source;
      bytes = new byte[size];
      used = size;
    }

    private void refill() {
      if (used == bytes.length) {
        source.nextBytes(bytes);
        used = 0;
      }
    }

    synchronized long takeLong() {
      refill();
      long value = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        value = value << 8 | (bytes[used + i] & 0xff);
      }
      Arrays.fill(bytes, used, used + BYTES_EACH, (byte) 0);
      used += BYTES_EACH;
      return value;
    }

    synchronized void take(byte[] id, int start) {
      refill();
      int bits = 0;
      int count = 0;
      int next = used;
      for (int i = 0; i < LENGTH; i++) {
        if (count < 5) {
          bits = bits << 8 | (bytes[next] & 0xff);
          bytes[next++] = 0; // nothing in memory tells what was given out
          count += 8;
        }
        count -= 5;
        id[start + i] = ALPHABET[bits >> count & 31];
      }
      used += BYTES_EACH;
    }
  }
}
