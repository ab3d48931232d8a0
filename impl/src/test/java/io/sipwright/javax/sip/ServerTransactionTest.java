package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.util.ArrayList;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.ServerTransaction;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionState;
import javax.sip.TransactionUnavailableException;
import javax.sip.message.Request;
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
    calls.run(100);
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
    end.send("bob", WireEnd.request("OPTIONS", "bob", 3));
    calls.run(100);
    assertEquals(end.heard(), List.of("503 OPTIONS"));
    end.send(
        "bob",
        WireEnd.request("BYE", "bob", 4).replace("To: <sip:bob@test>", "To: <sip:bob@test>;tag=x"));
    calls.run(100);
    assertEquals(end.heard(), List.of("503 OPTIONS", "481 BYE"));
    assertEquals(bob.stack.getStatistics().serverTransactions(), 1);
    assertEquals(bob.stack.getStatistics().refusals().transactionsFull(), 1);
  }

  @Test
  public void calls_are_cancelled_and_ended_while_no_new_transaction_is_taken() throws Exception {
    Party bob = calls.party("bob", "io.sipwright.MAX_SERVER_TRANSACTIONS", "2");
    bob.answering("INVITE", 200).answering("BYE", 200);
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(10);
    String ok = end.last();
    end.send("bob", WireEnd.ack("bob", 1, ok));
    calls.run(10);
    bob.answering("INVITE", 180);
    end.send("bob", WireEnd.request("INVITE", "bob", 2));
    calls.run(10);
    end.send("bob", WireEnd.request("OPTIONS", "bob", 3));
    end.send("bob", WireEnd.request("CANCEL", "bob", 2));
    end.send(
        "bob",
        WireEnd.request("BYE", "bob", 4)
            .replace("Call-ID: wire4", "Call-ID: wire1")
            .replace("To: <sip:bob@test>", "To: " + Calls.header(ok, "To")));
    calls.run(10);
    assertEquals(end.heard(), List.of("200 INVITE", "180 INVITE", "503 OPTIONS", "200 BYE"));
    assertEquals(bob.heard(), List.of("INVITE", "ACK", "INVITE", "CANCEL", "BYE"));
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
    end.send("bob", WireEnd.ack("bob", 1, end.last()));
    calls.run(10);
    assertSame(invite.getState(), TransactionState.CONFIRMED);
    calls.runToTheEnd();
    assertSame(invite.getState(), TransactionState.TERMINATED);
    assertEquals(bob.heard(), List.of("INVITE"));
    assertEquals(bob.endedTransactions.size(), 1);
    assertSame(bob.endedTransactions.get(0).getServerTransaction(), invite);
    assertTrue(bob.endedTransactions.get(0).isServerTransaction());
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
