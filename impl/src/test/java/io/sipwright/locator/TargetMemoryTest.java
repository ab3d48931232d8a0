package io.sipwright.locator;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import io.sipwright.time.VirtualClock;
import java.time.Duration;
import java.util.List;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** Which targets are tried last, and for how long. */
public class TargetMemoryTest {
  private static final Target A = new Target("192.0.2.1", 5060, "udp");
  private static final Target B = new Target("192.0.2.2", 5060, "udp");
  private static final Target C = new Target("192.0.2.3", 5060, "udp");
  private static final List<Target> ALL = List.of(A, B, C);

  private VirtualClock clock = new VirtualClock();

  @BeforeMethod
  public void begin() {
    clock = new VirtualClock();
  }

  private void pass(long millis) {
    clock.advance(Duration.ofMillis(millis));
  }

  @Test
  public void what_failed_goes_last_the_one_soonest_due_first() {
    TargetMemory memory = new TargetMemory(clock, 1000);
    assertSame(memory.order(ALL), ALL);
    memory.failed(A);
    pass(500);
    memory.failed(B);
    assertEquals(memory.order(ALL), List.of(C, A, B));
    memory.failed(C);
    assertEquals(memory.order(ALL), List.of(A, B, C));
  }

  @Test
  public void when_its_time_is_over_one_request_tries_a_target_and_the_others_wait() {
    TargetMemory memory = new TargetMemory(clock, 1000);
    memory.failed(A);
    pass(1000);
    assertEquals(memory.order(ALL), List.of(A, B, C));
    assertEquals(memory.order(ALL), List.of(B, C, A));
    pass(1000); // whoever tried never came back
    assertEquals(memory.order(ALL), List.of(A, B, C));
    memory.answered(A);
    assertSame(memory.order(ALL), ALL);
    assertEquals(memory.size(), 0);
  }

  @Test
  public void the_time_doubles_with_each_failure_up_to_sixteen_times() {
    TargetMemory memory = new TargetMemory(clock, 1000);
    for (int factor : new int[] {1, 2, 4, 8, 16, 16}) {
      memory.failed(A);
      pass(1000 * factor - 1);
      assertTrue(memory.isHeld(A), "times " + factor);
      pass(1);
      assertFalse(memory.isHeld(A), "times " + factor);
    }
  }

  @Test
  public void retry_after_is_kept_to_as_it_is_up_to_an_hour() {
    TargetMemory memory = new TargetMemory(clock, 1000);
    memory.unavailable(A, 7);
    pass(6999);
    assertTrue(memory.isHeld(A));
    pass(1);
    assertFalse(memory.isHeld(A));
    memory.unavailable(A, Long.MAX_VALUE);
    pass(3_599_999);
    assertTrue(memory.isHeld(A));
    pass(1);
    assertFalse(memory.isHeld(A));
  }

  @Test
  public void without_hold_time_only_retry_after_counts() {
    TargetMemory memory = new TargetMemory(clock, 0);
    memory.failed(A);
    memory.unavailable(B, -1);
    assertSame(memory.order(ALL), ALL);
    memory.unavailable(A, 1);
    assertEquals(memory.order(ALL), List.of(B, C, A));
  }

  @Test
  public void a_target_is_the_same_for_every_domain_and_another_one_over_another_transport() {
    TargetMemory memory = new TargetMemory(clock, 1000);
    memory.failed(new Target("192.0.2.1", 5060, "udp", "example.com"));
    assertTrue(memory.isHeld(A));
    assertFalse(memory.isHeld(new Target("192.0.2.1", 5060, "tcp")));
  }

  @Test
  public void the_memory_is_bounded() {
    TargetMemory memory = new TargetMemory(clock, 1000);
    for (int i = 0; i < 30_000; i++) {
      memory.failed(new Target("10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256, 1, "udp"));
    }
    assertEquals(memory.size(), 10_000);
  }
}
