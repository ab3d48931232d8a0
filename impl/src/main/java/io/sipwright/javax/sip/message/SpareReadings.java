package io.sipwright.javax.sip.message;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Readings between two uses. Safe for use by several threads, each with its own meanwhile. */
final class SpareReadings {
  /** One for each of some threads, virtual ones too; a power of 2. */
  private static final int PLACES = 16;

  private final AtomicReferenceArray<@Nullable Reading> spare = new AtomicReferenceArray<>(PLACES);

  private static int place() {
    return (int) Thread.currentThread().getId() & (PLACES - 1);
  }

  /** One that nobody else uses until it's given back, or ever. */
  Reading take(MessageParser parser) {
    Reading reading = spare.getAndSet(place(), null);
    if (reading == null) {
      return new Reading(parser);
    }
    reading.parser = parser;
    return reading;
  }

  /** The caller has done with it, and it holds nothing of what it has read. */
  void giveBack(Reading reading) {
    spare.set(place(), reading);
  }
}
