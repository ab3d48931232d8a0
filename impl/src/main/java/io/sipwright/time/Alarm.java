package io.sipwright.time;

import org.jspecify.annotations.Nullable;

/**
 * Something that rings once when its time has come; may be armed again after that. One object
 * serves for all of its life, so that a million timers cost a million small objects and nothing
 * else. It belongs to the clock it was armed on first: it can't be armed on two.
 */
public abstract class Alarm {
  /** Value of {@link #due} while not armed. */
  static final long IDLE = -1;

  /** Neighbours in a clock's list; guarded by that clock's lock, like {@link #due}. */
  @Nullable Alarm previous;

  @Nullable Alarm next;

  /** When to ring, in the clock's own unit, or {@link #IDLE}. */
  long due = IDLE;

  /**
   * Called when the time has come, on the clock's thread: must not block. What it throws is logged
   * and goes no further.
   */
  protected abstract void ring();

  /** An alarm that runs an action. */
  public static Alarm of(Runnable action) {
    return new Alarm() {
      @Override
      protected void ring() {
        action.run();
      }
    };
  }
}
