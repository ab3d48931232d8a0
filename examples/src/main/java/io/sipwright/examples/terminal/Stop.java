package io.sipwright.examples.terminal;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish that a running program come to its end: from a signal (SIGINT, SIGTERM) or from the
 * program itself. A program that was asked still says what it did; only then the process ends, with
 * the program's own exit code.
 */
public final class Stop {
  private static final long SUMMARY_SECONDS = 10;

  private final boolean signals;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile int exitCode = 1;

  private Stop(boolean signals) {
    this.signals = signals;
  }

  /** A wish that signals to this process express too, while the program runs. */
  public static Stop onSignals() {
    return new Stop(true);
  }

  /** A wish that only {@link #ask} expresses. */
  public static Stop onDemand() {
    return new Stop(false);
  }

  /** Runs a program that looks at this wish; gives its exit code. */
  public int around(Callable<Integer> program) throws Exception {
    if (signals) {
      Runtime.getRuntime().addShutdownHook(new Thread(this::goDown, "stop"));
    }
    try {
      exitCode = program.call();
      return exitCode;
    } finally {
      done.countDown();
    }
  }

  /** Asks the program to end. May be called any number of times, by any thread. */
  public void ask() {
    asked.countDown();
  }

  /** True once somebody asked. */
  public boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Waits until somebody asks, or the time is over; true if somebody asked. */
  public boolean await(Duration longest) {
    try {
      return asked.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ask();
      return true;
    }
  }

  /**
   * Runs when the JVM goes down: after a signal the program is still at work, and gets time for its
   * summary.
   */
  private void goDown() {
    boolean signalled = done.getCount() > 0;
    ask();
    try {
      if (signalled && done.await(SUMMARY_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(exitCode);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
