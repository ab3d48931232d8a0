package io.sipwright.examples.load;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.util.List;
import org.testng.annotations.Test;

public class CallResultsTest {
  @Test
  public void the_summary_counts_calls_reasons_and_times() {
    CallResults results = new CallResults();
    for (int i = 1; i <= 10; i++) {
      results.placed();
      results.answered(i * 1_000_000L);
    }
    for (int i = 0; i < 7; i++) {
      results.hungUp(500_000);
      results.completed();
    }
    results.repeated();
    results.failed("BYE was not answered in time");
    results.failed("BYE was not answered in time");
    assertEquals(
        results.summary(1.26),
        List.of(
            "10 calls in 1.3 s: 7 completed, 2 failed, 1 given up",
            "  2 failed: BYE was not answered in time",
            "retransmissions: 1 answers received again",
            "response time in ms         p50      p90      p99      max",
            "  INVITE to 2xx             5.0      9.0     10.0     10.0",
            "  BYE to 2xx                0.5      0.5      0.5      0.5"));
  }

  @Test
  public void without_answers_there_are_no_times() {
    CallResults results = new CallResults();
    results.placed();
    results.failed("INVITE was answered 486 Busy Here");
    assertEquals(
        results.summary(0),
        List.of(
            "1 calls in 0.0 s: 0 completed, 1 failed",
            "  1 failed: INVITE was answered 486 Busy Here",
            "retransmissions: 0 answers received again"));
  }

  @Test
  public void the_bar_grows_with_the_calls_that_are_over() {
    CallResults results = new CallResults();
    assertTrue(results.progress(4, 8, false).startsWith("[........] 0/4 calls, 0 active"));
    for (int i = 0; i < 4; i++) {
      results.placed();
    }
    results.completed();
    results.failed("x");
    assertEquals(results.progress(4, 8, false), "[####....] 2/4 calls, 2 active, 1 failed");
    results.completed();
    results.completed();
    assertTrue(results.progress(4, 8, true).startsWith("[████████] 4/4"));
  }
}
