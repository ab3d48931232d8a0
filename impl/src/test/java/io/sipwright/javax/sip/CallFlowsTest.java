package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;

import io.sipwright.transport.SimulatedLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.ServerTransaction;
import javax.sip.TransactionState;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * The main flows of RFC 3665 and RFC 5359 between two user agents: over a network that does nothing
 * to them, and over one that loses, repeats and reorders. What each side hears is the same, but for
 * provisional responses, which nobody repeats.
 */
public class CallFlowsTest {
  /** What Alice and Bob do, and what they hear of each other: without 1xx. */
  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable lists
  private enum Flow {
    /** RFC 3665 §3.1. */
    CALL_ENDED_BY_CALLEE(List.of("200 INVITE", "BYE"), List.of("INVITE", "ACK", "200 BYE")),
    CALL_ENDED_BY_CALLER(List.of("200 INVITE", "200 BYE"), List.of("INVITE", "ACK", "BYE")),
    /** RFC 3665 §3.7. */
    REINVITE(
        List.of("200 INVITE", "INVITE", "ACK", "200 BYE"),
        List.of("INVITE", "ACK", "200 INVITE", "BYE")),
    /** RFC 3665 §3.8: cancelled while it rings. */
    CANCELLED(List.of("200 CANCEL", "487 INVITE"), List.of("INVITE", "CANCEL")),
    /** RFC 3665 §3.9. */
    BUSY(List.of("486 INVITE"), List.of("INVITE")),
    /** RFC 3665 §3.10: nobody is there. */
    NOBODY_THERE(List.of("timeout INVITE"), List.of()),
    /** RFC 3665 §3.11: temporarily unavailable. */
    UNAVAILABLE(List.of("480 INVITE"), List.of("INVITE")),
    /** RFC 5359 §2.1: on hold and back by two re-INVITEs. */
    HOLD(
        List.of("200 INVITE", "INVITE", "ACK", "INVITE", "ACK", "200 BYE"),
        List.of("INVITE", "ACK", "200 INVITE", "200 INVITE", "BYE")),
    /** RFC 5359 §2.4: a REFER within the call, told of by NOTIFY, and the end. */
    REFER(
        List.of("200 INVITE", "REFER", "200 NOTIFY", "BYE"),
        List.of("INVITE", "ACK", "202 REFER", "NOTIFY", "200 BYE"));

    final List<String> alice;
    final List<String> bob;

    Flow(List<String> alice, List<String> bob) {
      this.alice = alice;
      this.bob = bob;
    }
  }

  @DataProvider
  public static Object[][] flows() {
    List<Object[]> rows = new ArrayList<>();
    for (Flow flow : Flow.values()) {
      for (double loss : new double[] {0, 0.2, 0.4}) {
        rows.add(new Object[] {flow, loss});
      }
    }
    return rows.toArray(new Object[0][]);
  }

  private static ClientTransaction send(Party from, Dialog dialog, String method) throws Exception {
    ClientTransaction transaction =
        from.provider().getNewClientTransaction(dialog.createRequest(method));
    if (method.equals("REFER")) {
      transaction
          .getRequest()
          .addHeader(Party.HEADERS.createHeader("Refer-To", "<sip:carol@test>"));
    } else if (method.equals("NOTIFY")) {
      transaction.getRequest().addHeader(Party.HEADERS.createHeader("Event", "refer"));
      transaction
          .getRequest()
          .addHeader(Party.HEADERS.createHeader("Subscription-State", "terminated"));
    }
    dialog.sendRequest(transaction);
    return transaction;
  }

  private static List<String> heard(Party party, boolean ordered) {
    List<String> all = party.heard().stream().filter(what -> !what.matches("1\\d\\d .*")).toList();
    return ordered ? all : sorted(all);
  }

  private static List<String> sorted(List<String> all) {
    return all.stream().sorted().toList();
  }

  /** Enough for every retransmission that is still due. */
  private static final long SETTLED = 34_000;

