package io.sipwright.syntax;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

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
    ALL[(int) (Thread.currentThread().getId() & (BLOCKS - 1))].take(id, start);
    return new String(id, StandardCharsets.ISO_8859_1);
  }

  /** Random bytes drawn ahead. */
  private static final class Block {
    private final byte[] bytes = new byte[BLOCK_BYTES];
    private int used = BLOCK_BYTES;

    synchronized void take(byte[] id, int start) {
      if (used == BLOCK_BYTES) {
        RANDOM.nextBytes(bytes);
        used = 0;
      }
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
