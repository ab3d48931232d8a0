package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.util.List;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.Timeout;
import javax.sip.TransactionState;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** What server transactions send, by the program and by themselves (RFC 3261 §17.2). */
public class ServerResponsesTest {
  private Calls calls = new Calls();

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  // --- the stack's own 100 ---

  @Test
  public void an_invite_gets_a_100_after_200_ms_if_nothing_was_sent() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(1000);
    ServerTransaction invite =
        bob.provider().getNewServerTransaction(bob.lastRequest().getRequest());
    calls.run(199);
    assertEquals(end.heard(), List.of());
    calls.run(2);
    assertEquals(end.heard(), List.of("100 INVITE"));
    assertFalse(Calls.header(end.last(), "To").contains("tag"));
    bob.respond(invite, 180);
    calls.run(1000);
    assertEquals(end.heard(), List.of("100 INVITE", "180 INVITE"));
  }

  @Test
  public void no_100_is_sent_after_another_response() throws Exception {
    Party bob = calls.party("bob").answering("INVITE", 180);
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(1000);
    assertEquals(end.heard(), List.of("180 INVITE"));
    assertEquals(bob.heard(), List.of("INVITE"));
  }

  @Test
  public void no_100_is_sent_for_other_methods_within_4_s() throws Exception {
    Party bob = calls.party("bob");
    bob.on("MESSAGE", event -> Party.transaction(event));
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("MESSAGE", "bob", 1));
    calls.run(3000);
    assertEquals(end.heard(), List.of());
  }

  // --- responses ---

  @Test
  public void the_last_response_is_sent_again_for_each_copy_of_the_request() throws Exception {
    calls.party("bob").answering("INVITE", 180);
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(100);
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(100);
    assertEquals(end.heard(), List.of("180 INVITE", "180 INVITE"));
    assertEquals(end.got.get(0), end.got.get(1));
  }

  @Test
  public void a_refusal_is_repeated_until_its_ack_or_a_time_out() throws Exception {
    Party bob = calls.party("bob").answering("INVITE", 486);
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(40_000);
    assertEquals(end.got.size(), 11);
    assertEquals(bob.heard(), List.of("INVITE", "timeout INVITE"));
    assertTrue(bob.timeouts.get(0).isServerTransaction());
    assertSame(bob.timeouts.get(0).getTimeout(), Timeout.TRANSACTION);
    assertEquals(bob.endedTransactions.size(), 1);
  }

  @Test
  public void the_ack_to_a_refusal_is_absorbed() throws Exception {
    Party bob = calls.party("bob").answering("INVITE", 486);
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(10);
    end.send("bob", WireEnd.ack("bob", 1, end.last()));
    end.send("bob", WireEnd.ack("bob", 1, end.last()));
    calls.run(40_000);
    assertEquals(bob.heard(), List.of("INVITE"));
    assertEquals(end.heard(), List.of("486 INVITE"));
  }

  @Test
  public void the_ack_to_a_refusal_is_shown_to_a_listener_that_wants_it() throws Exception {
    Party bob =
        calls
            .party("bob", "gov.nist.javax.sip.PASS_INVITE_NON_2XX_ACK_TO_LISTENER", "true")
            .answering("INVITE", 486);
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(10);
    end.send("bob", WireEnd.ack("bob", 1, end.last()));
    calls.run(10);
    assertEquals(bob.heard(), List.of("INVITE", "ACK"));
    assertSame(bob.lastRequest().getServerTransaction(), bob.lastServerTransaction());
  }

  @Test
  public void nothing_may_follow_a_final_response() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INFO", "bob", 1));
    calls.run(10);
    ServerTransaction info = bob.respond(404);
    for (int status : new int[] {100, 180, 200, 404, 500}) {
      expectThrows(SipException.class, () -> bob.respond(info, status));
    }
    calls.run(10);
    assertEquals(end.heard(), List.of("404 INFO"));
  }

  @Test
  public void a_2xx_may_be_sent_again_after_the_end_of_its_transaction() throws Exception {
    Party bob = calls.party("bob", "javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(10);
    ServerTransaction invite = bob.respond(200);
    assertSame(invite.getState(), TransactionState.TERMINATED);
    bob.respond(invite, 200);
    calls.run(10);
    assertEquals(end.heard(), List.of("200 INVITE", "200 INVITE"));
  }

  @Test
  public void a_response_to_another_request_is_refused() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INFO", "bob", 1));
    end.send("bob", WireEnd.request("INFO", "bob", 2));
    calls.run(10);
    Request first = bob.requests.get(0).getRequest();
    ServerTransaction second =
        bob.provider().getNewServerTransaction(bob.requests.get(1).getRequest());
    Response wrong = bob.response(200, first);
    expectThrows(SipException.class, () -> second.sendResponse(wrong));
    Response otherMethod = bob.response(200, second.getRequest());
    ((CSeqHeader) otherMethod.getHeader("CSeq")).setMethod("OPTIONS");
    expectThrows(SipException.class, () -> second.sendResponse(otherMethod));
    expectThrows(NullPointerException.class, () -> second.sendResponse(null));
    calls.run(10);
    assertEquals(end.heard(), List.of());
  }

  @Test
  public void a_reliable_provisional_response_is_not_sent_this_way() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1, "Supported: 100rel"));
    calls.run(10);
    ServerTransaction invite =
        bob.provider().getNewServerTransaction(bob.lastRequest().getRequest());
    Response reliable = bob.response(180, invite.getRequest());
    reliable.addHeader(Party.HEADERS.createRequireHeader("100rel"));
    reliable.addHeader(Party.HEADERS.createRSeqHeader(1));
    expectThrows(InvalidArgumentException.class, () -> invite.sendResponse(reliable));
  }

  @Test
  public void create_response_adds_no_to_tag_and_send_response_does() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INFO", "bob", 1));
    calls.run(10);
    Response response = Party.MESSAGES.createResponse(200, bob.lastRequest().getRequest());
    assertNull(((ToHeader) response.getHeader("To")).getTag());
    bob.provider().getNewServerTransaction(bob.lastRequest().getRequest()).sendResponse(response);
    calls.run(10);
    assertTrue(Calls.header(end.last(), "To").contains(";tag="), end.last());
  }

  @Test
  public void without_automatic_dialogs_a_response_is_sent_as_it_is() throws Exception {
    Party bob = calls.party("bob", "javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(10);
    bob.provider()
        .getNewServerTransaction(bob.lastRequest().getRequest())
        .sendResponse(Party.MESSAGES.createResponse(180, bob.lastRequest().getRequest()));
    calls.run(10);
    assertEquals(Calls.header(end.last(), "To"), "<sip:bob@test>");
  }

  // --- alerts and times ---

  @Test
  public void retransmission_alerts_come_until_the_transaction_is_terminated() throws Exception {
    Party bob = calls.party("bob", "javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(10);
    ServerTransaction invite =
        bob.provider().getNewServerTransaction(bob.lastRequest().getRequest());
    invite.enableRetransmissionAlerts();
    bob.respond(invite, 200);
    bob.onTimeout(event -> bob.respond(event.getServerTransaction(), 200));
    calls.run(4000);
    assertEquals(
        bob.heard(),
        List.of("INVITE", "retransmit INVITE", "retransmit INVITE", "retransmit INVITE"));
    assertSame(bob.timeouts.get(0).getServerTransaction(), invite);
    assertEquals(end.got.size(), 4);
    invite.terminate();
    calls.run(20_000);
    assertEquals(end.got.size(), 4);
  }

  @Test
  public void retransmission_alerts_are_not_for_transactions_with_a_dialog() throws Exception {
    Party bob = calls.party("bob");
    calls.wireEnd("end", "udp").send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(10);
    ServerTransaction invite =
        bob.provider().getNewServerTransaction(bob.lastRequest().getRequest());
    expectThrows(SipException.class, invite::enableRetransmissionAlerts);
  }

  @Test
  public void terminate_ends_it_with_an_event() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INFO", "bob", 1));
    calls.run(10);
    ServerTransaction info = bob.provider().getNewServerTransaction(bob.lastRequest().getRequest());
    info.terminate();
    info.terminate();
    assertSame(info.getState(), TransactionState.TERMINATED);
    expectThrows(SipException.class, () -> bob.respond(info, 200));
    calls.run(10);
    assertEquals(bob.endedTransactions.size(), 1);
  }

  @Test
  public void a_transaction_may_not_outlive_its_greatest_age() throws Exception {
    Party bob = calls.party("bob", "gov.nist.javax.sip.MAX_TX_LIFETIME_NON_INVITE", "10");
    bob.on("INFO", event -> Party.transaction(event));
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INFO", "bob", 1));
    calls.run(11_000);
    assertEquals(bob.heard(), List.of("INFO", "timeout INFO"));
    assertTrue(bob.timeouts.get(0).isServerTransaction());
    assertEquals(bob.endedTransactions.size(), 1);
    assertEquals(bob.stack.statistics().get("serverTransactions"), 0);
  }

  @Test
  public void one_that_was_answered_ends_at_its_greatest_age_without_a_time_out() throws Exception {
    Party bob =
        calls
            .party("bob", "gov.nist.javax.sip.MAX_TX_LIFETIME_NON_INVITE", "10")
            .answering("INFO", 200);
    calls.wireEnd("end", "udp").send("bob", WireEnd.request("INFO", "bob", 1));
    calls.run(11_000);
    assertEquals(bob.heard(), List.of("INFO"));
    assertEquals(bob.endedTransactions.size(), 1);
  }

  @Test
  public void application_data_survives_the_end() throws Exception {
    Party bob = calls.party("bob");
    calls.wireEnd("end", "udp").send("bob", WireEnd.request("INFO", "bob", 1));
    calls.run(10);
    ServerTransaction info = bob.respond(200);
    info.setApplicationData("mine");
    calls.runToTheEnd();
    assertEquals(info.getApplicationData(), "mine");
  }

  @Test
  public void the_retransmit_timer_of_one_transaction_can_be_set() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(10);
    ServerTransaction invite =
        bob.provider().getNewServerTransaction(bob.lastRequest().getRequest());
    assertEquals(invite.getRetransmitTimer(), 500);
    invite.setRetransmitTimer(100);
    bob.respond(invite, 486);
    calls.run(350);
    assertEquals(end.got.size(), 3);
  }

  @Test
  public void a_response_that_cannot_be_sent_at_once_is_an_exception() throws Exception {
    Party bob = calls.party("bob");
    calls.wireEnd("end", "udp").send("bob", WireEnd.request("INFO", "bob", 1));
    calls.run(10);
    Response big = bob.response(200, bob.lastRequest().getRequest());
    big.setContent(new byte[70_000], Party.HEADERS.createContentTypeHeader("application", "x"));
    ServerTransaction info = bob.provider().getNewServerTransaction(bob.lastRequest().getRequest());
    expectThrows(SipException.class, () -> info.sendResponse(big));
    calls.run(1000);
    assertEquals(bob.heard(), List.of("INFO"));
  }
}
