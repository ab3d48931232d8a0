package io.sipwright.transaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hash table from 128-bit {@linkplain Fingerprint fingerprints} to objects that makes no object
 * of its own for an entry: hundreds of thousands of transactions linger in it, and each object more
 * is one that every garbage collection copies. Safe for use by many threads at once.
 *
 * <p>Entries lie side by side in arrays, each at the place that its fingerprint says or at the next
 * free one. There are several such arrays, each with a lock of its own, which is held for some
 * dozens of nanoseconds, and for some dozens of microseconds when an array grows or shrinks.
 *
 * @param <V> what's found
 */
public final class FingerprintTable<V> {
  private static final int SHARDS = 32;

  /** Of the low word, the bits that choose the array; those below choose the place in it. */
  private static final int SHARD_SHIFT = 59;

  private static final int LEAST_PLACES = 8;

  private final Shard<V>[] shards;

  /** An empty table. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic class
  public FingerprintTable() {
    shards = new Shard[SHARDS];
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = new Shard<>();
    }
  }

  private Shard<V> shard(long low) {
    return shards[(int) (low >>> SHARD_SHIFT)];
  }

  /** What was put in with a fingerprint, or null. */
  public @Nullable V get(long high, long low) {
    Shard<V> shard = shard(low);
    synchronized (shard) {
      return shard.get(high, low);
    }
  }

  /** The value of a key, null if there's none. */
  public @Nullable V get(TransactionKey key) {
    return get(key.high(), key.low());
  }

  /** Puts something in with a key's fingerprint: see {@link #putIfAbsent(long, long, Object)}. */
  public @Nullable V putIfAbsent(TransactionKey key, V value) {
    return putIfAbsent(key.high(), key.low(), value);
  }

  /** Takes out this very object, if it was put in with a key: see {@link #remove(long, Object)}. */
  public boolean remove(TransactionKey key, V value) {
    return remove(key.low(), value);
  }

  /** Puts something in unless there's something; gives back what's there, or null. */
  public @Nullable V putIfAbsent(long high, long low, V value) {
    Shard<V> shard = shard(low);
    synchronized (shard) {
      return shard.putIfAbsent(high, low, value);
    }
  }

  /**
   * Takes out this very object, wherever its fingerprint with that low word is; tells whether it
   * was in.
   */
  public boolean remove(long low, V value) {
    Shard<V> shard = shard(low);
    synchronized (shard) {
      return shard.remove(low, value);
    }
  }

  /** All there is at this moment, array by array, in no particular order. */
  public List<V> values() {
    List<V> all = new ArrayList<>();
    for (Shard<V> shard : shards) {
      synchronized (shard) {
        shard.addTo(all);
      }
    }
    return all;
  }

  /** Takes all out. */
  public void clear() {
    for (Shard<V> shard : shards) {
      synchronized (shard) {
        shard.resize(LEAST_PLACES, false);
      }
    }
  }

  /** How many places there are, free or not. */
  int places() {
    int places = 0;
    for (Shard<V> shard : shards) {
      synchronized (shard) {
        places += shard.values.length;
      }
    }
    return places;
  }

  /** One of the arrays; used under its lock. Linear probing, at most three quarters full. */
  private static final class Shard<V> {
    private long[] prints = new long[2 * LEAST_PLACES];
    private @Nullable Object[] values = new @Nullable Object[LEAST_PLACES];
    private int count;

    @SuppressWarnings("unchecked") // nothing else is put in
    private V value(int place) {
      return (V) values[place];
    }

    @Nullable V get(long high, long low) {
      int mask = values.length - 1;
      for (int i = (int) low & mask; values[i] != null; i = (i + 1) & mask) {
        if (prints[2 * i] == low && prints[2 * i + 1] == high) {
          return value(i);
        }
      }
      return null;
    }

    @Nullable V putIfAbsent(long high, long low, V value) {
      V known = get(high, low);
      if (known != null) {
        return known;
      }
      if (4 * (count + 1) > 3 * values.length) {
        resize(2 * values.length, true);
      }
      place(high, low, value);
      count++;
      return null;
    }

    private void place(long high, long low, Object value) {
      int mask = values.length - 1;
      int i = (int) low & mask;
      while (values[i] != null) {
        i = (i + 1) & mask;
      }
      prints[2 * i] = low;
      prints[2 * i + 1] = high;
      values[i] = value;
    }

    boolean remove(long low, V value) {
      int mask = values.length - 1;
      for (int i = (int) low & mask; values[i] != null; i = (i + 1) & mask) {
        if (values[i] == value) {
          close(i);
          count--;
          if (values.length > LEAST_PLACES && 8 * count < values.length) {
            resize(values.length / 2, true);
          }
          return true;
        }
      }
      return false;
    }

    /** Moves back into a gap what would not be found behind it. */
    private void close(int removed) {
      int mask = values.length - 1;
      int gap = removed;
      for (int i = (gap + 1) & mask; values[i] != null; i = (i + 1) & mask) {
        int home = (int) prints[2 * i] & mask;
        if (((i - home) & mask) >= ((i - gap) & mask)) {
          prints[2 * gap] = prints[2 * i];
          prints[2 * gap + 1] = prints[2 * i + 1];
          values[gap] = values[i];
          gap = i;
        }
      }
      values[gap] = null;
    }

    void resize(int places, boolean keep) {
      long[] oldPrints = prints;
      @Nullable Object[] old = values;
      prints = new long[2 * places];
      values = new @Nullable Object[places];
      if (!keep) {
        count = 0;
        return;
      }
      for (int i = 0; i < old.length; i++) {
        Object value = old[i];
        if (value != null) {
          place(oldPrints[2 * i + 1], oldPrints[2 * i], value);
        }
      }
    }

    void addTo(List<V> all) {
      for (int i = 0; i < values.length; i++) {
        if (values[i] != null) {
          all.add(value(i));
        }
      }
    }
  }
}
