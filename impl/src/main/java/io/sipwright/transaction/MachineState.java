package io.sipwright.transaction;

import org.jspecify.annotations.Nullable;

/**
 * A state of one of the four machines. It owns its timers: entering it stops those it doesn't own
 * and starts those it newly owns.
 */
interface MachineState {
  /** What makes a state differ from others, but for its transitions. */
  record Traits(TransactionStage stage, @Nullable Timer repeating, @Nullable Timer lasting) {
    /**
     * @param state its name, the one of a stage
     */
    Traits(String state, @Nullable Timer repeating, @Nullable Timer lasting) {
      this(TransactionStage.valueOf(state), repeating, lasting);
    }
  }

  Traits traits();

  /** Its name outside. */
  default TransactionStage stage() {
    return traits().stage();
  }

  /** The timer that sends again and again in it, or null. */
  default @Nullable Timer repeating() {
    return traits().repeating();
  }

  /** The timer that ends it, or null. */
  default @Nullable Timer lasting() {
    return traits().lasting();
  }
}
