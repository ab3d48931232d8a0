package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.expectThrows;

import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.RequestEvent;
import javax.sip.SipException;
import javax.sip.TransactionState;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.message.Request;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** CANCEL, on both sides (RFC 3261 §9). */
public class CancelTest {
  private Calls calls = new Calls();

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  private static Party givingWay(Party bob) {
    return bob.on(
        "CANCEL",
        event -> {
          bob.respond(Party.transaction(event), 200);
          bob.respond(bob.serverTransactionOf("INVITE"), 487);
        });
  }

  @Test
  public void a_cancel_is_made_of_its_invite() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    Request request = alice.request("INVITE", bob);
    request.setHeader(Party.HEADERS.createMaxForwardsHeader(17));
    request.addHeader(
        Party.HEADERS.createRouteHeader(
            Party.ADDRESSES.createAddress("<" + Party.uri(bob, "lr") + ">")));
    ClientTransaction invite = alice.provider().getNewClientTransaction(request);
    Request cancel = invite.createCancel();
    assertEquals(cancel.getMethod(), "CANCEL");
    assertEquals(cancel.getRequestURI(), request.getRequestURI());
    for (String same : List.of("Via", "From", "To", "Call-ID", "Route", "Max-Forwards")) {
      assertEquals(cancel.getHeader(same).toString(), request.getHeader(same).toString());
    }
    assertEquals(cancel.getHeader("CSeq").toString(), "CSeq: 1 CANCEL\r\n");
    assertEquals(((MaxForwardsHeader) cancel.getHeader("Max-Forwards")).getMaxForwards(), 17);
    assertNull(cancel.getHeader("Contact"));
  }

  @Test
  public void only_an_invite_can_be_cancelled() throws Exception {
    Party alice = calls.party("alice");
    ClientTransaction options = alice.send(alice.request("OPTIONS", calls.party("bob")));
    expectThrows(SipException.class, options::createCancel);
  }

  @Test
  public void a_ringing_call_is_cancelled() throws Exception {
    Party alice = calls.party("alice");
    Party bob = givingWay(calls.party("bob").answering("INVITE", 180));
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run();
    ClientTransaction cancel = alice.send(invite.createCancel());
    calls.run();
    assertEquals(alice.heard(), List.of("180 INVITE", "200 CANCEL", "487 INVITE"));
    assertSame(alice.responses.get(1).getClientTransaction(), cancel);
    assertSame(alice.responses.get(2).getClientTransaction(), invite);
    assertSame(invite.getState(), TransactionState.COMPLETED);
    assertEquals(
        calls.wire(),
        List.of(
            "alice>bob INVITE",
            "bob>alice 180 INVITE",
            "alice>bob CANCEL",
            "bob>alice 200 CANCEL",
            "bob>alice 487 INVITE",
            "alice>bob ACK"));
    calls.runToTheEnd();
    assertEquals(alice.timeouts, List.of());
    assertEquals(alice.endedTransactions.size(), 2);
    assertEquals(bob.endedTransactions.size(), 2);
  }

  @Test
  public void a_cancel_comes_with_a_transaction_of_its_own_and_the_dialog_of_the_invite()
      throws Exception {
    Party alice = calls.party("alice");
    Party bob = givingWay(calls.party("bob").answering("INVITE", 180));
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run();
    alice.send(invite.createCancel());
    calls.run();
    RequestEvent event = bob.lastRequest();
    assertNotNull(event.getServerTransaction());
    assertNotSame(event.getServerTransaction(), bob.serverTransactionOf("INVITE"));
    assertNotNull(event.getDialog());
    assertSame(event.getDialog(), bob.serverTransactionOf("INVITE").getDialog());
    assertSame(event.getServerTransaction().getDialog(), event.getDialog());
  }

  @Test
  public void a_cancel_waits_for_the_first_provisional_response() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("CANCEL", 200);
    bob.on("INVITE", event -> Party.transaction(event)); // a 100 follows 200 ms later
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    ClientTransaction cancel = alice.send(invite.createCancel());
    calls.run(199);
    assertEquals(calls.wire(), List.of("alice>bob INVITE"));
    assertSame(cancel.getState(), TransactionState.TRYING);
    calls.run(1);
    assertEquals(
        calls.wire().subList(0, 3),
        List.of("alice>bob INVITE", "bob>alice 100 INVITE", "alice>bob CANCEL"));
  }

  @Test
  public void a_cancel_that_waits_is_given_up_when_the_invite_is_answered() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("INVITE", 486);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    ClientTransaction cancel = alice.send(invite.createCancel());
    calls.runToTheEnd();
    assertEquals(
        calls.wire(), List.of("alice>bob INVITE", "bob>alice 486 INVITE", "alice>bob ACK"));
    assertEquals(alice.heard(), List.of("486 INVITE"));
    assertSame(cancel.getState(), TransactionState.TERMINATED);
    assertEquals(alice.endedTransactions.size(), 2);
  }

  @Test
  public void a_cancelled_invite_that_is_never_answered_times_out() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("INVITE", 180).answering("CANCEL", 200);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run();
    alice.send(invite.createCancel());
    calls.run(31_900);
    assertEquals(alice.heard(), List.of("180 INVITE", "200 CANCEL"));
    calls.run(200);
    assertEquals(alice.heard(), List.of("180 INVITE", "200 CANCEL", "timeout INVITE"));
    assertSame(invite.getState(), TransactionState.TERMINATED);
  }

  @Test
  public void a_cancel_without_its_invite_cannot_be_sent() throws Exception {
    Party alice = calls.party("alice");
    ClientTransaction unsent =
        alice.provider().getNewClientTransaction(alice.request("INVITE", calls.party("bob")));
    ClientTransaction cancel = alice.provider().getNewClientTransaction(unsent.createCancel());
    expectThrows(SipException.class, cancel::sendRequest);
  }

  @Test
  public void a_cancel_goes_the_way_of_its_invite_over_tcp() throws Exception {
    Party alice = calls.party("alice");
    Party bob = givingWay(calls.party("bob").answering("INVITE", 180));
    ClientTransaction invite =
        alice.send(alice.request("INVITE", Party.uri(bob, "transport=tcp"), "tcp"));
    calls.run();
    alice.send(invite.createCancel());
    calls.run();
    assertEquals(alice.heard(), List.of("180 INVITE", "200 CANCEL", "487 INVITE"));
    assertEquals(
        calls.network.trace().stream()
            .map(sent -> sent.from() + ">" + sent.to())
            .distinct()
            .count(),
        2);
  }

  @Test
  public void a_cancel_that_comes_too_late_is_answered_200_by_the_stack() throws Exception {
    Party bob = calls.party("bob").answering("INVITE", 200);
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(10);
    end.send("bob", WireEnd.request("CANCEL", "bob", 1));
    calls.run(10);
    assertEquals(end.heard(), List.of("200 INVITE", "200 CANCEL"));
    assertEquals(bob.heard(), List.of("INVITE"));
    assertEquals(
        Calls.header(end.got.get(1), "To").contains(";tag="), true, "RFC 3261 §9.2 wants a To tag");
  }

  @Test
  public void a_cancel_for_nothing_is_answered_481_by_the_stack() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("CANCEL", "bob", 1));
    calls.run(10);
    assertEquals(end.heard(), List.of("481 CANCEL"));
    assertEquals(bob.heard(), List.of());
  }

  @Test
  public void without_automatic_dialogs_a_cancel_for_nothing_is_the_programs() throws Exception {
    Party proxy = calls.party("proxy", "javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("proxy", WireEnd.request("CANCEL", "proxy", 1));
    calls.run(10);
    assertEquals(end.heard(), List.of());
    assertEquals(proxy.heard(), List.of("CANCEL"));
    assertNull(proxy.lastRequest().getServerTransaction());
  }

  @Test
  public void a_cancel_that_comes_again_is_absorbed() throws Exception {
    Party bob = givingWay(calls.party("bob").answering("INVITE", 180));
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(10);
    end.send("bob", WireEnd.request("CANCEL", "bob", 1));
    end.send("bob", WireEnd.request("CANCEL", "bob", 1));
    calls.run(10);
    assertEquals(bob.heard(), List.of("INVITE", "CANCEL"));
    assertEquals(end.heard(), List.of("180 INVITE", "200 CANCEL", "487 INVITE", "200 CANCEL"));
  }
}
