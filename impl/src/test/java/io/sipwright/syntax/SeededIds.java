package io.sipwright.syntax;

import java.util.SplittableRandom;

/** Ids that follow from a seed, for simulations that run twice in the same way. */
public final class SeededIds {
  private SeededIds() {}

  /** The calling thread gets ids that follow from a seed, from the first one on. */
  public static void use(long seed) {
    RandomIds.simulate(new SplittableRandom(seed));
  }

  /** The calling thread gets ids that nobody can guess again. */
  public static void stop() {
    RandomIds.simulate(null);
  }
}
