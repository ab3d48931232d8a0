package io.sipwright.locator;

import io.sipwright.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which targets failed lately, so that the next request doesn't lose its time there too (RFC 3261
 * §21.5.4, RFC 3263 §4.3).
 *
 * <p>A target that failed goes to the end of the lists for a while, but never out of them. When the
 * while is over, one request may try it in its proper place; the others wait for what comes of
 * that. If it fails again the time doubles, up to sixteen times; any answer but a 503 ends it.
 */
public final class TargetMemory {
  private static final int MOST_TARGETS = 10_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long LONGEST_RETRY_AFTER_SECONDS = 3600;
  private static final int MOST_DOUBLINGS = 4;

  /** What's known of a target that failed. */
  private static final class Failed {
    int failures;
    long until;
  }

  private final Clock clock;
  private final long holdNanos;
  private final Map<Target, Failed> failed = new LinkedHashMap<>(); // guarded by itself
  private volatile boolean empty = true;

  /**
   * An empty memory.
   *
   * @param holdMillis how long to stay away after a first failure; 0 remembers nothing but
   *     Retry-After
   */
  public TargetMemory(Clock clock, long holdMillis) {
    this.clock = clock;
    this.holdNanos = holdMillis * NANOS_PER_MILLI;
  }

  /** Notes that a target can't be reached, or didn't answer in time. */
  public void failed(Target target) {
    hold(target, -1);
  }

  /**
   * Notes that a target answered 503.
   *
   * @param retryAfterSeconds the Retry-After of the response, which is kept to as it is, up to an
   *     hour; not above 0 if it has none
   */
  public void unavailable(Target target, long retryAfterSeconds) {
    hold(target, retryAfterSeconds);
  }

  private void hold(Target target, long retryAfterSeconds) {
    long asked = Math.min(LONGEST_RETRY_AFTER_SECONDS, retryAfterSeconds) * 1_000_000_000;
    if (holdNanos == 0 && asked <= 0) {
      return;
    }
    Target key = keyOf(target);
    synchronized (failed) {
      Failed entry = failed.remove(key);
      entry = entry == null ? new Failed() : entry;
      long own = holdNanos << Math.min(MOST_DOUBLINGS, entry.failures);
      entry.failures++;
      entry.until = clock.nanos() + (asked > 0 ? asked : own);
      failed.put(key, entry);
      if (failed.size() > MOST_TARGETS) {
        Target oldest = failed.keySet().iterator().next();
        failed.remove(oldest);
      }
      empty = false;
    }
  }

  /** Notes that a target answered. */
  public void answered(Target target) {
    if (empty) {
      return;
    }
    synchronized (failed) {
      failed.remove(keyOf(target));
      empty = failed.isEmpty();
    }
  }

  /** How many targets are remembered. */
  public int size() {
    synchronized (failed) {
      return failed.size();
    }
  }

  /** Whether a request should rather go elsewhere. */
  public boolean isHeld(Target target) {
    if (empty) {
      return false;
    }
    synchronized (failed) {
      Failed entry = failed.get(keyOf(target));
      return entry != null && entry.until - clock.nanos() > 0;
    }
  }

  /**
   * The order to try targets in: those that failed lately last, the one whose time is over first
   * before the others of them. If the first one is due to be tried again, the caller is the one who
   * does it.
   */
  public List<Target> order(List<Target> targets) {
    if (empty || targets.size() < 2) {
      return targets;
    }
    synchronized (failed) {
      long now = clock.nanos();
      List<Target> good = new ArrayList<>(targets.size());
      List<Target> held = new ArrayList<>();
      for (Target target : targets) {
        Failed entry = failed.get(keyOf(target));
        (entry != null && entry.until - now > 0 ? held : good).add(target);
      }
      if (!good.isEmpty()) {
        probe(failed.get(keyOf(good.get(0))), now);
      }
      held.sort(Comparator.comparingLong(this::untilOf));
      good.addAll(held);
      return good;
    }
  }

  /** While one tries, the others stay away. */
  private void probe(@Nullable Failed entry, long now) {
    if (entry != null) {
      entry.until = now + holdNanos;
    }
  }

  private long untilOf(Target target) {
    Failed entry = failed.get(keyOf(target));
    return entry == null ? Long.MIN_VALUE : entry.until;
  }

  private static Target keyOf(Target target) {
    return target.domain() == null
        ? target
        : new Target(target.host(), target.port(), target.transport());
  }
}
