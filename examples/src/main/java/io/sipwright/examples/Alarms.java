package io.sipwright.examples;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A thread that does things later, for one program. An alarm that is cancelled is forgotten at
 * once; closing drops those that have not come yet.
 */
public final class Alarms implements AutoCloseable {
  private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);

  /** No alarm is set yet. */
  public Alarms() {
    thread.setRemoveOnCancelPolicy(true);
  }

  /** Does something after that time, on the thread that all alarms share. */
  public ScheduledFuture<?> after(Duration delay, Runnable action) {
    return thread.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
