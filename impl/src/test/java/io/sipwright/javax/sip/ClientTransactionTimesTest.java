package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.ext.ExtendedClientTransaction;
import io.sipwright.ext.ExtendedTransaction;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.SipException;
import javax.sip.Timeout;
import javax.sip.TransactionState;
import javax.sip.message.Request;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Client transactions in time, and when the network fails (RFC 3261 §17.1). */
public class ClientTransactionTimesTest {
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

  // --- retransmission and time-out ---

  @Test
  public void an_unanswered_invite_is_repeated_at_doubling_intervals_and_times_out()
      throws Exception {
    Party alice = calls.party("alice");
    calls.wireEnd("deaf", "udp");
    ClientTransaction invite = alice.send(alice.request("INVITE", "sip:deaf@10.0.0.2", "udp"));
    calls.run(NEVER_ANSWERED);
    assertEquals(
        calls.timedWire(),
        List.of(
            "0.000 alice>deaf INVITE",
            "0.500 alice>deaf INVITE",
            "1.500 alice>deaf INVITE",
            "3.500 alice>deaf INVITE",
            "7.500 alice>deaf INVITE",
            "15.500 alice>deaf INVITE",
            "31.500 alice>deaf INVITE"));
    assertEquals(alice.heard(), List.of("timeout INVITE"));
    assertSame(alice.timeouts.get(0).getClientTransaction(), invite);
    assertFalse(alice.timeouts.get(0).isServerTransaction());
    assertSame(alice.timeouts.get(0).getTimeout(), Timeout.TRANSACTION);
    assertSame(invite.getState(), TransactionState.TERMINATED);
    assertEquals(alice.endedTransactions.size(), 1);
  }

  @Test
  public void an_unanswered_request_is_repeated_up_to_every_t2_and_times_out() throws Exception {
    Party alice = calls.party("alice");
    calls.wireEnd("deaf", "udp");
    alice.send(alice.request("OPTIONS", "sip:deaf@10.0.0.2", "udp"));
    calls.run(NEVER_ANSWERED);
    assertEquals(
        calls.timedWire().stream().map(line -> line.substring(0, line.indexOf(' '))).toList(),
        List.of(
            "0.000", "0.500", "1.500", "3.500", "7.500", "11.500", "15.500", "19.500", "23.500",
            "27.500", "31.500"));
    assertEquals(alice.heard(), List.of("timeout OPTIONS"));
  }

  @Test
  public void nothing_is_repeated_over_tcp() throws Exception {
    Party alice = calls.party("alice");
    calls.wireEnd("deaf", "tcp");
    alice.send(alice.request("OPTIONS", "sip:deaf@10.0.0.2;transport=tcp", "tcp"));
    calls.run(NEVER_ANSWERED);
    assertEquals(calls.wire(), List.of("alice>deaf OPTIONS"));
    assertEquals(alice.heard(), List.of("timeout OPTIONS"));
  }

  @Test
  public void the_retransmit_timer_is_in_milliseconds() throws Exception {
    Party alice = calls.party("alice");
    calls.wireEnd("deaf", "udp");
    ClientTransaction transaction =
        alice
            .provider()
            .getNewClientTransaction(alice.request("INVITE", "sip:deaf@10.0.0.2", "udp"));
    assertEquals(transaction.getRetransmitTimer(), 500);
    transaction.setRetransmitTimer(100);
    assertEquals(transaction.getRetransmitTimer(), 100);
    transaction.sendRequest();
    calls.run(1000);
    assertEquals(
        calls.timedWire(),
        List.of(
            "0.000 alice>deaf INVITE",
            "0.100 alice>deaf INVITE",
            "0.300 alice>deaf INVITE",
            "0.700 alice>deaf INVITE"));
    calls.run(5400);
    assertEquals(alice.heard(), List.of("timeout INVITE"));
    expectThrows(IllegalArgumentException.class, () -> transaction.setRetransmitTimer(0));
  }

