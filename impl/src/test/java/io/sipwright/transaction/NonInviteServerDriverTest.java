package io.sipwright.transaction;

import static io.sipwright.transaction.Rig.bytes;
import static io.sipwright.transaction.Rig.request;
import static io.sipwright.transaction.Rig.respond;
import static io.sipwright.transaction.TransactionStage.COMPLETED;
import static io.sipwright.transaction.TransactionStage.PROCEEDING;
import static io.sipwright.transaction.TransactionStage.TERMINATED;
import static io.sipwright.transaction.TransactionStage.TRYING;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertThrows;

import java.io.IOException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class NonInviteServerDriverTest {
  @Test
  public void retransmissions_are_discarded_until_something_was_sent() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("OPTIONS"));
    assertEquals(server.stage(), TRYING);
    server.receiveRetransmission();
    server.onFailure(new IOException("whatever"));
    assertEquals(server.stage(), TRYING);
    rig.expectNothing();
    server.terminate();
    rig.expectEmpty();
  }

  @Test
  public void retransmissions_are_answered_with_the_latest_provisional_response() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("OPTIONS"));
    respond(server, 100, "OPTIONS");
    assertEquals(server.stage(), PROCEEDING);
    respond(server, 183, "OPTIONS");
    server.receiveRetransmission();
    rig.expect(
        """
        0 sent 100
        0 sent 183
        0 sent 183
        """);
    server.terminate();
    rig.expectEmpty();
  }

  @Test
  public void retransmissions_are_answered_with_the_final_response_until_timer_j() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("OPTIONS"));
    respond(server, 200, "OPTIONS");
    assertEquals(server.stage(), COMPLETED);
    server.ack(request("ACK"));
    rig.pass(31_999);
    server.receiveRetransmission();
    rig.pass(1);
    assertEquals(server.stage(), TERMINATED);
    server.receiveRetransmission();
    rig.expect(
        """
        0 sent 200
        31999 sent 200
        32000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void over_a_reliable_transport_the_final_response_ends_it() {
    Rig rig = Rig.tcp();
    ServerDriver server = rig.server(request("OPTIONS"));
    respond(server, 100, "OPTIONS");
    respond(server, 404, "OPTIONS");
    assertEquals(server.stage(), COMPLETED);
    rig.pass(0);
    rig.expect(
        """
        0 sent 100
        0 sent 404
        0 terminated
        """);
    rig.expectEmpty();
  }

  @DataProvider
  Object[][] violations() {
    return new Object[][] {{200, 100}, {200, 200}, {404, 200}, {408, 200}, {408, 100}, {200, 408}};
  }

  @Test(dataProvider = "violations")
  public void nothing_follows_a_final_response(int first, int second) {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("OPTIONS"));
    respond(server, first, "OPTIONS");
    int sent = rig.wire.sent.size();
    assertThrows(IllegalStateException.class, () -> respond(server, second, "OPTIONS"));
    assertEquals(rig.wire.sent.size(), sent);
    assertEquals(server.stage(), COMPLETED);
    rig.clock.runUntilIdle();
    rig.expectEmpty();
  }

  @Test
  public void a_408_is_not_sent_and_the_request_stays_unanswered() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("OPTIONS"));
    respond(server, 100, "OPTIONS");
    respond(server, 408, "OPTIONS");
    assertEquals(server.stage(), COMPLETED);
    server.receiveRetransmission();
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent 100
        32000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void a_transport_error_is_told_once_for_each_response_and_ends_nothing() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("OPTIONS"));
    rig.wire.failure = new IOException("refused");
    respond(server, 100, "OPTIONS");
    respond(server, 200, "OPTIONS");
    server.receiveRetransmission();
    assertEquals(server.stage(), COMPLETED);
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent 100
        0 error refused
        0 sent 200
        0 error refused
        0 sent 200
        32000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void a_100_is_sent_by_itself_when_the_client_has_slowed_down() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("OPTIONS"));
    server.sendTryingAfter(server.timings().untilT2(), () -> bytes("SIP/2.0 100 Trying\n\n"));
    rig.pass(3_499);
    server.receiveRetransmission();
    rig.pass(1);
    assertEquals(server.stage(), PROCEEDING);
    server.receiveRetransmission();
    respond(server, 200, "OPTIONS");
    rig.clock.runUntilIdle();
    rig.expect(
        """
        3500 sent 100
        3500 sent 100
        3500 sent 200
        35500 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void a_prompt_answer_needs_no_100() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("OPTIONS"));
    server.sendTryingAfter(3_500, () -> bytes("SIP/2.0 100 Trying\n\n"));
    respond(server, 200, "OPTIONS");
    rig.clock.runUntilIdle();
    rig.expect(
        """
        0 sent 200
        32000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void terminate_is_silent_but_for_the_end() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(request("OPTIONS"));
    respond(server, 200, "OPTIONS");
    server.terminate();
    server.terminate();
    server.receiveRetransmission();
    rig.expect(
        """
        0 sent 200
        0 terminated
        """);
    rig.expectEmpty();
  }
}
