package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.ObjectInUseException;
import javax.sip.SipException;
import javax.sip.TransactionState;
import javax.sip.TransactionUnavailableException;
import javax.sip.header.CSeqHeader;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Client transactions as programs see them (RFC 3261 §17.1). */
public class ClientTransactionTest {
  private static final long NEVER_ANSWERED = 40_000;

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
  public void a_transaction_has_no_state_before_it_is_sent() throws Exception {
    Party alice = calls.party("alice");
    ClientTransaction transaction =
        alice.provider().getNewClientTransaction(alice.request("OPTIONS", calls.party("bob")));
    assertNull(transaction.getState());
  }

  @Test
  public void a_transaction_gives_back_its_request() throws Exception {
    Party alice = calls.party("alice");
    Request request = alice.request("OPTIONS", calls.party("bob"));
    assertSame(alice.provider().getNewClientTransaction(request).getRequest(), request);
  }

  @Test
  public void a_missing_branch_is_filled_in_when_the_transaction_is_made() throws Exception {
    Party alice = calls.party("alice");
    Request request = alice.request("OPTIONS", calls.party("bob"));
    ClientTransaction transaction = alice.provider().getNewClientTransaction(request);
    String branch = ((ViaHeader) request.getHeader("Via")).getBranch();
    assertTrue(branch.startsWith("z9hG4bK"), branch);
    assertEquals(transaction.getBranchId(), branch);
  }

