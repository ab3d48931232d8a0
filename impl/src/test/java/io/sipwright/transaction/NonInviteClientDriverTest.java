package io.sipwright.transaction;

import static io.sipwright.transaction.Rig.request;
import static io.sipwright.transaction.Rig.response;
import static io.sipwright.transaction.TransactionStage.COMPLETED;
import static io.sipwright.transaction.TransactionStage.PROCEEDING;
import static io.sipwright.transaction.TransactionStage.TERMINATED;
import static io.sipwright.transaction.TransactionStage.TRYING;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNull;

import java.io.IOException;
import org.testng.annotations.Test;

public class NonInviteClientDriverTest {
  @Test
  public void unanswered_request_is_resent_at_intervals_up_to_t2_until_timer_f() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("OPTIONS"));
    assertEquals(client.stage(), TRYING);
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent OPTIONS
        500 sent OPTIONS
        1500 sent OPTIONS
        3500 sent OPTIONS
        7500 sent OPTIONS
        11500 sent OPTIONS
        15500 sent OPTIONS
        19500 sent OPTIONS
        23500 sent OPTIONS
        27500 sent OPTIONS
        31500 sent OPTIONS
        32000 timeout
        32000 terminated
        """);
    assertEquals(client.stage(), TERMINATED);
    rig.expectEmpty();
  }

  @Test
  public void after_a_provisional_response_it_is_resent_every_t2_until_timer_f() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("OPTIONS"));
    rig.pass(600);
    client.receive(response(100, "OPTIONS"));
    assertEquals(client.stage(), PROCEEDING);
    rig.pass(1_400);
    client.receive(response(100, "OPTIONS"));
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent OPTIONS
        500 sent OPTIONS
        600 got 100
        1500 sent OPTIONS
        2000 got 100
        5500 sent OPTIONS
        9500 sent OPTIONS
        13500 sent OPTIONS
        17500 sent OPTIONS
        21500 sent OPTIONS
        25500 sent OPTIONS
        29500 sent OPTIONS
        32000 timeout
        32000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void a_final_response_is_passed_up_once_and_its_copies_are_absorbed_for_t4() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("OPTIONS"));
    rig.pass(700);
    client.receive(response(200, "OPTIONS"));
    assertEquals(client.stage(), COMPLETED);
    rig.pass(1_000);
    client.receive(response(200, "OPTIONS"));
    client.receive(response(404, "OPTIONS"));
    client.receive(response(100, "OPTIONS"));
    client.onFailure(new IOException("late"));
    assertEquals(rig.table.clientCount(), 1);
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent OPTIONS
        500 sent OPTIONS
        700 got 200
        5700 terminated
        """);
    client.receive(response(200, "OPTIONS"));
    rig.expectNothing();
    rig.expectEmpty();
  }

  @Test
  public void over_a_reliable_transport_nothing_is_resent_and_a_final_response_ends_it() {
    Rig rig = Rig.tcp();
    ClientDriver client = rig.start(request("REGISTER"));
    rig.pass(10_000);
    client.receive(response(100, "REGISTER"));
    rig.pass(10_000);
    client.receive(response(401, "REGISTER"));
    assertEquals(client.stage(), COMPLETED);
    rig.pass(0);
    rig.expect(
        """
        0 sent REGISTER
        10000 got 100
        20000 got 401
        20000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void over_a_reliable_transport_timer_f_runs() {
    Rig rig = Rig.tcp();
    rig.start(request("REGISTER"));
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent REGISTER
        32000 timeout
        32000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void a_request_that_cannot_be_sent_ends_it_in_proceeding_too() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("OPTIONS"));
    client.receive(response(100, "OPTIONS"));
    rig.wire.failure = new IOException("unreachable");
    rig.pass(500);
    rig.expect(
        """
        0 sent OPTIONS
        0 got 100
        500 sent OPTIONS
        500 error unreachable
        500 terminated
        """);
    rig.clock.runUntilIdle();
    rig.expectNothing();
    rig.expectEmpty();
  }

  @Test
  public void its_timers_can_be_set_apart() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.client(request("BYE"));
    client.setTimings(new Timings(100, 200, 5_000));
    client.setTimeoutMillis(800);
    client.start();
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent BYE
        100 sent BYE
        300 sent BYE
        500 sent BYE
        700 sent BYE
        800 timeout
        800 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void a_cancel_is_a_transaction_of_its_own_beside_its_invite() {
    Rig rig = Rig.udp();
    ClientDriver invite = rig.start(request("INVITE"));
    invite.receive(response(180, "INVITE"));
    ClientDriver cancel = rig.start(request("CANCEL"));
    assertEquals(rig.table.client(TransactionKey.ofClient(response(200, "CANCEL"))), cancel);
    assertEquals(rig.table.client(TransactionKey.ofClient(response(487, "INVITE"))), invite);
    cancel.receive(response(200, "CANCEL"));
    invite.receive(response(487, "INVITE"));
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent INVITE
        0 got 180
        0 sent CANCEL
        0 got 200
        0 sent ACK
        0 got 487
        5000 terminated
        32000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void the_request_is_forgotten_when_it_is_not_needed_any_more() {
    for (int status : new int[] {100, 200, 404}) {
      Rig rig = Rig.udp();
      ClientDriver client = rig.start(request("OPTIONS"));
      client.receive(response(status, "OPTIONS"));
      assertEquals(client.request() != null, status == 100, "after " + status);
      client.terminate();
      assertNull(client.request());
    }
  }
}
