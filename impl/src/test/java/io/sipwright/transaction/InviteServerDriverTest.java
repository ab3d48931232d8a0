package io.sipwright.transaction;

import static io.sipwright.transaction.Rig.bytes;
import static io.sipwright.transaction.Rig.request;
import static io.sipwright.transaction.Rig.respond;
import static io.sipwright.transaction.Rig.response;
import static io.sipwright.transaction.TransactionStage.ACCEPTED;
import static io.sipwright.transaction.TransactionStage.COMPLETED;
import static io.sipwright.transaction.TransactionStage.CONFIRMED;
import static io.sipwright.transaction.TransactionStage.PROCEEDING;
import static io.sipwright.transaction.TransactionStage.TERMINATED;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.message.SipMessage;
import java.io.IOException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class InviteServerDriverTest {
  private static final byte[] TRYING =
      bytes(
          """
          SIP/2.0 100 Trying

          """);

  @Test
  public void nothing_is_resent_before_anything_was_sent() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("INVITE"));
    assertEquals(server.stage(), PROCEEDING);
    server.receiveRetransmission();
    rig.expectNothing();
    assertEquals(rig.clock.armed(), 0);
    server.terminate();
    rig.expect("0 terminated");
    rig.expectEmpty();
  }

  @Test
  public void a_retransmitted_invite_is_answered_with_the_latest_provisional_response() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("INVITE"));
    respond(server, 100, "INVITE");
    server.receiveRetransmission();
    respond(server, 180, "INVITE");
    respond(server, 183, "INVITE");
    rig.pass(3_600_000);
    server.receiveRetransmission();
    assertEquals(server.stage(), PROCEEDING);
    rig.expect(
        """
        0 sent 100
        0 sent 100
        0 sent 180
        0 sent 183
        3600000 sent 183
        """);
    server.terminate();
    rig.expect("3600000 terminated");
    rig.expectEmpty();
  }

  @Test
  public void after_a_2xx_invites_are_absorbed_and_acks_passed_up_until_timer_l() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("INVITE"));
    respond(server, 180, "INVITE");
    respond(server, 200, "INVITE");
    assertEquals(server.stage(), ACCEPTED);
    rig.pass(500);
    server.receiveRetransmission();
    respond(server, 200, "INVITE");
    rig.pass(500);
    server.ack(request("ACK"));
    rig.pass(30_999);
    assertEquals(server.stage(), ACCEPTED);
    server.receiveRetransmission();
    rig.pass(1);
    assertEquals(server.stage(), TERMINATED);
    rig.expect(
        """
        0 sent 180
        0 sent 200
        500 sent 200
        1000 ack to 2xx
        32000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void a_final_response_is_resent_at_intervals_up_to_t2_until_timer_h() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("INVITE"));
    rig.pass(1_000);
    respond(server, 486, "INVITE");
    assertEquals(server.stage(), COMPLETED);
    rig.clock.runUntilIdle();
    rig.expect(
        """
        1000 sent 486
        1500 sent 486
        2500 sent 486
        4500 sent 486
        8500 sent 486
        12500 sent 486
        16500 sent 486
        20500 sent 486
        24500 sent 486
        28500 sent 486
        32500 sent 486
        33000 timeout
        33000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void a_retransmitted_invite_is_answered_with_the_final_response() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("INVITE"));
    respond(server, 180, "INVITE");
    respond(server, 302, "INVITE");
    rig.pass(100);
    server.receiveRetransmission();
    rig.expect(
        """
        0 sent 180
        0 sent 302
        100 sent 302
        """);
    server.terminate();
    rig.expect("100 terminated");
    rig.expectEmpty();
  }

  @Test
  public void the_ack_stops_retransmission_and_what_comes_later_is_absorbed_for_t4() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("INVITE"));
    respond(server, 486, "INVITE");
    rig.pass(600);
    server.ack(request("ACK"));
    assertEquals(server.stage(), CONFIRMED);
    rig.pass(100);
    server.ack(request("ACK"));
    server.receiveRetransmission();
    server.onFailure(new IOException("late"));
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent 486
        500 sent 486
        600 ack
        5600 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void over_a_reliable_transport_a_final_response_is_sent_once_and_its_ack_ends_it() {
    Rig rig = Rig.tcp();
    ServerDriver server = rig.server(request("INVITE"));
    respond(server, 486, "INVITE");
    rig.pass(10_000);
    server.ack(request("ACK"));
    assertEquals(server.stage(), CONFIRMED);
    rig.pass(0);
    rig.expect(
        """
        0 sent 486
        10000 ack
        10000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void over_a_reliable_transport_timer_h_runs() {
    Rig rig = Rig.tcp();
    respond(rig.server(request("INVITE")), 486, "INVITE");
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent 486
        32000 timeout
        32000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void an_ack_before_any_final_response_means_nothing() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("INVITE"));
    server.ack(request("ACK"));
    assertEquals(server.stage(), PROCEEDING);
    rig.expectNothing();
    server.terminate();
    rig.expectEmpty();
  }

  @DataProvider
  Object[][] violations() {
    return new Object[][] {
      // sent, then refused, with what the message says
      {486, 180, "final response 486 .* provisional response 180"},
      {486, 487, "final response 486 .* another final response, 487"},
      {486, 200, "final response 486 .* another final response, 200"},
      {200, 180, "final response 200 .* provisional response 180"},
      {200, 486, "final response 200 .* another final response, 486"},
      {486, 100, "final response 486 .* provisional response 100"},
      {486, 699, "final response 486 .* another final response, 699"},
      {486, 199, "final response 486 .* provisional response 199"},
      {300, 200, "final response 300 .* another final response, 200"},
    };
  }

  @Test(dataProvider = "violations")
  public void responses_out_of_order_are_refused_and_change_nothing(
      int first, int second, String says) {
    Rig rig = Rig.tcp();
    ServerDriver server = rig.server(request("INVITE"));
    respond(server, first, "INVITE");
    TransactionStage before = server.stage();
    IllegalStateException refused =
        expectThrows(IllegalStateException.class, () -> respond(server, second, "INVITE"));
    assertTrue(refused.getMessage().matches(".*" + says + ".*"), refused.getMessage());
    assertEquals(server.stage(), before);
    rig.expect("0 sent " + first);
    server.terminate();
    rig.expectEmpty();
  }

  @Test
  public void a_request_is_no_response() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("INVITE"));
    var request = request("INVITE");
    assertThrows(IllegalStateException.class, () -> server.respond(request, request.encoded()));
    rig.expectNothing();
    server.terminate();
    rig.expectEmpty();
  }

  @Test
  public void nothing_can_be_sent_after_the_end() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("INVITE"));
    server.terminate();
    IllegalStateException over =
        expectThrows(IllegalStateException.class, () -> respond(server, 200, "INVITE"));
    assertEquals(
        over.getMessage(), "The transaction is over: a 200 can't be sent through it any more");
    server.receiveRetransmission();
    server.ack(request("ACK"));
    server.sendTryingAfter(200, () -> TRYING);
    rig.expect("0 terminated");
    rig.expectEmpty();
  }

  @Test
  public void a_transport_error_is_told_once_for_each_response_and_ends_nothing() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("INVITE"));
    rig.wire.failure = new IOException("refused");
    respond(server, 180, "INVITE");
    server.receiveRetransmission();
    assertEquals(server.stage(), PROCEEDING);
    respond(server, 486, "INVITE");
    rig.pass(500);
    assertEquals(server.stage(), COMPLETED);
    rig.wire.failure = null;
    server.ack(request("ACK"));
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent 180
        0 error refused
        0 sent 180
        0 sent 486
        0 error refused
        500 sent 486
        500 ack
        5500 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void a_2xx_that_cannot_be_sent_still_lets_invites_be_absorbed() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("INVITE"));
    rig.wire.failure = new IOException("refused");
    respond(server, 200, "INVITE");
    server.receiveRetransmission();
    assertEquals(server.stage(), ACCEPTED);
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent 200
        0 error refused
        32000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void a_100_is_sent_by_itself_if_nothing_else_is() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("INVITE"));
    server.sendTryingAfter(200, () -> TRYING);
    rig.pass(100);
    server.receiveRetransmission();
    rig.pass(200);
    server.receiveRetransmission();
    respond(server, 180, "INVITE");
    assertEquals(server.stage(), PROCEEDING);
    rig.expect(
        """
        200 sent 100
        300 sent 100
        300 sent 180
        """);
    assertEquals(rig.clock.armed(), 0);
    server.terminate();
    rig.expectEmpty();
  }

  @DataProvider
  Object[][] answers() {
    return new Object[][] {{100}, {180}, {200}, {404}};
  }

  @Test(dataProvider = "answers")
  public void no_100_is_sent_after_another_response(int status) {
    Rig rig = Rig.tcp();
    ServerDriver server = rig.server(request("INVITE"));
    server.sendTryingAfter(200, () -> TRYING);
    rig.pass(199);
    respond(server, status, "INVITE");
    assertEquals(rig.clock.armed(), status < 200 ? 0 : 1);
    rig.pass(1_000);
    server.sendTryingAfter(200, () -> TRYING);
    rig.pass(1_000);
    rig.expect("199 sent " + status);
    server.terminate();
    rig.expectEmpty();
  }

  @Test
  public void its_timers_can_be_set_apart() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("INVITE"));
    server.setTimings(new Timings(10, 40, 50));
    assertEquals(server.timings().t1(), 10);
    respond(server, 486, "INVITE");
    rig.pass(150);
    server.ack(request("ACK"));
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent 486
        10 sent 486
        30 sent 486
        70 sent 486
        110 sent 486
        150 sent 486
        150 ack
        200 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void a_2xx_with_another_tag_can_follow_a_2xx() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("INVITE"));
    respond(server, 200, "INVITE");
    var forked = response(200, "INVITE", "other");
    server.respond(forked, forked.encoded());
    rig.expect("0 sent 200\n0 sent 200");
    server.terminate();
    rig.expectEmpty();
  }

  @Test
  public void a_status_is_between_100_and_699() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("INVITE"));
    respond(server, 100, "INVITE");
    SipMessage request = request("INVITE");
    IllegalStateException refused =
        expectThrows(IllegalStateException.class, () -> server.respond(request, request.encoded()));
    assertEquals(refused.getMessage(), "A status is between 100 and 699: " + request.status());
    respond(server, 699, "INVITE");
    rig.expect("0 sent 100\n0 sent 699");
    server.terminate();
    rig.expect("0 terminated");
    rig.expectEmpty();
  }
}
