package io.sipwright.time;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

public class VirtualClockTest {
  private static final long MS = 1_000_000;

  private final List<String> log = new ArrayList<>();
  private VirtualClock clock;

  @BeforeMethod
  public void fresh() {
    log.clear();
    clock = new VirtualClock(Instant.EPOCH);
  }

  private Alarm writes(String what) {
    return Alarm.of(() -> log.add(what + "@" + clock.nanos() / MS));
  }

  @Test
  public void alarms_ring_by_time_and_then_by_arming_order() {
    clock.arm(writes("c"), 20 * MS);
    clock.arm(writes("a"), 10 * MS);
    clock.arm(writes("b"), 10 * MS);
    clock.advance(Duration.ofMillis(9));
    assertEquals(log, List.of());
    clock.advance(Duration.ofMillis(100));
    assertEquals(log, List.of("a@10", "b@10", "c@20"));
    assertEquals(clock.now(), Instant.EPOCH.plusMillis(109));
  }

  @Test
  public void arming_again_replaces_the_earlier_arming() {
    Alarm alarm = writes("a");
    clock.arm(alarm, 10 * MS);
    clock.arm(alarm, 30 * MS);
    assertEquals(clock.armed(), 1);
    clock.advance(Duration.ofMillis(100));
    assertEquals(log, List.of("a@30"));
  }

  @Test
  public void a_disarmed_alarm_stays_silent_even_if_disarmed_by_one_that_rings_at_the_same_time() {
    Alarm second = writes("second");
    clock.arm(Alarm.of(() -> clock.disarm(second)), 10 * MS);
    clock.arm(second, 10 * MS);
    clock.disarm(writes("never armed"));
    clock.advance(Duration.ofMillis(100));
    assertEquals(log, List.of());
    assertEquals(clock.armed(), 0);
  }

  @Test
  public void alarms_armed_by_ringing_ones_ring_in_the_same_run() {
    Alarm doubling =
        new Alarm() {
          private long interval = 500;

          @Override
          protected void ring() {
            log.add("A@" + clock.nanos() / MS);
            interval *= 2;
            clock.arm(this, interval * MS);
          }
        };
    clock.arm(doubling, 500 * MS);
    clock.advance(Duration.ofSeconds(4));
    assertEquals(log, List.of("A@500", "A@1500", "A@3500"));
  }

  @Test
  public void nothing_rings_inside_arm_and_negative_delays_count_as_none() {
    clock.arm(writes("a"), -5);
    assertEquals(log, List.of());
    clock.advance(Duration.ZERO);
    assertEquals(log, List.of("a@0"));
  }

  @Test
  public void run_until_idle_stops_at_the_last_alarm_or_at_the_limit() {
    clock.arm(writes("a"), 10 * MS);
    clock.arm(writes("b"), 32_000 * MS);
    assertFalse(clock.runUntilIdle(Duration.ofSeconds(1)));
    assertEquals(clock.untilNext(), Duration.ofMillis(31_990));
    assertTrue(clock.runUntilIdle());
    assertEquals(log, List.of("a@10", "b@32000"));
    assertEquals(clock.now(), Instant.EPOCH.plusMillis(32_000));
    assertNull(clock.untilNext());
  }

  @Test
  public void what_an_alarm_throws_is_kept_and_stops_no_other() {
    clock.arm(
        Alarm.of(
            () -> {
              throw new IllegalStateException("on purpose");
            }),
        MS);
    clock.arm(writes("b"), MS);
    clock.advanceTo(Instant.EPOCH.plusMillis(1));
    assertEquals(log, List.of("b@1"));
    assertEquals(clock.failures().size(), 1);
    assertEquals(clock.failures().get(0).getMessage(), "on purpose");
  }

  @Test
  public void an_alarm_cannot_advance_the_clock_and_time_cannot_run_backwards() {
    clock.arm(Alarm.of(() -> clock.advance(Duration.ofMillis(1))), 0);
    clock.advance(Duration.ZERO);
    assertTrue(clock.failures().get(0) instanceof IllegalStateException);
    assertThrows(IllegalArgumentException.class, () -> clock.advance(Duration.ofMillis(-1)));
  }

  @Test
  public void threads_may_arm_and_disarm_while_another_advances() throws Exception {
    int threads = 4;
    int each = 5_000;
    AtomicInteger rung = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(threads);
    for (int t = 0; t < threads; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  clock.arm(Alarm.of(rung::incrementAndGet), i);
                  Alarm never = Alarm.of(() -> rung.addAndGet(1_000_000));
                  clock.arm(never, Long.MAX_VALUE);
                  clock.disarm(never);
                }
                done.countDown();
              });
      thread.start();
    }
    while (done.getCount() > 0) {
      clock.advance(Duration.ofNanos(100));
    }
    assertTrue(clock.runUntilIdle());
    assertEquals(rung.get(), threads * each);
  }
}