  @Test(dataProvider = "flows")
  public void a_flow_is_heard_as_it_should_be(Flow flow, double loss) throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging();
      Party bob = calls.party("bob");
      for (Party party : List.of(alice, bob)) {
        party.answering("BYE", 200).answering("NOTIFY", 200).answering("REFER", 202);
      }
      for (SimulatedLink link : List.of(calls.link("alice", "bob"), calls.link("bob", "alice"))) {
        link.delay(Duration.ofMillis(20));
        link.loss(loss).duplication(loss / 2).reordering(loss, Duration.ofMillis(60));
      }
      play(flow, calls, alice, bob);
      calls.run(2 * SETTLED);
      // Of two answers that are on their way at the same time, a bad network may turn the order.
      boolean ordered = loss == 0;
      assertEquals(heard(alice, ordered), ordered ? flow.alice : sorted(flow.alice), "alice");
      assertEquals(heard(bob, ordered), ordered ? flow.bob : sorted(flow.bob), "bob");
      calls.runToTheEnd();
      for (Party party : List.of(alice, bob)) {
        Map<String, Integer> held = party.stack.statistics();
        held.forEach((what, count) -> assertEquals((int) count, 0, party.name + ": " + what));
      }
    }
  }

  private static void play(Flow flow, Calls calls, Party alice, Party bob) throws Exception {
    switch (flow) {
      case CALL_ENDED_BY_CALLEE -> send(bob, establish(calls, alice, bob, true), "BYE");
      case CALL_ENDED_BY_CALLER -> send(alice, establish(calls, alice, bob, false), "BYE");
      case REINVITE -> {
        change(calls, alice, bob, 1);
        send(alice, dialogOf(alice), "BYE");
      }
      case HOLD -> {
        change(calls, alice, bob, 2);
        send(alice, dialogOf(alice), "BYE");
      }
      case CANCELLED -> cancel(calls, alice, bob);
      case BUSY -> refuse(alice, bob, 486);
      case UNAVAILABLE -> refuse(alice, bob, 480);
      case NOBODY_THERE -> {
        calls.link("alice", "bob").cut(true);
        alice.send(alice.request("INVITE", bob));
      }
      case REFER -> {
        Dialog dialog = establish(calls, alice, bob, true);
        send(bob, dialog, "REFER");
        calls.run(SETTLED / 2); // a NOTIFY is due before Timer N (RFC 6665 §4.1.2.4)
        send(alice, dialogOf(alice), "NOTIFY");
        calls.run(SETTLED);
        send(bob, dialog, "BYE");
      }
    }
  }

  private static Dialog dialogOf(Party caller) {
    return caller.responses.get(caller.responses.size() - 1).getDialog();
  }

  /** A call, with all of its retransmissions done; its dialog at either end. */
  private static Dialog establish(Calls calls, Party alice, Party bob, boolean atBob)
      throws Exception {
    bob.answering("INVITE", 180, 200);
    alice.send(alice.request("INVITE", bob));
    calls.run(SETTLED);
    Dialog ofAlice = dialogOf(alice);
    Dialog ofBob = bob.requests.get(bob.requests.size() - 1).getDialog();
    assertEquals(ofAlice.getState(), DialogState.CONFIRMED);
    assertEquals(ofBob.getState(), DialogState.CONFIRMED);
    return atBob ? ofBob : ofAlice;
  }

  private static void change(Calls calls, Party alice, Party bob, int times) throws Exception {
    Dialog ofBob = establish(calls, alice, bob, true);
    bob.acknowledging();
    alice.answering("INVITE", 200);
    for (int i = 0; i < times; i++) {
      send(bob, ofBob, "INVITE");
      calls.run(SETTLED);
    }
  }

  private static void cancel(Calls calls, Party alice, Party bob) throws Exception {
    bob.answering("INVITE", 180);
    bob.on(
        "CANCEL",
        event -> {
          ServerTransaction invite = bob.serverTransactionOf("INVITE");
          bob.respond(Party.transaction(event), 200);
          bob.respond(invite, 487);
        });
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run(10_000);
    assertEquals(invite.getState(), TransactionState.PROCEEDING);
    alice.send(invite.createCancel());
  }

  private static void refuse(Party alice, Party bob, int status) throws Exception {
    bob.answering("INVITE", status);
    alice.send(alice.request("INVITE", bob));
  }
}
