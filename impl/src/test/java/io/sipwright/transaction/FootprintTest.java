package io.sipwright.transaction;

import static io.sipwright.transaction.Rig.BRANCH;
import static io.sipwright.transaction.Rig.message;
import static io.sipwright.transaction.Rig.request;
import static io.sipwright.transaction.Rig.response;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.time.WheelClock;
import java.nio.charset.StandardCharsets;
import org.testng.annotations.Test;

public class FootprintTest {
  /**
   * What lingers for Timer J must be tiny: all there is but the response's bytes and what the user
   * holds on to.
   */
  @Test
  public void a_completed_server_transaction_takes_less_than_half_a_kibibyte() {
    int count = 20_000;
    Rig rig = Rig.udp();
    TransactionTable table = new TransactionTable();
    try (WheelClock clock = new WheelClock("footprint", true)) {
      TransactionLayer layer = new TransactionLayer(clock, Timings.DEFAULT, table);
      Wire nowhere =
          new Wire() {
            @Override
            public boolean reliable() {
              return false;
            }

            @Override
            public void send(byte[] message, FailureListener failed) {}
          };
      String text =
          new String(request("OPTIONS").encoded(), StandardCharsets.UTF_8).replace("\r\n", "\n");
      SipMessage response = response(200, "OPTIONS");
      byte[] encoded = response.encoded();
      long before = used();
      for (int i = 0; i < count; i++) {
        SipMessage request = message(text.replace(BRANCH, BRANCH + "0123456789" + i));
        ServerDriver server =
            ServerDriver.of(TransactionKey.ofServer(request), nowhere, rig.user, layer);
        table.add(server);
        server.respond(response, encoded);
      }
      long each = (used() - before) / count;
      assertEquals(table.serverCount(), count);
      assertEquals(clock.armed(), count);
      assertTrue(each < 512, each + " bytes each");
      table.servers().forEach(ServerDriver::terminate);
      assertEquals(table.size(), 0);
      assertEquals(clock.armed(), 0);
    }
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