  @Test
  public void a_branch_that_the_program_set_is_kept() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("OPTIONS", 200);
    Request request = alice.request("OPTIONS", bob);
    ((ViaHeader) request.getHeader("Via")).setBranch("z9hG4bK-mine");
    assertEquals(alice.send(request).getBranchId(), "z9hG4bK-mine");
    calls.run();
    assertEquals(alice.heard(), List.of("200 OPTIONS"));
  }

  @Test
  public void a_clone_without_branch_can_be_sent_again_and_gets_another() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("OPTIONS", 200);
    Request first = alice.request("OPTIONS", bob);
    String before = alice.send(first).getBranchId();
    Request second = (Request) first.clone();
    ((ViaHeader) second.getHeader("Via")).removeParameter("branch");
    ((CSeqHeader) second.getHeader("CSeq")).setSeqNumber(2);
    assertNotEquals(alice.send(second).getBranchId(), before);
    calls.run();
    assertEquals(alice.heard(), List.of("200 OPTIONS", "200 OPTIONS"));
  }

  @Test
  public void two_transactions_of_one_branch_cannot_be() throws Exception {
    Party alice = calls.party("alice");
    Request request = alice.request("OPTIONS", calls.party("bob"));
    alice.send(request);
    Request again = (Request) request.clone();
    expectThrows(
        TransactionUnavailableException.class,
        () -> alice.provider().getNewClientTransaction(again));
  }

  @Test
  public void an_ack_has_no_transaction() throws Exception {
    Party alice = calls.party("alice");
    Request ack = alice.request("ACK", calls.party("bob"));
    expectThrows(
        TransactionUnavailableException.class, () -> alice.provider().getNewClientTransaction(ack));
    expectThrows(NullPointerException.class, () -> alice.provider().getNewClientTransaction(null));
  }

  @Test
  public void without_a_next_hop_there_is_no_transaction() throws Exception {
    Party alice = calls.party("alice");
    Request request = alice.request("OPTIONS", "tel:+358-555-1234567", "udp");
    TransactionUnavailableException e =
        expectThrows(
            TransactionUnavailableException.class,
            () -> alice.provider().getNewClientTransaction(request));
    assertTrue(e.getMessage().contains("tel:+358-555-1234567"), e.getMessage());
  }

  @DataProvider
  public Object[][] neededHeaders() {
    return new Object[][] {{"From"}, {"To"}, {"Call-ID"}, {"CSeq"}};
  }

  @Test(dataProvider = "neededHeaders")
  public void a_request_without_what_all_requests_need_is_refused(String header) throws Exception {
    Party alice = calls.party("alice");
    Request request = alice.request("OPTIONS", calls.party("bob"));
    request.removeHeader(header);
    SipException e =
        expectThrows(
            TransactionUnavailableException.class,
            () -> alice.provider().getNewClientTransaction(request));
    assertTrue(e.getMessage().contains(header), e.getMessage());
    expectThrows(SipException.class, () -> alice.provider().sendRequest(request));
    assertEquals(calls.wire(), List.of());
  }

  @Test
  public void an_empty_request_has_no_transaction() throws Exception {
    Party alice = calls.party("alice");
    Request empty = Party.MESSAGES.createRequest("");
    expectThrows(
        TransactionUnavailableException.class,
        () -> alice.provider().getNewClientTransaction(empty));
  }

  @Test
  public void max_forwards_is_added_where_it_is_missing() throws Exception {
    Party alice = calls.party("alice");
    Request request = alice.request("OPTIONS", calls.party("bob"));
    request.removeHeader("Max-Forwards");
    alice.send(request);
    assertEquals(((MaxForwardsHeader) request.getHeader("Max-Forwards")).getMaxForwards(), 70);
  }

  @Test
  public void a_request_is_sent_once_through_its_transaction() throws Exception {
    Party alice = calls.party("alice");
    ClientTransaction transaction = alice.send(alice.request("OPTIONS", calls.party("bob")));
    expectThrows(SipException.class, transaction::sendRequest);
  }

  // --- states ---

  @Test
  public void an_invite_goes_through_calling_proceeding_and_completed() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    assertSame(invite.getState(), TransactionState.CALLING);
    List<TransactionState> seen = new ArrayList<>();
    alice.on(180, e -> seen.add(e.getClientTransaction().getState()));
    alice.on(486, e -> seen.add(e.getClientTransaction().getState()));
    calls.run(100);
    bob.respond(180);
    calls.run(100);
    bob.respond(bob.lastServerTransaction(), 486);
    calls.run(100);
    assertEquals(seen, List.of(TransactionState.PROCEEDING, TransactionState.COMPLETED));
    calls.runToTheEnd();
    assertSame(invite.getState(), TransactionState.TERMINATED);
    assertEquals(alice.endedTransactions.size(), 1);
    assertSame(alice.endedTransactions.get(0).getClientTransaction(), invite);
    assertFalse(alice.endedTransactions.get(0).isServerTransaction());
    assertEquals(alice.timeouts, List.of());
  }

  @Test
  public void a_2xx_to_invite_terminates_as_the_program_sees_it() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("INVITE", 200);
    List<TransactionState> seen = new ArrayList<>();
    alice.on(200, e -> seen.add(e.getClientTransaction().getState()));
    alice.send(alice.request("INVITE", bob));
    calls.run(100);
    assertEquals(seen, List.of(TransactionState.TERMINATED));
  }

  @Test
  public void other_methods_go_through_trying_proceeding_and_completed() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    ClientTransaction info = alice.send(alice.request("INFO", bob));
    assertSame(info.getState(), TransactionState.TRYING);
    List<TransactionState> seen = new ArrayList<>();
    alice.on(183, e -> seen.add(e.getClientTransaction().getState()));
    alice.on(200, e -> seen.add(e.getClientTransaction().getState()));
    calls.run(100);
    bob.respond(183);
    calls.run(100);
    bob.respond(bob.lastServerTransaction(), 200);
    calls.run(100);
    assertEquals(seen, List.of(TransactionState.PROCEEDING, TransactionState.COMPLETED));
    calls.runToTheEnd();
    assertSame(info.getState(), TransactionState.TERMINATED);
    assertEquals(alice.endedTransactions.size(), 1);
    assertEquals(alice.timeouts, List.of());
  }

  @Test
  public void the_transaction_of_an_event_is_the_very_object_that_was_made() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("INFO", 200);
    ClientTransaction transaction = alice.send(alice.request("INFO", bob));
    calls.run();
    assertSame(alice.lastResponse().getClientTransaction(), transaction);
  }

  @Test
  public void method_names_of_received_messages_are_interned() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("PUBLISH", 200);
    alice.send(alice.request("PUBLISH", bob));
    calls.run();
    assertSame(bob.lastRequest().getRequest().getMethod(), "PUBLISH");
    CSeqHeader cseq = (CSeqHeader) alice.lastResponse().getResponse().getHeader("CSeq");
    assertSame(cseq.getMethod(), "PUBLISH");
  }

  @Test
  public void application_data_survives_the_end() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("INFO", 200);
    ClientTransaction transaction = alice.send(alice.request("INFO", bob));
    assertNull(transaction.getApplicationData());
    Object data = new Object();
    transaction.setApplicationData(data);
    calls.runToTheEnd();
    assertSame(transaction.getState(), TransactionState.TERMINATED);
    assertSame(transaction.getApplicationData(), data);
    transaction.setApplicationData(null);
    assertNull(transaction.getApplicationData());
  }

  // --- responses that match, or don't ---

  @Test
  public void branches_are_compared_without_regard_to_case() throws Exception {
    Party alice = calls.party("alice");
    WireEnd end = calls.wireEnd("end", "udp");
    Request request = alice.request("OPTIONS", "sip:end@10.0.0.2", "udp");
    ((ViaHeader) request.getHeader("Via")).setBranch("z9hG4bKabc");
    ClientTransaction transaction = alice.send(request);
    calls.run(100);
    end.send("alice", WireEnd.response(200, end.last()).replace("z9hG4bKabc", "Z9HG4BKABC"));
    calls.run(100);
    assertSame(alice.lastResponse().getClientTransaction(), transaction);
  }

  @Test
  public void a_response_with_another_from_tag_or_cseq_is_dropped() throws Exception {
    Party alice = calls.party("alice");
    WireEnd end = calls.wireEnd("end", "udp");
    alice.send(alice.request("OPTIONS", "sip:end@10.0.0.2", "udp"));
    calls.run(100);
    String response = WireEnd.response(200, end.last());
    end.send("alice", response.replaceFirst("(From:.*tag=)\\w+", "$1other"));
    end.send("alice", response.replaceFirst("CSeq: 1 ", "CSeq: 2 "));
    calls.run(100);
    assertEquals(alice.heard(), List.of());
    end.send("alice", response);
    calls.run(100);
    assertEquals(alice.heard(), List.of("200 OPTIONS"));
  }

  @Test
  public void a_response_that_comes_again_is_absorbed() throws Exception {
    Party alice = calls.party("alice");
    WireEnd end = calls.wireEnd("end", "udp");
    alice.send(alice.request("OPTIONS", "sip:end@10.0.0.2", "udp"));
    calls.run(100);
    end.send("alice", WireEnd.response(200, end.last()));
    end.send("alice", WireEnd.response(200, end.last()));
    calls.run(1000);
    assertEquals(alice.heard(), List.of("200 OPTIONS"));
  }

  @Test
  public void an_ack_to_a_refusal_is_made_by_the_stack_for_each_copy() throws Exception {
    Party alice = calls.party("alice");
    WireEnd end = calls.wireEnd("end", "udp");
    ClientTransaction invite = alice.send(alice.request("INVITE", "sip:end@10.0.0.2", "udp"));
    calls.run(100);
    String refusal = WireEnd.response(486, end.last());
    end.send("alice", refusal);
    end.send("alice", refusal);
    calls.run(100);
    assertEquals(alice.heard(), List.of("486 INVITE"));
    assertEquals(end.heard(), List.of("INVITE", "ACK", "ACK"));
    String ack = end.last();
    assertTrue(ack.startsWith("ACK sip:end@10.0.0.2 SIP/2.0\r\n"), ack);
    assertTrue(Calls.header(ack, "Via").endsWith(invite.getBranchId()), ack);
    assertTrue(Calls.header(ack, "To").endsWith(";tag=end"), ack);
    assertEquals(Calls.header(ack, "CSeq"), "1 ACK");
  }

  @Test
  public void an_ack_to_a_2xx_is_never_made_by_the_stack() throws Exception {
    Party alice = calls.party("alice");
    WireEnd end = calls.wireEnd("end", "udp");
    alice.send(alice.request("INVITE", "sip:end@10.0.0.2", "udp"));
    calls.run(100);
    end.send("alice", WireEnd.response(200, end.last(), "Contact: <sip:end@10.0.0.2>"));
    calls.run(1000);
    assertEquals(end.heard(), List.of("INVITE"));
  }

  @Test
  @SuppressWarnings("deprecation")
  public void create_ack_makes_the_ack_to_a_2xx_only() throws Exception {
    Party alice = calls.party("alice", "javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
    Party bob = calls.party("bob").answering("INVITE", 200);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    expectThrows(SipException.class, invite::createAck);
    calls.run(100);
    Request ack = invite.createAck();
    assertEquals(ack.getMethod(), "ACK");
    alice.provider().sendRequest(ack);
    calls.run(100);
    assertEquals(bob.heard(), List.of("INVITE", "ACK"));
    ClientTransaction options = alice.send(alice.request("OPTIONS", bob));
    expectThrows(SipException.class, options::createAck);
  }

  // --- terminate ---

  @Test
  public void terminate_ends_it_with_an_event() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    ClientTransaction sent = alice.send(alice.request("OPTIONS", bob));
    ClientTransaction unsent =
        alice.provider().getNewClientTransaction(alice.request("OPTIONS", bob));
    for (ClientTransaction each : List.of(sent, unsent)) {
      each.terminate();
      each.terminate();
      assertSame(each.getState(), TransactionState.TERMINATED);
    }
    bob.answering("OPTIONS", 200);
    calls.run(NEVER_ANSWERED);
    assertEquals(alice.endedTransactions.size(), 2);
    assertEquals(alice.timeouts, List.of());
    expectThrows(SipException.class, unsent::sendRequest);
  }

  @Test
  public void a_transaction_may_not_outlive_its_greatest_age() throws Exception {
    Party alice =
        calls.party(
            "alice",
            "gov.nist.javax.sip.MAX_TX_LIFETIME_INVITE",
            "60",
            "io.sipwright.MAX_TX_LIFETIME_NON_INVITE",
            "10");
    Party bob = calls.party("bob").answering("INVITE", 180);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    ClientTransaction info = alice.send(alice.request("INFO", bob));
    calls.run(9_900);
    assertEquals(alice.heard(), List.of("180 INVITE"));
    calls.run(200);
    assertEquals(alice.heard(), List.of("180 INVITE", "timeout INFO"));
    assertSame(info.getState(), TransactionState.TERMINATED);
    calls.run(60_000);
    assertEquals(alice.heard(), List.of("180 INVITE", "timeout INFO", "timeout INVITE"));
    assertSame(invite.getState(), TransactionState.TERMINATED);
    assertEquals(alice.endedTransactions.size(), 2);
  }

  @Test
  public void client_transactions_are_limited() throws Exception {
    Party alice = calls.party("alice", "gov.nist.javax.sip.MAX_CLIENT_TRANSACTIONS", "1");
    Party bob = calls.party("bob");
    alice.send(alice.request("OPTIONS", bob));
    Request second = alice.request("OPTIONS", bob);
    expectThrows(SipException.class, () -> alice.send(second));
    calls.runToTheEnd();
    alice.send(alice.request("OPTIONS", bob));
  }

  @Test
  public void many_transactions_of_one_stack_go_on_at_a_time() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("OPTIONS", 200);
    Response[] got = new Response[50];
    alice.on(
        200,
        event ->
            got[(int) (long) event.getClientTransaction().getApplicationData()] =
                event.getResponse());
    for (long i = 0; i < got.length; i++) {
      ClientTransaction transaction =
          alice.provider().getNewClientTransaction(alice.request("OPTIONS", bob));
      transaction.setApplicationData(i);
      transaction.sendRequest();
    }
    calls.run();
    assertFalse(Arrays.asList(got).contains(null));
  }

  @Test
  public void a_transaction_cannot_be_serialized() throws Exception {
    Party alice = calls.party("alice");
    ClientTransaction transaction =
        alice.provider().getNewClientTransaction(alice.request("OPTIONS", calls.party("bob")));
    expectThrows(
        java.io.InvalidObjectException.class,
        () -> {
          java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
          try (var out = new java.io.ObjectOutputStream(bytes)) {
            out.writeObject(transaction);
          }
          try (var in =
              new java.io.ObjectInputStream(
                  new java.io.ByteArrayInputStream(bytes.toByteArray()))) {
            in.readObject();
          }
        });
  }

  @Test
  public void a_transaction_with_a_dialog_can_be_terminated_too() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("INVITE", 180);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run();
    try {
      invite.terminate();
    } catch (ObjectInUseException e) {
      throw new AssertionError("programs rely on it", e);
    }
    calls.runToTheEnd();
    assertEquals(alice.endedTransactions.size(), 1);
  }
}
