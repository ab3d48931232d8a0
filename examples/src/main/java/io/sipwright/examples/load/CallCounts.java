package io.sipwright.examples.load;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the answering program counts. Each call that began ends once: completed, cancelled or
 * failed.
 */
final class CallCounts {
  private final LongAdder begun = new LongAdder();
  private final LongAdder completed = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder problems = new LongAdder();
  private final LongAdder others = new LongAdder();

  void began() {
    begun.increment();
  }

  void completed() {
    completed.increment();
  }

  void cancelled() {
    cancelled.increment();
  }

  void failed() {
    failed.increment();
  }

  /** Something that is no fate of a call went wrong. */
  void problem() {
    problems.increment();
  }

  /** A request that has nothing to do with a call. */
  void otherRequest() {
    others.increment();
  }

  long begun() {
    return begun.sum();
  }

  long failures() {
    return failed.sum() + problems.sum();
  }

  /** Calls that are over, whatever became of them. */
  long ended() {
    return completed.sum() + cancelled.sum() + failed.sum();
  }

  /** One line: {@code 12 active, 1000 calls, 100/s, 0 failures}. */
  String line(double callsPerSecond) {
    return Math.max(0, begun() - ended())
        + " active, "
        + begun()
        + " calls, "
        + Math.round(callsPerSecond)
        + "/s, "
        + failures()
        + " failures, "
        + others.sum()
        + " other requests";
  }

  /** What became of everything, in one line. */
  String summary() {
    return begun()
        + " calls: "
        + completed.sum()
        + " completed, "
        + cancelled.sum()
        + " cancelled, "
        + failed.sum()
        + " failed, "
        + Math.max(0, begun() - ended())
        + " still active; "
        + others.sum()
        + " other requests; "
        + problems.sum()
        + " problems";
  }
}
