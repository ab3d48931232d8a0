package io.sipwright.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/** What is asked of every result. */
final class Property {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static boolean measuring = true;

  private Property() {}

  /** For where the code that's checked was changed, and takes memory that isn't its own. */
  static void withoutMeasuring() {
    measuring = false;
  }

  /** Fails with what's wrong and what it's about. */
  static void holds(boolean truth, String what, Object... shown) {
    if (!truth) {
      throw new AssertionError(what + ": " + Arrays.toString(shown));
    }
  }

  /** Fails unless both are equal and have the same hash code. */
  static void same(Object a, Object b, String what) {
    if (!a.equals(b) || !b.equals(a) || a.hashCode() != b.hashCode()) {
      throw new AssertionError(what + ":\n" + a + "\n" + b);
    }
  }

  /**
   * Gives what's made, and fails if that took too many bytes of the heap. What the first call of
   * some code costs, such as the loading of a class, doesn't count.
   */
  static <T> T within(long bytes, Supplier<T> maker) {
    if (!measuring) {
      return maker.get();
    }
    T made = null;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3 && least > bytes; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      made = maker.get();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    if (least > bytes) {
      throw new AssertionError("took " + least + " bytes, not " + bytes + ": " + made);
    }
    return made;
  }

  /** Bytes as text in which no byte is lost. */
  static String shown(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
