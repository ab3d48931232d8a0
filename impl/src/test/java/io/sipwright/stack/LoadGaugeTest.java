package io.sipwright.stack;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import io.sipwright.time.VirtualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.testng.annotations.Test;

/** When the listener counts as too busy for new requests. */
public class LoadGaugeTest {
  private final VirtualClock clock = new VirtualClock();

  private void pass(long millis) {
    clock.advance(Duration.ofMillis(millis));
  }

  @Test
  public void it_is_behind_while_nothing_moves_for_longer_than_the_limit() {
    LoadGauge gauge = new LoadGauge(clock, 100);
    pass(500);
    assertFalse(gauge.isBehind(), "nothing waits");
    long first = gauge.waits();
    pass(100);
    assertFalse(gauge.isBehind());
    pass(1);
    assertTrue(gauge.isBehind());
    gauge.ran(first);
    assertFalse(gauge.isBehind(), "nothing waits any more");
  }

  @Test
  public void it_is_behind_while_what_runs_has_waited_too_long_though_things_move() {
    LoadGauge gauge = new LoadGauge(clock, 100);
    long first = gauge.waits();
    long second = gauge.waits();
    pass(90);
    long third = gauge.waits();
    gauge.ran(first);
    assertFalse(gauge.isBehind());
    pass(20);
    gauge.ran(second);
    assertTrue(gauge.isBehind(), "110 ms");
    gauge.ran(third);
    assertFalse(gauge.isBehind());
  }

  @Test
  public void without_limit_it_is_never_behind() {
    LoadGauge gauge = new LoadGauge(clock, 0);
    assertEquals(gauge.waits(), clock.nanos());
    pass(1_000_000);
    assertFalse(gauge.isBehind());
  }

  @Test
  public void a_call_whose_listener_is_busy_says_nothing_about_the_others() {
    ArrayDeque<Runnable> turns = new ArrayDeque<>();
    Delivery delivery =
        new Delivery(ListenerConcurrency.PER_CALL, turns::add, new LoadGauge(clock, 100), 1 << 20);
    List<Boolean> seen = new ArrayList<>();
    delivery.offer(
        "slow",
        1,
        () -> { // while this runs another request of the call comes, and time passes
          delivery.offer("slow", 1, () -> {});
          pass(1000);
          seen.add(delivery.isBehind());
        });
    turns.remove().run();
    assertEquals(seen, List.of(false));
    delivery.offer("other", 1, () -> {});
    pass(1000);
    assertTrue(delivery.isBehind(), "this one can't help it");
  }

  @Test
  public void it_is_behind_when_three_quarters_of_the_room_are_taken() {
    ArrayDeque<Runnable> turns = new ArrayDeque<>();
    Delivery delivery =
        new Delivery(ListenerConcurrency.SERIAL, turns::add, new LoadGauge(clock, 0), 100_000);
    while (!delivery.isBehind()) {
      assertTrue(delivery.offer("c", 4_000, () -> {}));
    }
    assertTrue(delivery.offer("c", 4_000, () -> {}), "requests in dialogs have the last quarter");
    turns.remove().run();
    assertFalse(delivery.isBehind());
  }
}
