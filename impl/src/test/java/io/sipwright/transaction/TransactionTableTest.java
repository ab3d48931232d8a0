package io.sipwright.transaction;

import static io.sipwright.transaction.Rig.message;
import static io.sipwright.transaction.Rig.request;
import static io.sipwright.transaction.Rig.respond;
import static io.sipwright.transaction.Rig.response;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.transaction.TransactionTable.Admission;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.testng.annotations.Test;

public class TransactionTableTest {
  @Test
  public void client_and_server_of_one_branch_live_side_by_side() {
    Rig rig = Rig.udp();
    SipMessage request = request("OPTIONS");
    ClientDriver client = rig.start(request);
    ServerDriver server = rig.server(request);
    assertEquals(rig.table.size(), 2);
    assertSame(rig.table.server(TransactionKey.ofServer(request)), server);
    respond(server, 200, "OPTIONS");
    SipMessage answer = response(200, "OPTIONS");
    ClientDriver found = rig.table.client(TransactionKey.ofClient(answer));
    assertSame(found, client);
    found.receive(answer);
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent OPTIONS
        0 sent 200
        0 got 200
        5000 terminated
        32000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void the_second_of_one_key_is_refused() {
    Rig rig = Rig.udp();
    ServerDriver first = rig.server(request("INVITE"));
    ServerDriver second = server(rig, request("INVITE"));
    assertNotSame(second, first);
    assertEquals(rig.table.add(second), Admission.EXISTS);
    assertEquals(rig.table.size(), 1);
    second.terminate();
    assertSame(
        rig.table.server(TransactionKey.ofServer(request("INVITE"))),
        first,
        "the other's end doesn't touch it");
    first.terminate();
    assertNull(rig.table.server(TransactionKey.ofServer(request("INVITE"))));
    assertEquals(rig.table.add(server(rig, request("INVITE"))), Admission.ADDED);
    rig.table.servers().forEach(ServerDriver::terminate);
    rig.expectEmpty();
  }

  @Test
  public void no_more_get_in_than_may() {
    Rig rig = Rig.limitedTo(2);
    ServerDriver one = rig.server(numbered(1));
    rig.server(numbered(2));
    assertEquals(rig.table.add(server(rig, numbered(3))), Admission.FULL);
    assertEquals(rig.table.add(server(rig, numbered(2))), Admission.EXISTS);
    rig.client(numbered(1));
    rig.client(numbered(2));
    SipMessage third = numbered(3);
    ClientDriver client = ClientDriver.of(third, third.encoded(), rig.wire, rig.user, rig.layer);
    assertEquals(rig.table.add(client), Admission.FULL);
    assertEquals(rig.table.clientCount(), 2);
    assertEquals(rig.table.serverCount(), 2);
    one.terminate();
    assertEquals(rig.table.add(server(rig, numbered(3))), Admission.ADDED);
    rig.table.servers().forEach(ServerDriver::terminate);
    rig.table.clients().forEach(ClientDriver::terminate);
    rig.expectEmpty();
  }

  @Test
  public void a_snapshot_does_not_change() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("INVITE"));
    List<ClientDriver> snapshot = rig.table.clients();
    client.terminate();
    assertEquals(snapshot, List.of(client));
    assertTrue(rig.table.clients().isEmpty());
    rig.expectEmpty();
  }

  @Test
  public void of_threads_that_race_for_a_key_one_gets_in() throws Exception {
    int rounds = 200;
    int racers = 4;
    Rig rig = Rig.limitedTo(rounds + racers);
    for (int round = 0; round < rounds; round++) {
      SipMessage request = numbered(round);
      List<Admission> outcomes = Race.of(racers, () -> rig.table.add(server(rig, request)));
      assertEquals(outcomes.stream().filter(o -> o == Admission.ADDED).count(), 1);
      assertEquals(outcomes.stream().filter(o -> o == Admission.EXISTS).count(), racers - 1);
    }
    assertEquals(rig.table.serverCount(), rounds);
    rig.table.servers().forEach(ServerDriver::terminate);
    rig.expectEmpty();
  }

  @Test
  public void of_threads_that_race_for_the_last_place_one_gets_in() throws Exception {
    for (int round = 0; round < 200; round++) {
      Rig rig = Rig.limitedTo(1);
      int[] next = {0};
      List<Admission> outcomes =
          Race.of(
              3,
              () -> {
                ServerDriver mine;
                synchronized (next) {
                  mine = server(rig, numbered(next[0]++));
                }
                return rig.table.add(mine);
              });
      // All may see the place taken for a moment, but never more than one gets it.
      assertTrue(outcomes.stream().filter(o -> o == Admission.ADDED).count() == 1, "" + outcomes);
      assertEquals(rig.table.serverCount(), 1);
      rig.table.servers().forEach(ServerDriver::terminate);
      rig.expectEmpty();
    }
  }

  private static ServerDriver server(Rig rig, SipMessage request) {
    return ServerDriver.of(TransactionKey.ofServer(request), rig.wire, rig.user, rig.layer);
  }

  private static SipMessage numbered(int i) {
    String text = new String(request("OPTIONS").encoded(), StandardCharsets.UTF_8);
    return message(text.replace("\r\n", "\n").replace(Rig.BRANCH, Rig.BRANCH + i));
  }

  @Test
  public void it_says_whether_it_is_full() {
    Rig rig = Rig.limitedTo(2);
    rig.server(numbered(1));
    assertFalse(rig.table.isFullOfServers());
    rig.server(numbered(2));
    assertTrue(rig.table.isFullOfServers());
    assertFalse(rig.table.isFullOfClients());
    rig.client(numbered(1));
    rig.client(numbered(2));
    assertTrue(rig.table.isFullOfClients());
    rig.table.clients().get(0).terminate();
    assertFalse(rig.table.isFullOfClients());
    rig.table.servers().forEach(ServerDriver::terminate);
    assertFalse(rig.table.isFullOfServers());
    rig.table.clients().forEach(ClientDriver::terminate);
    rig.expectEmpty();
  }

  @Test
  public void one_without_limit_is_never_full() {
    Rig rig = Rig.udp();
    rig.server(numbered(1));
    rig.client(numbered(1));
    assertFalse(rig.table.isFullOfServers() || rig.table.isFullOfClients());
    rig.table.servers().forEach(ServerDriver::terminate);
    rig.table.clients().forEach(ClientDriver::terminate);
    assertFalse(rig.table.isFullOfServers() || rig.table.isFullOfClients());
    assertFalse(new TransactionTable().isFullOfServers());
  }
}
