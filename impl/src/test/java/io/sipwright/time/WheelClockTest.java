package io.sipwright.time;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

public class WheelClockTest {
  private static final long MS = 1_000_000;
  private static final AtomicInteger NAMES = new AtomicInteger();

  private String name;
  private WheelClock clock;

  @BeforeMethod
  public void open() {
    name = "wheel-clock-test-" + NAMES.incrementAndGet();
    clock = new WheelClock(name, true);
  }

  @AfterMethod
  public void close() {
    clock.close();
    assertNull(thread());
  }

  private Thread thread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().equals(name))
        .findAny()
        .orElse(null);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T value = queue.poll(10, TimeUnit.SECONDS);
    assertNotNull(value, "nothing rang within ten seconds");
    return value;
  }

  @Test
  public void an_alarm_rings_once_not_early_and_on_the_clocks_thread() throws Exception {
    BlockingQueue<Long> rung = new LinkedBlockingQueue<>();
    BlockingQueue<String> threads = new LinkedBlockingQueue<>();
    for (long delay : new long[] {0, 1, 7 * MS, 8 * MS, 25 * MS, 60 * MS}) {
      long before = System.nanoTime();
      clock.arm(
          Alarm.of(
              () -> {
                threads.add(Thread.currentThread().getName());
                rung.add(System.nanoTime() - before);
              }),
          delay);
      long took = next(rung);
      assertTrue(took >= delay, "rang " + (delay - took) + " ns early");
      assertEquals(next(threads), name);
    }
    assertEquals(clock.armed(), 0);
  }

  @Test
  public void alarms_of_one_tick_ring_in_the_order_of_their_arming() throws Exception {
    BlockingQueue<Integer> rung = new LinkedBlockingQueue<>();
    for (int i = 0; i < 2_000; i++) {
      int number = i;
      clock.arm(Alarm.of(() -> rung.add(number)), 20 * MS);
    }
    for (int i = 0; i < 2_000; i++) {
      assertEquals((int) next(rung), i);
    }
  }

  @Test
  public void the_thread_starts_with_the_first_alarm() throws Exception {
    assertNull(thread());
    clock.disarm(Alarm.of(() -> {}));
    assertNull(thread());
    CountDownLatch rung = new CountDownLatch(1);
    clock.arm(Alarm.of(rung::countDown), MS);
    assertTrue(thread().isDaemon());
    assertTrue(rung.await(10, TimeUnit.SECONDS));
  }

  @Test
  public void an_earlier_alarm_wakes_the_thread_that_sleeps_for_a_later_one() throws Exception {
    BlockingQueue<String> rung = new LinkedBlockingQueue<>();
    Alarm late = Alarm.of(() -> rung.add("late"));
    clock.arm(Alarm.of(() -> rung.add("first")), 0);
    assertEquals(next(rung), "first");
    clock.arm(late, 3_600_000 * MS);
    clock.arm(Alarm.of(() -> rung.add("early")), 10 * MS);
    assertEquals(next(rung), "early");
    assertEquals(clock.armed(), 1);
    clock.arm(late, 10 * MS);
    assertEquals(next(rung), "late");
    assertEquals(clock.armed(), 0);
  }

  @Test
  public void what_is_due_in_a_later_turn_of_the_wheel_does_not_ring_in_this_one()
      throws Exception {
    long turn = 4096L << 23;
    AtomicInteger wrong = new AtomicInteger();
    for (int i = 0; i < 40; i++) {
      clock.arm(Alarm.of(wrong::incrementAndGet), turn + i * MS);
      clock.arm(Alarm.of(wrong::incrementAndGet), Long.MAX_VALUE - i);
    }
    BlockingQueue<String> rung = new LinkedBlockingQueue<>();
    clock.arm(Alarm.of(() -> rung.add("a")), 60 * MS);
    assertEquals(next(rung), "a");
    assertEquals(wrong.get(), 0);
    assertEquals(clock.armed(), 80);
  }

  @Test
  public void a_ringing_alarm_may_disarm_its_neighbours_and_arm_itself_again() throws Exception {
    BlockingQueue<String> rung = new LinkedBlockingQueue<>();
    Alarm neighbour = Alarm.of(() -> rung.add("neighbour"));
    Alarm again =
        new Alarm() {
          private int times;

          @Override
          protected void ring() {
            clock.disarm(neighbour);
            rung.add("again " + ++times);
            if (times < 3) {
              clock.arm(this, MS);
            }
          }
        };
    clock.arm(again, 20 * MS);
    clock.arm(neighbour, 20 * MS);
    assertEquals(next(rung), "again 1");
    assertEquals(next(rung), "again 2");
    assertEquals(next(rung), "again 3");
    assertEquals(clock.armed(), 0);
  }

  @Test
  public void an_alarm_that_throws_stops_no_other() throws Exception {
    BlockingQueue<String> rung = new LinkedBlockingQueue<>();
    clock.arm(
        Alarm.of(
            () -> {
              throw new StackOverflowError("on purpose");
            }),
        0);
    clock.arm(Alarm.of(() -> rung.add("other")), 0);
    assertEquals(next(rung), "other");
  }

  @Test
  public void an_interrupted_thread_still_sleeps_and_rings() throws Exception {
    BlockingQueue<String> rung = new LinkedBlockingQueue<>();
    clock.arm(
        Alarm.of(
            () -> {
              Thread.currentThread().interrupt();
              rung.add("interrupted");
            }),
        0);
    assertEquals(next(rung), "interrupted");
    clock.arm(Alarm.of(() -> rung.add("" + Thread.currentThread().isInterrupted())), 20 * MS);
    assertEquals(next(rung), "false");
  }

  @Test
  public void nothing_rings_after_close_and_a_closed_clock_arms_nothing() throws Exception {
    AtomicInteger rung = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(1);
    for (int i = 0; i < 1_000; i++) {
      clock.arm(
          Alarm.of(
              () -> {
                started.countDown();
                rung.incrementAndGet();
              }),
          i * 10_000L);
    }
    assertTrue(started.await(10, TimeUnit.SECONDS));
    clock.close();
    assertNull(thread());
    int atClose = rung.get();
    clock.arm(Alarm.of(rung::incrementAndGet), 0);
    assertEquals(clock.armed(), 0);
    assertNull(thread());
    assertEquals(rung.get(), atClose);
    clock.close();
  }

  @Test
  public void an_alarm_may_close_the_clock() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    clock.arm(
        Alarm.of(
            () -> {
              clock.close();
              closed.countDown();
            }),
        0);
    assertTrue(closed.await(10, TimeUnit.SECONDS));
    clock.close();
    assertNull(thread());
  }

  @Test
  public void many_threads_arm_and_disarm_at_random_and_each_alarm_rings_as_often_as_it_should()
      throws Exception {
    int threads = 4;
    int each = 20_000;
    AtomicInteger rung = new AtomicInteger();
    AtomicInteger mustRing = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      SplittableRandom random = new SplittableRandom(t);
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  clock.arm(Alarm.of(rung::incrementAndGet), random.nextInt(60) * MS);
                  mustRing.incrementAndGet();
                  Alarm other =
                      Alarm.of(() -> failure.set(new AssertionError("a disarmed alarm rang")));
                  clock.arm(other, 20_000 * MS + random.nextInt(1000) * MS);
                  clock.arm(other, 30_000 * MS + random.nextInt(1000) * MS);
                  clock.disarm(other);
                  clock.disarm(other);
                }
              });
      running.add(thread);
      thread.start();
    }
    for (Thread thread : running) {
      thread.join();
    }
    CountDownLatch last = new CountDownLatch(1);
    clock.arm(Alarm.of(last::countDown), 100 * MS);
    assertTrue(last.await(10, TimeUnit.SECONDS));
    assertEquals(rung.get(), mustRing.get());
    assertNull(failure.get());
    assertEquals(clock.armed(), 0);
    assertFalse(clock.nanos() == 0 && clock.now() == null);
  }
}
