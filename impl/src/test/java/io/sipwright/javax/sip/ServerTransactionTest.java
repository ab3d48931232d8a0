package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.util.ArrayList;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.Timeout;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionState;
import javax.sip.TransactionUnavailableException;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** Server transactions as programs see them (RFC 3261 §17.2). */
public class ServerTransactionTest {
  private Calls calls = new Calls();

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  // --- making ---

  @Test
  public void an_initial_request_comes_without_transaction() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(100);
    assertNull(bob.lastRequest().getServerTransaction());
    assertNull(bob.lastRequest().getDialog());
  }

  @Test
  public void one_request_has_one_transaction() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1));
    calls.run(100);
    Request request = bob.lastRequest().getRequest();
    ServerTransaction transaction = bob.provider().getNewServerTransaction(request);
    assertSame(transaction.getRequest(), request);
    assertEquals(transaction.getBranchId(), "z9hG4bKwire1");
    expectThrows(
        TransactionAlreadyExistsException.class,
        () -> bob.provider().getNewServerTransaction(request));
  }

  @Test
  public void an_ack_has_no_transaction() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("ACK", "bob", 1));
    calls.run(100);
    Request ack = bob.lastRequest().getRequest();
    expectThrows(
        TransactionUnavailableException.class, () -> bob.provider().getNewServerTransaction(ack));
    expectThrows(NullPointerException.class, () -> bob.provider().getNewServerTransaction(null));
  }

  @Test
  public void a_request_that_comes_again_is_delivered_again_until_it_has_a_transaction()
      throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    String request = WireEnd.request("OPTIONS", "bob", 1);
    end.send("bob", request);
    end.send("bob", request);
    calls.run(100);
    assertEquals(bob.heard(), List.of("OPTIONS", "OPTIONS"));
    bob.provider().getNewServerTransaction(bob.lastRequest().getRequest());
    end.send("bob", request);
    end.send("bob", request);
    calls.run(100);
    assertEquals(bob.heard(), List.of("OPTIONS", "OPTIONS"));
    assertEquals(end.heard(), List.of());
  }

  @Test
  public void without_a_transaction_the_stack_sends_nothing() throws Exception {
    calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(60_000);
    assertEquals(end.heard(), List.of());
  }

  @Test
  public void branches_are_compared_without_regard_to_case() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1));
    calls.run(100);
    bob.respond(200);
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1).replace("z9hG4bKwire", "z9hg4bkWIRE"));
    calls.run(100);
    assertEquals(bob.heard(), List.of("OPTIONS"));
    assertEquals(end.heard(), List.of("200 OPTIONS", "200 OPTIONS"));
  }

  @Test
  public void server_transactions_are_limited_and_the_rest_is_refused() throws Exception {
    Party bob = calls.party("bob", "io.sipwright.MAX_SERVER_TRANSACTIONS", "1");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1));
    end.send("bob", WireEnd.request("OPTIONS", "bob", 2));
    calls.run(100);
    bob.provider().getNewServerTransaction(bob.requests.get(0).getRequest());
    Request second = bob.requests.get(1).getRequest();
    expectThrows(
        TransactionUnavailableException.class,
        () -> bob.provider().getNewServerTransaction(second));
    end.send(
        "bob",
        WireEnd.request("BYE", "bob", 3).replace("To: <sip:bob@test>", "To: <sip:bob@test>;tag=x"));
    calls.run(100);
    assertEquals(end.heard(), List.of("503 BYE"));
  }

  // --- RFC 2543 ---

  @Test
  public void a_request_of_an_rfc_2543_client_is_matched_by_its_headers() throws Exception {
    Party bob = calls.party("bob").answering("INVITE", 486);
    WireEnd end = calls.wireEnd("end", "udp");
    String invite = WireEnd.request("INVITE", "bob", 1).replace(";branch=z9hG4bKwire1", "");
    end.send("bob", invite);
    calls.run(100);
    end.send("bob", invite);
    calls.run(100);
    assertEquals(bob.heard(), List.of("INVITE"));
    String to = Calls.header(end.last(), "To");
    int answers = end.got.size();
    end.send("bob", invite.replace("INVITE", "ACK").replace("To: <sip:bob@test>", "To: " + to));
    calls.run(20_000);
    assertEquals(bob.heard(), List.of("INVITE"));
    assertEquals(end.got.size(), answers, "answers after the ACK");
  }

  @Test
  public void a_cancel_of_an_rfc_2543_client_finds_its_invite() throws Exception {
    Party bob = calls.party("bob").answering("INVITE", 180);
    WireEnd end = calls.wireEnd("end", "udp");
    String invite = WireEnd.request("INVITE", "bob", 1).replace("z9hG4bK", "1-");
    end.send("bob", invite);
    calls.run(100);
    end.send("bob", invite.replace("INVITE", "CANCEL"));
    calls.run(100);
    assertEquals(bob.heard(), List.of("INVITE", "CANCEL"));
    assertNotNull(bob.lastRequest().getServerTransaction());
  }

  // --- states ---

  @Test
  public void an_invite_is_proceeding_at_once_then_completed_confirmed_terminated()
      throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(10);
    ServerTransaction invite =
        bob.provider().getNewServerTransaction(bob.lastRequest().getRequest());
    assertSame(invite.getState(), TransactionState.PROCEEDING);
    bob.respond(invite, 180);
    assertSame(invite.getState(), TransactionState.PROCEEDING);
    bob.respond(invite, 486);
    assertSame(invite.getState(), TransactionState.COMPLETED);
    calls.run(10);
    end.send("bob", ackTo(end.last()));
    calls.run(10);
    assertSame(invite.getState(), TransactionState.CONFIRMED);
    calls.runToTheEnd();
    assertSame(invite.getState(), TransactionState.TERMINATED);
    assertEquals(bob.heard(), List.of("INVITE"));
    assertEquals(bob.endedTransactions.size(), 1);
    assertSame(bob.endedTransactions.get(0).getServerTransaction(), invite);
    assertTrue(bob.endedTransactions.get(0).isServerTransaction());
  }

  /** The ACK that {@link WireEnd}'s client transaction would send. */
  private static String ackTo(String response) {
    return WireEnd.request("ACK", "bob", 1)
        .replace("To: <sip:bob@test>", "To: " + Calls.header(response, "To"));
  }

  @Test
  public void a_2xx_to_invite_terminates_before_send_response_returns() throws Exception {
    Party bob = calls.party("bob");
    calls.wireEnd("end", "udp").send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(10);
    assertSame(bob.respond(200).getState(), TransactionState.TERMINATED);
  }

  @Test
  public void other_methods_are_trying_at_once_then_proceeding_and_completed() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INFO", "bob", 1));
    calls.run(10);
    ServerTransaction info = bob.provider().getNewServerTransaction(bob.lastRequest().getRequest());
    assertSame(info.getState(), TransactionState.TRYING);
    bob.respond(info, 183);
    assertSame(info.getState(), TransactionState.PROCEEDING);
    bob.respond(info, 200);
    assertSame(info.getState(), TransactionState.COMPLETED);
    calls.run(31_000);
    assertSame(info.getState(), TransactionState.COMPLETED);
    calls.runToTheEnd();
    assertSame(info.getState(), TransactionState.TERMINATED);
    assertEquals(bob.endedTransactions.size(), 1);
  }

  @Test
  public void over_tcp_a_final_response_terminates_at_once_but_for_a_refused_invite()
      throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "tcp");
    end.send("bob", WireEnd.request("INFO", "bob", 1).replace("/UDP", "/TCP"));
    calls.run(10);
    assertSame(bob.respond(200).getState(), TransactionState.TERMINATED);
    end.send("bob", WireEnd.request("INVITE", "bob", 2).replace("/UDP", "/TCP"));
    calls.run(10);
    assertSame(bob.respond(486).getState(), TransactionState.COMPLETED);
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
    end.send("bob", ackTo(end.last()));
    end.send("bob", ackTo(end.last()));
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
    end.send("bob", ackTo(end.last()));
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

  // --- oneself ---

  @Test
  public void a_stack_may_call_itself_over_udp_and_tcp() throws Exception {
    Party alice = calls.party("alice").answering("INVITE", 180, 200).answering("BYE", 200);
    for (String transport : List.of("udp", "tcp")) {
      List<String> before = new ArrayList<>(alice.heard());
      alice.on(200, event -> {});
      ClientTransaction invite =
          alice.send(
              alice.request("INVITE", Party.uri(alice, "transport=" + transport), transport));
      calls.run(100);
      assertEquals(
          alice.heard().subList(before.size(), alice.heard().size()),
          List.of("INVITE", "180 INVITE", "200 INVITE"),
          transport);
      assertSame(alice.lastResponse().getClientTransaction(), invite);
      assertNotSame(alice.lastRequest().getRequest(), invite.getRequest());
    }
  }
}