  @Test
  public void an_invite_that_rings_does_not_time_out() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("INVITE", 180);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run(170_000);
    assertSame(invite.getState(), TransactionState.PROCEEDING);
    assertEquals(alice.heard(), List.of("180 INVITE"));
  }

  @Test
  public void a_transaction_that_ended_normally_never_times_out() throws Exception {
    Party alice = calls.party("alice").acknowledging();
    Party bob =
        calls.party("bob").answering("INVITE", 200).answering("INFO", 404).answering("BYE", 200);
    alice.send(alice.request("INVITE", bob));
    alice.send(alice.request("INFO", bob));
    calls.run(NEVER_ANSWERED);
    assertEquals(alice.timeouts, List.of());
    assertEquals(alice.endedTransactions.size(), 2);
  }

  @Test
  public void an_invite_with_expires_tells_of_expiry_and_can_then_be_cancelled() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("INVITE", 180);
    bob.on(
        "CANCEL",
        event -> {
          bob.respond(Party.transaction(event), 200);
          bob.respond(bob.serverTransactionOf("INVITE"), 487);
        });
    alice.onTimeout(event -> alice.send(event.getClientTransaction().createCancel()));
    Request request = alice.request("INVITE", bob);
    request.setExpires(Party.HEADERS.createExpiresHeader(20));
    ClientTransaction invite = alice.send(request);
    calls.run(19_000);
    assertEquals(alice.heard(), List.of("180 INVITE"));
    calls.run(2_000);
    assertEquals(
        alice.heard(), List.of("180 INVITE", "timeout INVITE", "200 CANCEL", "487 INVITE"));
    assertSame(alice.timeouts.get(0).getTimeout(), Timeout.TRANSACTION);
    assertSame(alice.timeouts.get(0).getClientTransaction(), invite);
    assertSame(invite.getState(), TransactionState.COMPLETED);
  }

  @Test
  public void expires_means_nothing_once_the_invite_is_answered() throws Exception {
    Party alice = calls.party("alice").acknowledging();
    Party bob = calls.party("bob").answering("INVITE", 180, 200);
    Request request = alice.request("INVITE", bob);
    request.setHeader(Party.HEADERS.createExpiresHeader(5));
    alice.send(request);
    calls.run(NEVER_ANSWERED);
    assertEquals(alice.timeouts, List.of());
  }

  // --- times of one's own ---

  @Test
  public void timer_d_of_one_transaction_can_be_set() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("INVITE", 486);
    ExtendedClientTransaction invite =
        (ExtendedClientTransaction)
            alice.provider().getNewClientTransaction(alice.request("INVITE", bob));
    assertEquals(
        expectThrows(IllegalArgumentException.class, () -> invite.setTimerD(31_999)).getMessage(),
        "Timer D must be 32000 ms or more (RFC 3261 §17.1.1.2), and is 31999");
    invite.setTimerD(50_000);
    invite.sendRequest();
    calls.run(49_900);
    assertEquals(alice.endedTransactions.size(), 0);
    calls.run(200);
    assertEquals(alice.endedTransactions.size(), 1);
    ((ExtendedTransaction) bob.serverTransactionOf("INVITE")).setTimerD(40_000); // it has none
  }

  @Test
  public void timer_d_can_be_set_while_it_rings() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("INVITE", 180);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run(10);
    ((ExtendedTransaction) invite).setTimerD(50_000);
    bob.respond(bob.serverTransactionOf("INVITE"), 486);
    calls.run(49_900);
    assertEquals(alice.endedTransactions.size(), 0);
    calls.run(200);
    assertEquals(alice.endedTransactions.size(), 1);
  }

  @DataProvider
  public Object[][] methods() {
    return new Object[][] {{"INVITE"}, {"OPTIONS"}};
  }

  @Test(dataProvider = "methods")
  public void one_transaction_may_wait_for_a_time_of_its_own(String method) throws Exception {
    Party alice = calls.party("alice");
    calls.wireEnd("deaf", "udp");
    ExtendedClientTransaction transaction =
        (ExtendedClientTransaction)
            alice
                .provider()
                .getNewClientTransaction(alice.request(method, "sip:deaf@10.0.0.2", "udp"));
    expectThrows(IllegalArgumentException.class, () -> transaction.setTimeout(0));
    transaction.setTimeout(2_000);
    transaction.sendRequest();
    calls.run(1_900);
    assertEquals(alice.heard(), List.of());
    calls.run(200);
    assertEquals(alice.heard(), List.of("timeout " + method));
  }

  // --- errors of the network ---

  @Test
  public void a_connection_that_is_refused_comes_as_an_event() throws Exception {
    Party alice = calls.party("alice");
    ClientTransaction transaction =
        alice.send(alice.request("OPTIONS", "sip:x@10.0.0.77:5070;transport=tcp", "tcp"));
    calls.run(NEVER_ANSWERED);
    assertEquals(alice.heard(), List.of("I/O error"));
    assertEquals(alice.ioExceptions.get(0).getHost(), "10.0.0.77");
    assertEquals(alice.ioExceptions.get(0).getPort(), 5070);
    assertTrue(alice.ioExceptions.get(0).getTransport().equalsIgnoreCase("tcp"));
    assertSame(transaction.getState(), TransactionState.TERMINATED);
    assertEquals(alice.endedTransactions.size(), 1);
  }

  @Test
  public void a_host_that_is_not_found_comes_as_an_event() throws Exception {
    Party alice = calls.party("alice");
    alice.send(alice.request("OPTIONS", "sip:x@nowhere.test:5060", "udp"));
    calls.run();
    assertEquals(alice.heard(), List.of("I/O error"));
    assertEquals(alice.ioExceptions.get(0).getHost(), "nowhere.test");
  }

  @Test
  public void what_cannot_be_sent_at_once_is_an_exception_and_no_event() throws Exception {
    Party alice = calls.party("alice", "io.sipwright.UDP_REQUEST_LIMIT", "0");
    Request request = alice.request("MESSAGE", calls.party("bob"));
    request.setContent(new byte[70_000], Party.HEADERS.createContentTypeHeader("application", "x"));
    ClientTransaction transaction = alice.provider().getNewClientTransaction(request);
    expectThrows(SipException.class, transaction::sendRequest);
    expectThrows(SipException.class, () -> alice.provider().sendRequest(request));
    calls.run(NEVER_ANSWERED);
    assertEquals(alice.heard(), List.of());
    assertSame(transaction.getState(), TransactionState.TERMINATED);
  }
}
