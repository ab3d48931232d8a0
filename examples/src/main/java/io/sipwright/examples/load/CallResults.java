package io.sipwright.examples.load;

import io.sipwright.examples.terminal.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What became of the calls placed, and how long the answers took. */
final class CallResults {
  private final LongAdder placed = new LongAdder();
  private final LongAdder completed = new LongAdder();
  private final LongAdder repeats = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Map<String, LongAdder> reasons = new ConcurrentSkipListMap<>();
  private final Percentiles answer = new Percentiles();
  private final Percentiles hangUp = new Percentiles();

  void placed() {
    placed.increment();
  }

  /** An INVITE was answered 2xx, that long after it was sent. */
  void answered(long nanos) {
    answer.add(nanos);
  }

  /** A BYE was answered 2xx, that long after it was sent. */
  void hungUp(long nanos) {
    hangUp.add(nanos);
  }

  void completed() {
    completed.increment();
  }

  /** An answer came once more. */
  void repeated() {
    repeats.increment();
  }

  void failed(String reason) {
    reasons.computeIfAbsent(reason, r -> new LongAdder()).increment();
    failed.increment();
  }

  long failures() {
    return failed.sum();
  }

  /** Calls that are over, completed or failed. */
  long ended() {
    return completed.sum() + failed.sum();
  }

  /** A bar of that many characters and the counts, for a line that is redrawn. */
  String progress(long wanted, int bar, boolean unicode) {
    int full = (int) Math.min(bar, bar * ended() / Math.max(1, wanted));
    String line = (unicode ? "█" : "#").repeat(full) + (unicode ? "░" : ".").repeat(bar - full);
    return "["
        + line
        + "] "
        + ended()
        + "/"
        + wanted
        + " calls, "
        + active()
        + " active, "
        + failures()
        + " failed";
  }

  private long active() {
    return Math.max(0, placed.sum() - ended());
  }

  /** What became of everything, line by line. */
  List<String> summary(double seconds) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d calls in %.1f s: %d completed, %d failed%s",
            placed.sum(),
            seconds,
            completed.sum(),
            failures(),
            active() > 0 ? ", " + active() + " given up" : ""));
    reasons.forEach((reason, count) -> lines.add("  " + count + " failed: " + reason));
    lines.add("retransmissions: " + repeats.sum() + " answers received again");
    if (answer.count() > 0) {
      lines.add(
          String.format(
              Locale.ROOT, "%-22s%9s%9s%9s%9s", "response time in ms", "p50", "p90", "p99", "max"));
      lines.add(row("  INVITE to 2xx", answer));
    }
    if (hangUp.count() > 0) {
      lines.add(row("  BYE to 2xx", hangUp));
    }
    return lines;
  }

  private static String row(String name, Percentiles times) {
    return String.format(
        Locale.ROOT,
        "%-22s%9.1f%9.1f%9.1f%9.1f",
        name,
        times.millis(50),
        times.millis(90),
        times.millis(99),
        times.millis(100));
  }
}
