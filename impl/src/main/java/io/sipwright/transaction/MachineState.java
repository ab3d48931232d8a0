package io.sipwright.transaction;

import org.jspecify.annotations.Nullable;

/**
 * A state of one of the four machines. It owns its timers: entering it stops those it doesn't own
 * and starts those it newly owns.
 */
interface MachineState {
  /** Its name outside. */
  TransactionStage stage();

  /** The timer that sends again and again in it, or null. */
  @Nullable Timer repeating();

  /** The timer that ends it, or null. */
  @Nullable Timer lasting();
}
