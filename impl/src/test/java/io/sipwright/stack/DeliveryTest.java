package io.sipwright.stack;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import io.sipwright.time.VirtualClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** How much waits for a listener that stands still. */
public class DeliveryTest {
  private static final int ROOM = 10_000;
  private static final int MESSAGE = 1_000;

  private final ArrayDeque<Runnable> turns = new ArrayDeque<>();

  @DataProvider
  public Object[][] concurrencies() {
    return new Object[][] {{ListenerConcurrency.SERIAL}, {ListenerConcurrency.PER_CALL}};
  }

  @Test(dataProvider = "concurrencies")
  public void what_anybody_may_send_is_refused_while_too_much_waits(
      ListenerConcurrency concurrency) {
    turns.clear();
    Delivery delivery =
        new Delivery(concurrency, turns::add, new LoadGauge(new VirtualClock(), 0), ROOM);
    List<Integer> ran = new ArrayList<>();
    int taken = 0;
    while (delivery.offer("call" + taken % 3, MESSAGE, () -> ran.add(1))) {
      taken++;
      assertTrue(taken <= ROOM / MESSAGE, taken + " were taken");
    }
    assertTrue(taken > 0);
    delivery.submit("call", () -> ran.add(1)); // what the stack itself has to say always goes
    while (!turns.isEmpty()) {
      turns.remove().run();
    }
    assertEquals(ran.size(), taken + 1);
    for (int i = 0; i < taken; i++) {
      assertTrue(delivery.offer("call", MESSAGE, () -> {}));
    }
    assertFalse(delivery.offer("call", MESSAGE, () -> {}));
  }
}
