package io.sipwright.examples.proxy;

import java.util.concurrent.atomic.LongAdder;

/** What a proxy counts. */
final class ProxyCounts {
  private final LongAdder forwarded = new LongAdder();
  private final LongAdder registrations = new LongAdder();
  private final LongAdder unreachable = new LongAdder();
  private final LongAdder problems = new LongAdder();

  /** A request went on, to one place or several. */
  void forwarded() {
    forwarded.increment();
  }

  /** A REGISTER was answered, whatever the answer. */
  void registration() {
    registrations.increment();
  }

  /** A message found no way to where it should go. */
  void unreachable() {
    unreachable.increment();
  }

  /** Something went wrong that should not. */
  void problem() {
    problems.increment();
  }

  /** All of it in one line. */
  String summary() {
    return forwarded.sum()
        + " requests forwarded, "
        + registrations.sum()
        + " registrations; "
        + unreachable.sum()
        + " messages found no way, "
        + problems.sum()
        + " problems";
  }
}
