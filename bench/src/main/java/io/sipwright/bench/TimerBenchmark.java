package io.sipwright.bench;

import com.sun.management.ThreadMXBean;
import io.sipwright.time.Alarm;
import io.sipwright.time.WheelClock;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What arming and disarming an alarm costs in CPU time, with nothing else armed and with many
 * others, from one thread and from two; and what an alarm weighs.
 */
public final class TimerBenchmark {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 6;
  private static final int OPERATIONS = 5_000_000;
  private static final int OTHERS = 1_000_000;
  private static final long SECOND = 1_000_000_000L;

  private TimerBenchmark() {}

  /** Prints one line for each case. */
  public static void main(String[] args) throws Exception {
    try (WheelClock clock = new WheelClock("timer-benchmark", true)) {
      for (int round = 1; round <= ROUNDS; round++) {
        print(round, "1 thread, nothing else armed", armAndCancel(clock, 1));
      }
      print(0, "1 thread, armed again and again", armAgain(clock));
      Alarm[] others = new Alarm[OTHERS];
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < OTHERS; i++) {
        others[i] = Alarm.of(() -> {});
        clock.arm(others[i], 600 * SECOND + random.nextLong(600 * SECOND));
      }
      print(0, "1 thread, " + OTHERS + " others armed", armAndCancel(clock, 1));
      print(0, "2 threads, " + OTHERS + " others armed", armAndCancel(clock, 2));
      System.out.println(clock.armed() + " alarms stayed armed");
    }
    weigh();
  }

  private static double armAndCancel(WheelClock clock, int threads) throws InterruptedException {
    Thread[] running = new Thread[threads];
    AtomicLong cpu = new AtomicLong();
    for (int t = 0; t < threads; t++) {
      running[t] =
          new Thread(
              () -> {
                Alarm[] alarms = new Alarm[64];
                for (int i = 0; i < alarms.length; i++) {
                  alarms[i] = Alarm.of(() -> {});
                }
                long start = THREADS.getCurrentThreadCpuTime();
                for (int i = 0; i < OPERATIONS; i++) {
                  Alarm alarm = alarms[i & 63];
                  clock.arm(alarm, SECOND / 2 + (i & 0xFFFF) * 10_000L);
                  clock.disarm(alarm);
                }
                cpu.addAndGet(THREADS.getCurrentThreadCpuTime() - start);
              });
      running[t].start();
    }
    for (Thread thread : running) {
      thread.join();
    }
    return cpu.get() / (double) OPERATIONS / threads;
  }

  private static double armAgain(WheelClock clock) {
    Alarm alarm = Alarm.of(() -> {});
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < OPERATIONS; i++) {
      clock.arm(alarm, 32 * SECOND);
    }
    double each = (THREADS.getCurrentThreadCpuTime() - start) / (double) OPERATIONS;
    clock.disarm(alarm);
    return each;
  }

  private static void weigh() {
    int count = 1_000_000;
    Alarm[] alarms = new Alarm[count];
    try (WheelClock clock = new WheelClock("timer-benchmark", true)) {
      long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      for (int i = 0; i < count; i++) {
        alarms[i] = new Nothing();
        clock.arm(alarms[i], 32 * SECOND);
      }
      long bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
      System.out.println("an armed alarm weighs " + bytes / count + " bytes");
    }
  }

  private static final class Nothing extends Alarm {
    @Override
    protected void ring() {}
  }

  private static void print(int round, String what, double nanos) {
    System.out.printf(
        "%-40s %7.1f ns for arm and disarm%s%n", what, nanos, round == 0 ? "" : " #" + round);
  }
}
