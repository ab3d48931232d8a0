package io.sipwright.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time that stands still until somebody advances it: for tests in which hours pass in milliseconds.
 *
 * <p>Alarms ring on the thread that advances, one after another, in the order of their times and,
 * at the same time, of their arming; whatever an alarm arms rings in the same run if its time falls
 * into it. While an alarm rings, the clock shows that alarm's time. May be used by several threads;
 * a thread that wants to advance waits until another has finished doing so.
 */
public final class VirtualClock implements Clock {
  private static final Logger LOG = LoggerFactory.getLogger(VirtualClock.class);

  /** More rings than this at one point in time, and somebody is running in circles. */
  private static final int MOST_AT_ONCE = 10_000_000;

  private record Entry(long due, long number, Alarm alarm) {}

  private final Instant start;
  private final ReentrantLock advancing = new ReentrantLock();

  // The rest is guarded by this.
  private final TreeSet<Entry> queue =
      new TreeSet<>(Comparator.comparingLong(Entry::due).thenComparingLong(Entry::number));
  private final IdentityHashMap<Alarm, Entry> entries = new IdentityHashMap<>();
  private final List<Throwable> failures = new ArrayList<>();
  private long nanos;
  private long armings;

  /** A clock that shows the first moment of 2026 (UTC). */
  public VirtualClock() {
    this(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /**
   * A clock with a start of one's own.
   *
   * @param start what {@link #now()} shows at first
   */
  public VirtualClock(Instant start) {
    this.start = start;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized Instant now() {
    return start.plusNanos(nanos);
  }

  @Override
  public synchronized void arm(Alarm alarm, long delayNanos) {
    disarm(alarm);
    long delay = Math.max(delayNanos, 0);
    long due = delay > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : nanos + delay;
    Entry entry = new Entry(due, armings++, alarm);
    entries.put(alarm, entry);
    queue.add(entry);
  }

  @Override
  public synchronized void disarm(Alarm alarm) {
    Entry entry = entries.remove(alarm);
    if (entry != null) {
      queue.remove(entry);
    }
  }

  /** Number of armed alarms. */
  public synchronized int armed() {
    return queue.size();
  }

  /** Time until the next alarm rings, or null if none is armed. */
  public synchronized @Nullable Duration untilNext() {
    return queue.isEmpty() ? null : Duration.ofNanos(queue.first().due - nanos);
  }

  /** What alarms have thrown so far, in order; the list is a copy. */
  public synchronized List<Throwable> failures() {
    return List.copyOf(failures);
  }

  /**
   * Lets time pass and rings what falls due.
   *
   * @param time not negative; zero rings what is due by now
   * @throws IllegalStateException if called by a ringing alarm
   */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("Time doesn't run backwards: " + time);
    }
    run(nanos() + time.toNanos(), true);
  }

  /**
   * Lets time pass up to a moment and rings what falls due.
   *
   * @param moment not before {@link #now()}
   * @throws IllegalStateException if called by a ringing alarm
   */
  public void advanceTo(Instant moment) {
    advance(Duration.between(now(), moment));
  }

  /**
   * Lets time pass from alarm to alarm until none is armed any more, but not longer than a limit.
   * The clock then shows the time of the last one that rang.
   *
   * @param limit longest time that may pass; what is due later stays armed
   * @return whether nothing is armed any more
   * @throws IllegalStateException if called by a ringing alarm
   */
  public boolean runUntilIdle(Duration limit) {
    run(nanos() + limit.toNanos(), false);
    return armed() == 0;
  }

  /** {@link #runUntilIdle(Duration)} with a limit of one day. */
  public boolean runUntilIdle() {
    return runUntilIdle(Duration.ofDays(1));
  }

  private void run(long until, boolean toTheEnd) {
    if (advancing.isHeldByCurrentThread()) {
      throw new IllegalStateException("An alarm can't advance the clock that rings it");
    }
    advancing.lock();
    try {
      long at = -1;
      int count = 0;
      for (Entry entry = take(until); entry != null; entry = take(until)) {
        count = entry.due == at ? count + 1 : 0;
        at = entry.due;
        if (count > MOST_AT_ONCE) {
          throw new IllegalStateException(
              "More than " + MOST_AT_ONCE + " alarms rang without any time passing");
        }
        ring(entry.alarm);
      }
      if (toTheEnd) {
        passTo(until);
      }
    } finally {
      advancing.unlock();
    }
  }

  private synchronized @Nullable Entry take(long until) {
    if (queue.isEmpty() || queue.first().due > until) {
      return null;
    }
    Entry entry = queue.first();
    disarm(entry.alarm);
    passTo(entry.due);
    return entry;
  }

  private synchronized void passTo(long time) {
    nanos = Math.max(nanos, time);
  }

  private void ring(Alarm alarm) {
    try {
      alarm.ring();
    } catch (Throwable e) {
      LOG.error("An alarm failed", e);
      synchronized (this) {
        failures.add(e);
      }
    }
  }
}
