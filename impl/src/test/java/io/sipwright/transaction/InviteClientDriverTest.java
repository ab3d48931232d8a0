package io.sipwright.transaction;

import static io.sipwright.transaction.Rig.message;
import static io.sipwright.transaction.Rig.request;
import static io.sipwright.transaction.Rig.response;
import static io.sipwright.transaction.TransactionStage.ACCEPTED;
import static io.sipwright.transaction.TransactionStage.CALLING;
import static io.sipwright.transaction.TransactionStage.COMPLETED;
import static io.sipwright.transaction.TransactionStage.PROCEEDING;
import static io.sipwright.transaction.TransactionStage.TERMINATED;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertThrows;

import io.sipwright.javax.sip.message.SipMessage;
import java.io.IOException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class InviteClientDriverTest {
  @Test
  public void unanswered_invite_is_resent_at_doubling_intervals_until_timer_b() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("INVITE"));
    assertEquals(client.stage(), CALLING);
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent INVITE
        500 sent INVITE
        1500 sent INVITE
        3500 sent INVITE
        7500 sent INVITE
        15500 sent INVITE
        31500 sent INVITE
        32000 timeout
        32000 terminated
        """);
    assertEquals(client.stage(), TERMINATED);
    rig.expectEmpty();
  }

  @Test
  public void what_is_resent_is_the_same_bytes() {
    Rig rig = Rig.udp();
    SipMessage invite = request("INVITE");
    ClientDriver client = rig.start(invite);
    rig.pass(500);
    assertEquals(rig.wire.sent.size(), 2);
    assertSame(rig.wire.sent.get(1), rig.wire.sent.get(0));
    client.terminate();
    rig.expectEmpty();
  }

  @Test
  public void over_a_reliable_transport_nothing_is_resent_but_timer_b_runs() {
    Rig rig = Rig.tcp();
    rig.start(request("INVITE"));
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent INVITE
        32000 timeout
        32000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void a_provisional_response_stops_retransmission_and_timer_b_for_good() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("INVITE"));
    rig.pass(700);
    client.receive(response(180, "INVITE"));
    assertEquals(client.stage(), PROCEEDING);
    assertEquals(rig.clock.armed(), 0);
    rig.pass(3_600_000);
    client.receive(response(183, "INVITE"));
    client.receive(response(183, "INVITE"));
    rig.expect(
        """
        0 sent INVITE
        500 sent INVITE
        700 got 180
        3600700 got 183
        3600700 got 183
        """);
    client.receive(response(486, "INVITE"));
    rig.clock.runUntilIdle();
    rig.expect(
        """
        3600700 sent ACK
        3600700 got 486
        3632700 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void each_2xx_is_passed_up_until_timer_m_and_never_acknowledged() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("INVITE"));
    client.receive(response(200, "INVITE", "one"));
    assertEquals(client.stage(), ACCEPTED);
    rig.pass(500);
    client.receive(response(200, "INVITE", "one"));
    rig.pass(20_000);
    client.receive(response(200, "INVITE", "two"));
    client.receive(response(180, "INVITE", "three"));
    client.receive(response(486, "INVITE", "three"));
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent INVITE
        0 got 200
        500 got 200
        20500 got 200
        32000 terminated
        """);
    assertEquals(client.stage(), TERMINATED);
    client.receive(response(200, "INVITE", "one"));
    rig.expectNothing();
    rig.expectEmpty();
  }

  @Test
  public void timer_m_runs_over_reliable_transports_too() {
    Rig rig = Rig.tcp();
    rig.start(request("INVITE")).receive(response(200, "INVITE"));
    rig.pass(31_999);
    assertEquals(rig.table.clientCount(), 1);
    rig.pass(1);
    rig.expect(
        """
        0 sent INVITE
        0 got 200
        32000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void a_final_response_is_passed_up_once_and_acknowledged_each_time_it_comes() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("INVITE"));
    rig.pass(100);
    client.receive(response(302, "INVITE"));
    assertEquals(client.stage(), COMPLETED);
    rig.pass(500);
    client.receive(response(302, "INVITE"));
    client.receive(response(180, "INVITE"));
    client.receive(response(200, "INVITE"));
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent INVITE
        100 sent ACK
        100 got 302
        600 sent ACK
        32100 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void over_a_reliable_transport_a_final_response_ends_it_at_once() {
    Rig rig = Rig.tcp();
    ClientDriver client = rig.start(request("INVITE"));
    client.receive(response(600, "INVITE"));
    assertEquals(client.stage(), COMPLETED);
    rig.pass(0);
    rig.expect(
        """
        0 sent INVITE
        0 sent ACK
        0 got 600
        0 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void the_ack_is_the_one_of_the_rfc() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("INVITE"));
    client.receive(response(486, "INVITE"));
    assertEquals(
        rig.wire.lastSent(),
        """
        ACK sip:bob@biloxi.com SIP/2.0
        Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff
        To: Bob <sip:bob@biloxi.com>;tag=99sa0xk
        From: Alice <sip:alice@atlanta.com>;tag=88sja8x
        Max-Forwards: 70
        Call-ID: 987asjd97y7atg
        CSeq: 986759 ACK
        Content-Length: 0

        """);
    client.terminate();
    rig.expectEmpty();
  }

  @DataProvider
  Object[][] failures() {
    return new Object[][] {
      {true, "0 sent INVITE\n0 error no route\n0 terminated"},
      {false, "0 sent INVITE\n500 error no route\n500 terminated"},
    };
  }

  @Test(dataProvider = "failures")
  public void a_request_that_cannot_be_sent_ends_it(boolean atOnce, String log) {
    Rig rig = Rig.udp();
    rig.wire.failure = atOnce ? new IOException("no route") : null;
    ClientDriver client = rig.start(request("INVITE"));
    if (!atOnce) {
      rig.pass(499);
      rig.pass(1);
      rig.log.remove(rig.log.size() - 1); // the retransmission
      rig.wire.listener.onFailure(new IOException("no route"));
    }
    rig.expect(log);
    assertEquals(client.stage(), TERMINATED);
    client.onFailure(new IOException("again"));
    rig.clock.runUntilIdle();
    rig.expectNothing();
    rig.expectEmpty();
  }

  @Test
  public void an_ack_that_cannot_be_sent_is_told_after_its_response() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("INVITE"));
    rig.wire.failure = new IOException("no route");
    client.receive(response(486, "INVITE"));
    rig.expect(
        """
        0 sent INVITE
        0 sent ACK
        0 got 486
        0 error no route
        0 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void a_connection_that_breaks_while_it_rings_ends_nothing() {
    Rig rig = Rig.tcp();
    ClientDriver client = rig.start(request("INVITE"));
    client.receive(response(180, "INVITE"));
    client.onFailure(new IOException("reset"));
    assertEquals(client.stage(), PROCEEDING);
    client.receive(response(200, "INVITE"));
    client.onFailure(new IOException("reset"));
    assertEquals(client.stage(), ACCEPTED);
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent INVITE
        0 got 180
        0 got 200
        32000 terminated
        """);
    rig.expectEmpty();
  }

  @DataProvider
  Object[][] strangers() {
    return new Object[][] {
      {"From: Alice <sip:alice@atlanta.com>;tag=88sja8x", "From: <sip:alice@atlanta.com>;tag=x"},
      {"From: Alice <sip:alice@atlanta.com>;tag=88sja8x", "From: <sip:alice@atlanta.com>"},
      {"CSeq: 986759 INVITE", "CSeq: 986758 INVITE"},
    };
  }

  @Test(dataProvider = "strangers")
  public void a_response_with_another_from_tag_or_cseq_is_dropped(String right, String wrong) {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("INVITE"));
    String text =
        new String(response(200, "INVITE").encoded(), java.nio.charset.StandardCharsets.UTF_8);
    client.receive(message(text.replace("\r\n", "\n").replace(right, wrong)));
    rig.expect("0 sent INVITE");
    assertEquals(client.stage(), CALLING);
    client.terminate();
    rig.expectEmpty();
  }

  @Test
  public void terminate_is_silent_but_for_the_end() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("INVITE"));
    rig.pass(600);
    client.terminate();
    client.terminate();
    client.receive(response(200, "INVITE"));
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent INVITE
        500 sent INVITE
        600 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void one_that_was_never_started_can_be_terminated() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.client(request("INVITE"));
    assertNull(client.stage());
    client.receive(response(200, "INVITE"));
    client.onFailure(new IOException("early"));
    client.terminate();
    rig.expect("0 terminated");
    assertThrows(IllegalStateException.class, client::start);
    rig.expectNothing();
    rig.expectEmpty();
  }

  @Test
  public void it_starts_only_once() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("INVITE"));
    assertThrows(IllegalStateException.class, client::start);
    rig.expect("0 sent INVITE");
    client.terminate();
    rig.expectEmpty();
  }

  @Test
  public void a_user_that_ends_it_in_the_midst_of_things_hears_of_the_end_once() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.client(request("INVITE"));
    rig.user.onTimeout = client::terminate;
    client.start();
    rig.pass(32_000);
    rig.log.removeIf(line -> line.endsWith("sent INVITE"));
    rig.expect(
        """
        32000 timeout
        32000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void after_its_cancel_a_final_response_must_come_within_64_t1() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("INVITE"));
    ((InviteClientDriver) client).cancelled();
    client.receive(response(180, "INVITE"));
    rig.pass(100_000);
    ((InviteClientDriver) client).cancelled();
    rig.pass(10_000);
    client.receive(response(180, "INVITE"));
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent INVITE
        0 got 180
        110000 got 180
        132000 timeout
        132000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void a_final_response_after_the_cancel_is_like_any_other() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("INVITE"));
    client.receive(response(180, "INVITE"));
    ((InviteClientDriver) client).cancelled();
    rig.pass(10_000);
    client.receive(response(487, "INVITE"));
    ((InviteClientDriver) client).cancelled();
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent INVITE
        0 got 180
        10000 sent ACK
        10000 got 487
        42000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void its_timers_can_be_set_apart() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.client(request("INVITE"));
    client.setTimings(new Timings(100, 4_000, 5_000));
    client.setTimeoutMillis(1_000);
    ((InviteClientDriver) client).setTimerD(40_000);
    client.start();
    rig.pass(1_000);
    rig.expect(
        """
        0 sent INVITE
        100 sent INVITE
        300 sent INVITE
        700 sent INVITE
        1000 timeout
        1000 terminated
        """);

    ClientDriver other = rig.client(request("INVITE"));
    ((InviteClientDriver) other).setTimerD(40_000);
    other.start();
    other.receive(response(404, "INVITE"));
    rig.clock.runUntilIdle();
    rig.expect(
        """
        1000 sent INVITE
        1000 sent ACK
        1000 got 404
        41000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void an_ack_has_no_client_transaction() {
    Rig rig = Rig.udp();
    SipMessage ack = request("ACK");
    assertThrows(
        IllegalArgumentException.class,
        () -> ClientDriver.of(ack, ack.encoded(), rig.wire, rig.user, rig.layer));
    rig.expectEmpty();
  }

  @Test
  public void timer_d_can_be_set_to_nothing() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.client(request("INVITE"));
    ((InviteClientDriver) client).setTimerD(0);
    client.start();
    client.receive(response(404, "INVITE"));
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent INVITE
        0 sent ACK
        0 got 404
        0 terminated
        """);
    rig.expectEmpty();
  }

  /** What lingers for 32 s must be small. */
  @Test
  public void the_request_is_forgotten_when_it_is_not_needed_any_more() {
    for (int status : new int[] {180, 200, 404}) {
      Rig rig = Rig.udp();
      ClientDriver client = rig.start(request("INVITE"));
      client.receive(response(status, "INVITE"));
      assertEquals(client.request() != null, status == 180, "after " + status);
      client.terminate();
      assertNull(client.request());
    }
  }

  /** A clock may ring for an arming that was replaced meanwhile. */
  @Test
  public void an_alarm_that_rings_too_early_does_nothing_and_is_armed_again() {
    Rig rig = Rig.udp();
    ClientDriver client = rig.start(request("INVITE"));
    rig.pass(100);
    rig.clock.disarm(client);
    client.ring();
    assertEquals(rig.clock.armed(), 1);
    rig.pass(1_399);
    rig.expect("0 sent INVITE\n500 sent INVITE");
    rig.pass(1);
    rig.expect("1500 sent INVITE");
    client.terminate();
    client.ring();
    rig.expect("1500 terminated");
    rig.expectEmpty();
  }
}
