package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.locator.Locator;
import io.sipwright.stack.SimulatedEnvironment;
import io.sipwright.stack.StackEnvironment;
import io.sipwright.time.Alarm;
import io.sipwright.time.Clock;
import io.sipwright.transport.Network;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import javax.sip.RequestEvent;
import org.testng.annotations.Test;

/**
 * Calls at the rate that a listener can serve, and at twice that: the same number is brought to its
 * end (RFC 7339 §2 calls that the goodput).
 */
public class GoodputTest {
  /** What the listener takes for a request, in virtual time. */
  private static final long COST_NANOS = 20_000_000;

  /** INVITE and BYE cost that, an ACK nothing: 25 calls each second. */
  private static final int PEAK = 25;

  private static final int SECONDS = 120;
  private static final int WARM_UP_SECONDS = 40;

  /** One processor, whom each request costs time. */
  private static final class Processor implements Executor {
    private final Clock clock;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private long busyUntil;
    private boolean armed;

    Processor(Clock clock) {
      this.clock = clock;
    }

    @Override
    public void execute(Runnable task) {
      waiting.add(task);
      arm();
    }

    private void arm() {
      if (!armed && !waiting.isEmpty()) {
        armed = true;
        clock.arm(Alarm.of(this::next), Math.max(0, busyUntil - clock.nanos()));
      }
    }

    private void next() {
      armed = false;
      waiting.remove().run();
      arm();
    }

    void work() {
      busyUntil = Math.max(busyUntil, clock.nanos()) + COST_NANOS;
    }
  }

  private record Slow(StackEnvironment other, Processor processor) implements StackEnvironment {
    @Override
    public Clock clock() {
      return other.clock();
    }

    @Override
    public Network network() {
      return other.network();
    }

    @Override
    public Locator locator() {
      return other.locator();
    }

    @Override
    public Executor workers() {
      return processor;
    }

    @Override
    public int armedTimers() {
      return other.armedTimers();
    }

    @Override
    public void close() {
      other.close();
    }
  }

  /** Calls brought to their end in each second, at a rate of calls begun in each second. */
  private static double goodput(int rate) throws Exception {
    try (Calls calls = new Calls()) {
      Processor processor = new Processor(calls.clock);
      StackEnvironment.Factory usual = SimulatedEnvironment.on(calls.clock, calls.network);
      calls.use(config -> new Slow(usual.create(config), processor));
      Party bob = calls.party("bob", "io.sipwright.LISTENER_CONCURRENCY", "per-call");
      calls.use(usual);
      int[] done = new int[1];
      for (String method : new String[] {"INVITE", "BYE"}) {
        bob.on(method, event -> serve(bob, processor, event));
      }
      Party alice = calls.party("alice");
      alice.on(
          200,
          event -> {
            if (event.getDialog() == null) {
              return; // repeated, behind the end of the call
            }
            if (Calls.summary(event.getResponse().toString()).endsWith("INVITE")) {
              alice.acknowledge(event);
              var dialog = event.getDialog();
              alice.send(dialog, "BYE");
            } else {
              done[0]++;
            }
          });
      int before = 0;
      for (int second = 0; second < SECONDS; second++) {
        if (second == WARM_UP_SECONDS) {
          before = done[0];
        }
        for (int i = 0; i < rate; i++) {
          alice.send(alice.request("INVITE", bob));
          calls.run(1_000 / rate);
        }
      }
      double goodput = (double) (done[0] - before) / (SECONDS - WARM_UP_SECONDS);
      calls.run(100_000);
      assertEquals(bob.stack.getStatistics().dialogs(), 0, "every call was ended");
      assertEquals(bob.stack.getStatistics().waitingBytes(), 0);
      return goodput;
    }
  }

  private static void serve(Party bob, Processor processor, RequestEvent event) throws Exception {
    processor.work();
    bob.respond(Party.transaction(event), 200);
  }

  @Test
  public void at_twice_the_load_that_can_be_served_as_many_calls_succeed() throws Exception {
    double peak = goodput(PEAK - 1);
    double twice = goodput(2 * PEAK);
    assertTrue(peak > 0.9 * PEAK, peak + " at the peak");
    assertTrue(twice >= 0.9 * peak, twice + " at twice the load, " + peak + " at the peak");
  }
}
