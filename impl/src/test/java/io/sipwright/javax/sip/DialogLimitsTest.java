package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertThrows;

import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.SipException;
import javax.sip.TransactionUnavailableException;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What peers may make of dialogs, and habits of the old reference stack that properties bring. */
public class DialogLimitsTest {
  private static String answer(int status, String invite, String tag, String... more) {
    return WireEnd.response(status, invite, more).replace(";tag=end", ";tag=" + tag);
  }

  @Test
  public void one_invite_makes_so_many_dialogs_and_no_more() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", "io.sipwright.MAX_FORKS", "3");
      WireEnd end = calls.wireEnd("end", "udp");
      alice.send(alice.request("INVITE", "sip:all@10.0.0.2:5060", "udp"));
      calls.run(10);
      for (String tag : List.of("a", "b", "c", "d", "a", "c")) {
        end.send("alice", answer(180, end.got.get(0), tag));
        calls.run(10);
      }
      assertEquals(
          alice.responses.stream().map(event -> event.getDialog().getRemoteTag()).toList(),
          List.of("a", "b", "c", "a", "c"));
      assertEquals((int) alice.stack.statistics().get("dialogs"), 3);
    }
  }

  @Test
  public void a_stack_has_so_many_dialogs_and_no_more() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", "io.sipwright.MAX_DIALOGS", "1").acknowledging();
      Party bob = calls.party("bob", "io.sipwright.MAX_DIALOGS", "1");
      bob.answering("INVITE", 200).answering("MESSAGE", 200);
      alice.send(alice.request("INVITE", bob));
      calls.run(10);
      Request second = alice.request("INVITE", bob);
      assertThrows(
          TransactionUnavailableException.class,
          () -> alice.provider().getNewClientTransaction(second));
      alice.send(alice.request("MESSAGE", bob));
      Party carol = calls.party("carol");
      carol.send(carol.request("INVITE", bob));
      calls.run(10);
      assertEquals(alice.heard(), List.of("200 INVITE", "200 MESSAGE"));
      assertEquals(carol.heard(), List.of("503 INVITE"));
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "MESSAGE"));
    }
  }

  private static String[] recordRoutes(int count) {
    return new String[] {
      "Record-Route: " + "<sip:p@10.9.9.9;lr>, ".repeat(count - 1) + "<sip:p@x;lr>"
    };
  }

  @DataProvider
  public Object[][] lengths() {
    return new Object[][] {{64, true}, {65, false}};
  }

  @Test(dataProvider = "lengths")
  public void a_request_may_have_so_many_record_routes(int count, boolean fine) throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob").answering("INVITE", 480);
      WireEnd end = calls.wireEnd("end", "udp");
      end.send("bob", WireEnd.request("INVITE", "bob", 1, recordRoutes(count)));
      calls.run(10);
      assertEquals(end.heard(), List.of(fine ? "480 INVITE" : "400 INVITE"));
      assertEquals(bob.heard(), fine ? List.of("INVITE") : List.of());
    }
  }

  @Test(dataProvider = "lengths")
  public void a_response_may_have_so_many_record_routes(int count, boolean fine) throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      WireEnd end = calls.wireEnd("end", "udp");
      alice.send(alice.request("INVITE", "sip:all@10.0.0.2:5060", "udp"));
      calls.run(10);
      end.send("alice", answer(180, end.got.get(0), "a", recordRoutes(count)));
      end.send("alice", answer(486, end.got.get(0), "a", recordRoutes(count)));
      calls.run(10);
      assertEquals(
          alice.heard(), fine ? List.of("180 INVITE", "486 INVITE") : List.of("486 INVITE"));
    }
  }

  // --- habits ---

  @DataProvider
  public Object[][] flags() {
    return new Object[][] {{true}, {false}};
  }

  @Test(dataProvider = "flags")
  public void copies_of_an_ack_are_delivered_if_asked_for(boolean wanted) throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob =
          calls.party(
              "bob",
              "gov.nist.javax.sip.DELIVER_RETRANSMITTED_ACK_TO_LISTENER",
              Boolean.toString(wanted));
      bob.answering("INVITE", 200);
      alice.on(
          200,
          event -> {
            Request ack = event.getDialog().createAck(1);
            event.getDialog().sendAck(ack);
            event.getDialog().sendAck(ack);
          });
      alice.send(alice.request("INVITE", bob));
      calls.run(100);
      assertEquals(
          bob.heard(), wanted ? List.of("INVITE", "ACK", "ACK") : List.of("INVITE", "ACK"));
    }
  }

  @Test(dataProvider = "flags")
  public void the_end_of_an_acks_transaction_is_told_if_asked_for(boolean wanted) throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging();
      Party bob =
          calls.party(
              "bob",
              "gov.nist.javax.sip.DELIVER_TERMINATED_EVENT_FOR_ACK",
              Boolean.toString(wanted));
      bob.answering("INVITE", 200);
      alice.send(alice.request("INVITE", bob));
      calls.run(100);
      assertEquals(bob.heard(), List.of("INVITE", "ACK"));
      assertEquals(bob.endedTransactions.size(), wanted ? 1 : 0);
      if (wanted) {
        assertEquals(
            bob.endedTransactions.get(0).getServerTransaction(),
            bob.lastRequest().getServerTransaction());
      }
    }
  }

  @Test(dataProvider = "flags")
  public void a_cancel_for_an_unknown_invite_is_sent_if_asked_for(boolean checked)
      throws Exception {
    try (Calls calls = new Calls()) {
      Party alice =
          calls.party(
              "alice",
              "gov.nist.javax.sip.CANCEL_CLIENT_TRANSACTION_CHECKED",
              Boolean.toString(checked));
      Party bob = calls.party("bob");
      ClientTransaction cancel =
          alice.provider().getNewClientTransaction(alice.request("CANCEL", bob));
      if (checked) {
        assertThrows(SipException.class, cancel::sendRequest);
      } else {
        cancel.sendRequest();
      }
      calls.run(10);
      assertEquals(alice.heard(), checked ? List.of() : List.of("481 CANCEL"));
    }
  }

  @Test(dataProvider = "flags")
  public void merged_requests_are_delivered_if_asked_for(boolean detected) throws Exception {
    try (Calls calls = new Calls()) {
      calls
          .party("bob", "gov.nist.javax.sip.SERVER_LOOP_DETECTION", Boolean.toString(detected))
          .answering("MESSAGE", 200);
      WireEnd end = calls.wireEnd("end", "udp");
      for (String branch : List.of("z9hG4bKone", "z9hG4bKtwo")) {
        end.send("bob", WireEnd.request("MESSAGE", "bob", 1).replace("z9hG4bKwire1", branch));
        calls.run(10);
      }
      assertEquals(end.heard(), List.of("200 MESSAGE", detected ? "482 MESSAGE" : "200 MESSAGE"));
    }
  }
}
