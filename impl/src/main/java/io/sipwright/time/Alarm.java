package io.sipwright.time;

/**
 * Something that rings once when its time has come; may be armed again after that. One object
 * serves for all of its life, so that a million timers cost a million small objects and nothing
 * else.
 */
public abstract class Alarm {
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
