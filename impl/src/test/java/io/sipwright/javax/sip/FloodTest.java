package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What comes while the listener stands still: it takes no more than it may, and gets an answer. */
public class FloodTest {
  private static final int REQUESTS = 3_000;

  private final List<Party> parties = new ArrayList<>();
  private CountDownLatch free = new CountDownLatch(0);

  @BeforeMethod
  public void begin() {
    free = new CountDownLatch(1);
  }

  @AfterMethod
  public void end() {
    free.countDown();
    parties.forEach(party -> party.stack.stop());
    parties.forEach(Party::assertNothingFailed);
    parties.clear();
  }

  @DataProvider
  public static Object[][] modes() {
    return new Object[][] {{"serial"}, {"per-call"}, {"inline"}};
  }

  /**
   * With {@code inline} the thread that stands still is that of UDP, and another one brings more:
   * yet it runs no listener meanwhile. With {@code per-call} there's one worker, who stands still.
   */
  @Test(dataProvider = "modes")
  public void requests_over_a_connection_are_refused_while_the_listener_stands_still(String mode)
      throws Exception {
    Party bob =
        Live.party(
            "io.sipwright.LISTENER_CONCURRENCY",
            mode,
            "io.sipwright.OVERLOAD_WAIT",
            "100",
            "io.sipwright.THREAD_POOL_SIZE",
            "1");
    parties.add(bob);
    CountDownLatch blocked = new CountDownLatch(1);
    bob.on(
        "MESSAGE",
        event -> {
          blocked.countDown();
          assertTrue(free.await(60, TimeUnit.SECONDS));
        });
    bob.answering("OPTIONS", 200);
    Party alice = Live.party();
    parties.add(alice);
    alice.send(alice.request("MESSAGE", bob));
    assertTrue(blocked.await(30, TimeUnit.SECONDS));
    try (RawPeer peer = new RawPeer("127.0.0.1", bob)) {
      peer.send(peer.request("OPTIONS", 0)); // waits
      Live.await("it waits", () -> bob.stack.getStatistics().waitingBytes() > 0);
      long begin = System.nanoTime();
      Live.await("it has waited too long", () -> System.nanoTime() - begin > 200_000_000L);
      for (int i = 1; i <= REQUESTS; i++) {
        peer.send(peer.request("OPTIONS", i));
        String answer = String.valueOf(peer.read());
        assertTrue(answer.startsWith("SIP/2.0 503"), answer);
      }
      assertTrue(bob.stack.getStatistics().waitingBytes() < 10_000);
      assertEquals(bob.stack.getStatistics().refusals().overload(), REQUESTS);
      assertEquals(bob.stack.getStatistics().serverTransactions(), 0);
      assertEquals(bob.heard(), List.of("MESSAGE"), "one at a time");
      free.countDown();
      assertTrue(String.valueOf(peer.read()).startsWith("SIP/2.0 200"));
    }
  }
}
