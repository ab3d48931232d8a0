package io.sipwright.transport;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link SimulatedNetwork} treats what goes from one address to another; the way back is
 * another link. May be changed at any time, for what is sent from then on. At first nothing is
 * delayed or lost.
 */
public final class SimulatedLink {
  // All guarded by the lock.
  private final Object lock = new Object();
  private long delayNanos;
  private long jitterNanos;
  private double loss;
  private double duplication;
  private double reordering;
  private long heldBackNanos;
  private int loseNext;
  private @Nullable Predicate<byte[]> losing;
  private boolean cut;
  private double damage;
  private long breakAfter = -1;
  private boolean breakByReset;

  /**
   * The end of a stream.
   *
   * @param after how many bytes of what is sent next still arrive
   * @param reset whether it's reset; otherwise its sender's side is closed
   */
  record Break(int after, boolean reset) {}

  SimulatedLink() {}

  /** A link that treats things as another does at this moment. */
  SimulatedLink(SimulatedLink other) {
    synchronized (other.lock) {
      delayNanos = other.delayNanos;
      jitterNanos = other.jitterNanos;
      loss = other.loss;
      duplication = other.duplication;
      reordering = other.reordering;
      heldBackNanos = other.heldBackNanos;
      loseNext = other.loseNext;
      losing = other.losing;
      cut = other.cut;
      damage = other.damage;
      breakAfter = other.breakAfter;
      breakByReset = other.breakByReset;
    }
  }

  /** How long everything is under way. */
  public SimulatedLink delay(Duration time) {
    synchronized (lock) {
      delayNanos = notNegative(time);
      return this;
    }
  }

  /** Adds a random time from nothing to this to each delay. Streams keep their order. */
  public SimulatedLink jitter(Duration most) {
    synchronized (lock) {
      jitterNanos = notNegative(most);
      return this;
    }
  }

  /** Loses datagrams with a probability from 0 to 1; streams lose nothing. */
  public SimulatedLink loss(double probability) {
    synchronized (lock) {
      loss = probability(probability);
      return this;
    }
  }

  /** Loses the next datagrams, then no more on this account. */
  public SimulatedLink loseNext(int datagrams) {
    synchronized (lock) {
      loseNext = datagrams;
      return this;
    }
  }

  /** Loses the datagrams that a test picks; null for none. */
  public SimulatedLink loseIf(@Nullable Predicate<byte[]> picked) {
    synchronized (lock) {
      losing = picked;
      return this;
    }
  }

  /** Delivers datagrams twice with a probability from 0 to 1. */
  public SimulatedLink duplication(double probability) {
    synchronized (lock) {
      duplication = probability(probability);
      return this;
    }
  }

  /** Holds datagrams back with a probability from 0 to 1, so that later ones overtake them. */
  public SimulatedLink reordering(double probability, Duration heldBack) {
    synchronized (lock) {
      reordering = probability(probability);
      heldBackNanos = notNegative(heldBack);
      return this;
    }
  }

  /**
   * Damages datagrams with a probability from 0 to 1: one byte becomes another one, or what's
   * behind some byte is missing.
   */
  public SimulatedLink damage(double probability) {
    synchronized (lock) {
      damage = probability(probability);
      return this;
    }
  }

  /**
   * Resets the stream that carries the next byte after so many more, once: what was sent up to
   * there arrives, be it half a message.
   */
  public SimulatedLink resetAfter(long bytes) {
    return breakAfter(bytes, true);
  }

  /**
   * As {@link #resetAfter}, but the sender's side of the stream is closed, and its other side not.
   */
  public SimulatedLink closeOutputAfter(long bytes) {
    return breakAfter(bytes, false);
  }

  private SimulatedLink breakAfter(long bytes, boolean byReset) {
    if (bytes < 0) {
      throw new IllegalArgumentException("Must not be negative: " + bytes);
    }
    synchronized (lock) {
      breakAfter = bytes;
      breakByReset = byReset;
      return this;
    }
  }

  /** The break that falls into the next bytes of a stream, or null. */
  @Nullable Break breakWithin(int length) {
    synchronized (lock) {
      if (breakAfter < 0) {
        return null;
      }
      if (breakAfter >= length) {
        breakAfter -= length;
        return null;
      }
      Break found = new Break((int) breakAfter, breakByReset);
      breakAfter = -1;
      return found;
    }
  }

  /** The bytes, or a damaged copy of them. */
  byte[] damaged(byte[] datagram, SplittableRandom random) {
    synchronized (lock) {
      if (damage == 0 || datagram.length == 0 || random.nextDouble() >= damage) {
        return datagram;
      }
      int place = random.nextInt(datagram.length);
      if (random.nextInt(4) == 0) {
        return Arrays.copyOf(datagram, place);
      }
      byte[] copy = datagram.clone();
      copy[place] = (byte) (copy[place] ^ (1 << random.nextInt(8)));
      return copy;
    }
  }

  /**
   * Cuts the link or mends it. While it's cut, datagrams get lost, connections can't be opened
   * (after four seconds that is a failure), and those that are open get stuck for good as soon as
   * something is sent on them.
   */
  public SimulatedLink cut(boolean now) {
    synchronized (lock) {
      cut = now;
      return this;
    }
  }

  boolean isCut() {
    synchronized (lock) {
      return cut;
    }
  }

  boolean loses(byte[] datagram, SplittableRandom random) {
    synchronized (lock) {
      // Drawn in every case, so that one setting doesn't change what another one does.
      boolean byChance = random.nextDouble() < loss;
      if (loseNext > 0) {
        loseNext--;
        return true;
      }
      return cut || byChance || (losing != null && losing.test(datagram));
    }
  }

  boolean duplicates(SplittableRandom random) {
    synchronized (lock) {
      return random.nextDouble() < duplication;
    }
  }

  /** Time under way, in nanoseconds, in order as far as jitter lets it. */
  long streamDelay(SplittableRandom random) {
    synchronized (lock) {
      return delayNanos + (long) (random.nextDouble() * jitterNanos);
    }
  }

  long datagramDelay(SplittableRandom random) {
    synchronized (lock) {
      return streamDelay(random) + (random.nextDouble() < reordering ? heldBackNanos : 0);
    }
  }

  private static long notNegative(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("Must not be negative: " + time);
    }
    return time.toNanos();
  }

  private static double probability(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("Must be from 0 to 1: " + value);
    }
    return value;
  }
}
