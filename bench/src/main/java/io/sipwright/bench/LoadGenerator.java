package io.sipwright.bench;

import java.io.IOException;

/** What makes calls against the program under load, pinned on the second core. */
interface LoadGenerator extends AutoCloseable {
  /**
   * What came of a run.
   *
   * @param completed calls, or OPTIONS, that went as the scenario says
   * @param failed those that did not
   * @param retransmissions messages that were sent again
   * @param seconds how long the run took
   * @param p99Millis 99th percentile of the time from request to final response; not a number if
   *     there was none
   */
  record Outcome(
      long completed, long failed, long retransmissions, double seconds, double p99Millis) {}

  /**
   * Makes a number of calls at a rate, and waits for their end, in bounded time.
   *
   * @param scenario {@code options} or {@code call}
   */
  Outcome run(String scenario, int port, int count, int rate)
      throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
