package io.sipwright.time;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real time, with a hashed wheel for the alarms: arming and disarming cost the same few nanoseconds
 * however many there are, and nothing is allocated.
 *
 * <p>Alarms hang in a ring of buckets, one for each tick of 8.4 ms; one turn takes 34 s, a little
 * more than the longest timer of RFC 3261, and what is due in a later turn waits in its bucket
 * until then. An alarm rings at the first tick at or after its time. One thread rings them all, in
 * the order of their ticks and, within a tick, of their arming. It starts with the first alarm and
 * sleeps until the next bucket that holds something: with nothing armed it sleeps for good.
 */
public final class WheelClock implements Clock, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WheelClock.class);

  /** A tick is 2 to the power of this, in nanoseconds. */
  private static final int TICK_SHIFT = 23;

  private static final long TICK_NANOS = 1L << TICK_SHIFT;
  private static final int BUCKETS = 4096;
  private static final int MASK = BUCKETS - 1;

  /** Index in {@link #heads} of the list of those that are due and will ring next. */
  private static final int RINGING = BUCKETS;

  /** Value of {@link Alarm#due} in that list; elsewhere it's the tick. */
  private static final long IS_RINGING = -2;

  /** Longest delay: 73 years, so that no sum overflows. */
  private static final long LONGEST_NANOS = Long.MAX_VALUE / 4;

  private static final long AWAKE = Long.MIN_VALUE;
  private static final long FOR_GOOD = Long.MAX_VALUE;

  private final String threadName;
  private final boolean daemon;
  private final long origin = System.nanoTime();
  private final Object lock = new Object();

  // All guarded by the lock.
  private final @Nullable Alarm[] heads = new @Nullable Alarm[BUCKETS + 1];
  private final long[] occupied = new long[BUCKETS / Long.SIZE];
  private int armed;

  /** The first tick whose bucket hasn't been emptied yet. */
  private long cursor;

  /** The tick the thread sleeps until. */
  private long sleepsUntil = AWAKE;

  private boolean closed;
  private @Nullable Thread thread;

  /**
   * A clock whose thread isn't running yet.
   *
   * @param threadName the thread's name
   * @param daemon whether the virtual machine may end while the thread runs
   */
  public WheelClock(String threadName, boolean daemon) {
    this.threadName = threadName;
    this.daemon = daemon;
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  /** {@inheritDoc} No effect on a closed clock. */
  @Override
  public void arm(Alarm alarm, long delayNanos) {
    long delay = Math.min(Math.max(delayNanos, 0), LONGEST_NANOS);
    Thread toWake = null;
    synchronized (lock) {
      unlink(alarm);
      if (closed) {
        return;
      }
      // Read under the lock, so that what is armed later is never in an earlier tick.
      long time = System.nanoTime() - origin + delay;
      long tick = Math.max((time + TICK_NANOS - 1) >> TICK_SHIFT, cursor);
      alarm.due = tick;
      push((int) (tick & MASK), alarm);
      armed++;
      if (thread == null) {
        thread = start();
      } else if (tick < sleepsUntil) {
        sleepsUntil = tick;
        toWake = thread;
      }
    }
    if (toWake != null) {
      LockSupport.unpark(toWake);
    }
  }

  @Override
  public void disarm(Alarm alarm) {
    synchronized (lock) {
      unlink(alarm);
    }
  }

  /** Number of armed alarms. */
  public int armed() {
    synchronized (lock) {
      return armed;
    }
  }

  /**
   * Disarms everything and ends the thread. Once this returns nothing rings any more; except that
   * it waits no longer than two seconds for an alarm that's ringing, and not at all when called by
   * that alarm itself.
   */
  @Override
  public void close() {
    Thread ending;
    synchronized (lock) {
      closed = true;
      for (int i = 0; i < heads.length; i++) {
        for (Alarm alarm = heads[i]; alarm != null; alarm = heads[i]) {
          unlink(alarm);
        }
      }
      ending = thread;
    }
    if (ending == null || ending == Thread.currentThread()) {
      return;
    }
    LockSupport.unpark(ending);
    try {
      ending.join(2000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Thread start() {
    Thread t = new Thread(this::run, threadName);
    t.setDaemon(daemon);
    t.start();
    return t;
  }

  private void run() {
    while (true) {
      Alarm alarm;
      long pause = 0;
      synchronized (lock) {
        if (closed) {
          return;
        }
        sleepsUntil = AWAKE;
        alarm = pop();
        if (alarm == null) {
          long now = System.nanoTime() - origin;
          collect(now >> TICK_SHIFT);
          alarm = pop();
          if (alarm == null) {
            sleepsUntil = nextOccupied();
            pause = sleepsUntil == FOR_GOOD ? FOR_GOOD : (sleepsUntil << TICK_SHIFT) - now;
          }
        }
      }
      if (alarm == null) {
        sleep(pause);
      } else {
        ring(alarm);
      }
    }
  }

  private void sleep(long nanos) {
    if (nanos == FOR_GOOD) {
      LockSupport.park(this);
    } else {
      LockSupport.parkNanos(this, nanos);
    }
    // An interrupt means nothing here, but would keep the thread from sleeping.
    Thread.interrupted();
  }

  private static void ring(Alarm alarm) {
    try {
      alarm.ring();
    } catch (Throwable e) {
      LOG.error("An alarm failed", e);
    }
  }

  /** Moves what is due up to a tick to the list of those that ring. */
  private void collect(long nowTick) {
    while (cursor <= nowTick) {
      long tick = nextOccupied();
      if (tick > nowTick) {
        cursor = nowTick + 1;
        return;
      }
      int bucket = (int) (tick & MASK);
      Alarm alarm = heads[bucket];
      while (alarm != null) {
        Alarm following = alarm.next;
        // The latest comes first in a bucket; moved one by one, the earliest comes first.
        if (alarm.due <= tick) {
          remove(bucket, alarm);
          alarm.due = IS_RINGING;
          push(RINGING, alarm);
        }
        alarm = following;
      }
      cursor = tick + 1;
      if (heads[RINGING] != null) {
        return;
      }
    }
  }

  private @Nullable Alarm pop() {
    Alarm first = heads[RINGING];
    if (first != null) {
      unlink(first);
    }
    return first;
  }

  /** The first tick from the cursor on whose bucket holds something, or {@link #FOR_GOOD}. */
  private long nextOccupied() {
    int start = (int) (cursor & MASK);
    int words = occupied.length;
    int at = start / Long.SIZE;
    long word = occupied[at] & (-1L << start);
    for (int i = 0; i <= words; i++) {
      if (word != 0) {
        int bucket = at * Long.SIZE + Long.numberOfTrailingZeros(word);
        return cursor + ((bucket - start) & MASK);
      }
      at = (at + 1) % words;
      word = occupied[at];
    }
    return FOR_GOOD;
  }

  private void unlink(Alarm alarm) {
    if (alarm.due == Alarm.IDLE) {
      return;
    }
    remove(alarm.due == IS_RINGING ? RINGING : (int) (alarm.due & MASK), alarm);
    alarm.due = Alarm.IDLE;
    armed--;
  }

  private void push(int list, Alarm alarm) {
    Alarm head = heads[list];
    alarm.next = head;
    if (head != null) {
      head.previous = alarm;
    } else if (list != RINGING) {
      occupied[list / Long.SIZE] |= 1L << list;
    }
    heads[list] = alarm;
  }

  private void remove(int list, Alarm alarm) {
    Alarm before = alarm.previous;
    Alarm after = alarm.next;
    if (after != null) {
      after.previous = before;
    }
    if (before != null) {
      before.next = after;
    } else {
      heads[list] = after;
      if (after == null && list != RINGING) {
        occupied[list / Long.SIZE] &= ~(1L << list);
      }
    }
    alarm.previous = null;
    alarm.next = null;
  }
}
