package io.sipwright.transaction;

import static io.sipwright.transaction.Rig.request;
import static io.sipwright.transaction.Rig.respond;
import static io.sipwright.transaction.Rig.response;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.time.WheelClock;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Several threads at one transaction. */
public class DriverRaceTest {
  @Test
  public void of_two_threads_that_answer_at_once_one_is_refused() throws Exception {
    for (int round = 0; round < 200; round++) {
      Rig rig = Rig.udp();
      ServerDriver server = rig.server(request("INVITE"));
      List<String> outcomes =
          Race.of(
              2,
              () -> {
                try {
                  respond(server, 486, "INVITE");
                  return "sent";
                } catch (IllegalStateException refused) {
                  return "refused";
                }
              });
      assertEquals(Set.copyOf(outcomes), Set.of("sent", "refused"));
      rig.expect("0 sent 486");
      server.terminate();
      rig.expectEmpty();
    }
  }

  @Test
  public void an_answer_and_the_end_at_once_leave_one_end() throws Exception {
    for (int round = 0; round < 200; round++) {
      Rig rig = Rig.tcp();
      ClientDriver client = rig.start(request("INVITE"));
      client.receive(response(180, "INVITE"));
      int[] next = {0};
      Race.of(
          3,
          () -> {
            int me;
            synchronized (next) {
              me = next[0]++;
            }
            if (me == 0) {
              client.receive(response(486, "INVITE"));
            } else if (me == 1) {
              client.terminate();
            } else {
              rig.pass(0);
            }
            return me;
          });
      rig.clock.runUntilIdle();
      assertEquals(rig.log.stream().filter(line -> line.endsWith("terminated")).count(), 1);
      assertTrue(rig.log.get(rig.log.size() - 1).endsWith("terminated"), "" + rig.log);
      rig.expectEmpty();
    }
  }

  @DataProvider
  Object[][] methods() {
    return new Object[][] {{"INVITE"}, {"OPTIONS"}};
  }

  @Test(dataProvider = "methods")
  public void whatever_comes_at_once_a_client_ends_once_and_is_silent_then(String method)
      throws Exception {
    List<SipMessage> responses =
        List.of(response(180, method), response(200, method), response(486, method));
    frenzy(
        (layer, user) -> {
          SipMessage request = request(method);
          ClientDriver client = ClientDriver.of(request, request.encoded(), user, user, layer);
          user.driver = client;
          layer.table().add(client);
          client.start();
        },
        (driver, dice) -> {
          switch (dice.nextInt(40)) {
            case 0 -> driver.terminate();
            case 1 -> driver.onFailure(new IOException("thrown in"));
            default -> ((ClientDriver) driver).receive(responses.get(dice.nextInt(3)));
          }
        });
  }

  @Test(dataProvider = "methods")
  public void whatever_comes_at_once_a_server_ends_once_and_is_silent_then(String method)
      throws Exception {
    SipMessage ack = request("ACK");
    int[] statuses = {100, 180, 200, 486};
    frenzy(
        (layer, user) -> {
          TransactionKey key = TransactionKey.ofServer(request(method));
          ServerDriver server = ServerDriver.of(key, user, user, layer);
          user.driver = server;
          layer.table().add(server);
          server.sendTryingAfter(1, () -> new byte[10]);
        },
        (driver, dice) -> {
          ServerDriver server = (ServerDriver) driver;
          switch (dice.nextInt(40)) {
            case 0 -> server.terminate();
            case 1 -> server.onFailure(new IOException("thrown in"));
            case 2, 3 -> {
              try {
                respond(server, statuses[dice.nextInt(4)], method);
              } catch (IllegalStateException refused) {
                // Most come too late.
              }
            }
            case 4 -> server.ack(ack);
            default -> server.receiveRetransmission();
          }
        });
  }

  private static void frenzy(
      BiConsumer<TransactionLayer, Counter> start, BiConsumer<Driver<?>, Random> act)
      throws Exception {
    TransactionTable table = new TransactionTable();
    try (WheelClock clock = new WheelClock("frenzy", true)) {
      TransactionLayer layer = new TransactionLayer(clock, new Timings(1, 2, 3), table);
      for (int round = 0; round < 40; round++) {
        Counter user = new Counter();
        start.accept(layer, user);
        AtomicInteger seed = new AtomicInteger(round * 10);
        Race.of(
            3,
            () -> {
              Random dice = new Random(seed.incrementAndGet());
              for (int i = 0; i < 300; i++) {
                act.accept(user.driver, dice);
              }
              return null;
            });
        user.driver.terminate();
        assertTrue(user.ended.await(10, TimeUnit.SECONDS));
        assertEquals(user.ends, 1);
        assertEquals(user.afterwards, 0);
      }
      assertEquals(table.size(), 0);
    }
  }

  /** Counts the ends, and what is told or sent after one. */
  private static final class Counter implements ClientUser, ServerUser, Wire {
    final CountDownLatch ended = new CountDownLatch(1);
    final Random dice = new Random(1);
    Driver<?> driver;
    int ends;
    int afterwards;

    private void told() {
      assertTrue(Thread.holdsLock(driver));
      afterwards += ends;
    }

    @Override
    public void onResponse(SipMessage response) {
      told();
    }

    @Override
    public void onTimeout() {
      told();
    }

    @Override
    public void onTransportError(IOException cause) {
      told();
    }

    @Override
    public void onAck(SipMessage ack) {
      told();
    }

    @Override
    public void onAckTo2xx(SipMessage ack) {
      told();
    }

    @Override
    public void onTerminated() {
      told();
      ends++;
      ended.countDown();
    }

    @Override
    public boolean reliable() {
      return false;
    }

    @Override
    public void send(byte[] message, FailureListener failed) {
      told();
      if (dice.nextInt(50) == 0) {
        failed.onFailure(new IOException("now and then"));
      }
    }
  }
}
