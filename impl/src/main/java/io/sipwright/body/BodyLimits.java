package io.sipwright.body;

/**
 * How much one body may cost.
 *
 * @param parts most body parts in all, nested ones included
 * @param nesting how deep multiparts may lie within each other: 1 allows none inside another
 */
public record BodyLimits(int parts, int nesting) {
  /** 128 parts, 8 deep. */
  public static final BodyLimits DEFAULT = new BodyLimits(128, 8);

  /** Deepest nesting that may be allowed: each level looks at the bytes once more. */
  public static final int MAX_NESTING = 64;

  /** Checks the ranges. */
  public BodyLimits {
    if (parts < 1 || nesting < 1 || nesting > MAX_NESTING) {
      throw new IllegalArgumentException(
          "parts must be positive and nesting from 1 to "
              + MAX_NESTING
              + ": "
              + parts
              + ", "
              + nesting);
    }
  }
}
