package io.sipwright.syntax;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Sinks between two uses, so that whoever encodes a message allocates no more than the bytes that
 * come out. Safe for use by several threads, each with a sink of its own meanwhile.
 */
public final class SpareSinks {
  /** One for each of some threads, virtual ones too; a power of 2. */
  private static final int PLACES = 16;

  private static final int CAPACITY = 2048;

  /** A sink that has grown beyond this isn't kept. */
  private static final int MOST_KEPT = 16_384;

  private static final AtomicReferenceArray<@Nullable ByteSink> SPARE =
      new AtomicReferenceArray<>(PLACES);

  private SpareSinks() {}

  private static int place() {
    return (int) Thread.currentThread().getId() & (PLACES - 1);
  }

  /**
   * An empty sink, which nobody else uses until it's {@linkplain #giveBack given back}, or ever.
   */
  public static ByteSink take() {
    ByteSink spare = SPARE.getAndSet(place(), null);
    return spare == null ? new ByteSink(CAPACITY) : spare;
  }

  /** The caller has done with a sink, and holds neither it nor its {@link ByteSink#array()}. */
  public static void giveBack(ByteSink sink) {
    if (sink.array().length <= MOST_KEPT) {
      sink.clear();
      SPARE.set(place(), sink);
    }
  }
}
