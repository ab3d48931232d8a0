package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.SipException;
import javax.sip.TransactionState;
import org.testng.annotations.Test;

/**
 * Answers to INVITE that come again when much has happened since, and what else goes on after an
 * end.
 */
public class LateAnswersTest {
  private static String text(byte[] datagram) {
    return new String(datagram, StandardCharsets.UTF_8);
  }

  @Test
  public void a_2xx_that_comes_again_does_not_turn_the_target_back() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging().answering("INVITE", 200);
      WireEnd end = calls.wireEnd("end", "udp");
      alice.send(alice.request("INVITE", "sip:end@10.0.0.2:5060", "udp"));
      calls.run(10);
      String accepted = WireEnd.response(200, end.got.get(0), "Contact: <sip:first@10.0.0.2:5060>");
      end.send("alice", accepted);
      calls.run(10);
      end.send(
          "alice",
          WireEnd.request("INVITE", "alice", 5, "Contact: <sip:second@10.0.0.2:5060>")
              .replace("From: <sip:wire@test>;tag=wire", "From: <sip:someone@test>;tag=end")
              .replace("To: <sip:bob@test>", "To: " + Calls.header(end.got.get(0), "From"))
              .replace("Call-ID: wire5", "Call-ID: " + Calls.header(end.got.get(0), "Call-ID")));
      calls.run(10);
      end.send("alice", accepted);
      calls.run(10);
      alice.send(alice.lastRequest().getDialog(), "BYE");
      calls.run(10);
      assertTrue(end.last().startsWith("BYE sip:second@10.0.0.2:5060 "), end.last());
    }
  }

  @Test
  public void a_2xx_to_a_reinvite_is_sent_on_when_a_bye_has_ended_the_dialog() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging();
      Party bob = calls.party("bob").answering("INVITE", 200).answering("BYE", 200);
      alice.send(alice.request("INVITE", bob));
      calls.run(100);
      Dialog dialog = alice.lastResponse().getDialog();
      bob.answering("INVITE", 180, 200);
      AtomicBoolean losing = new AtomicBoolean(true);
      calls
          .link("bob", "alice")
          .loseIf(m -> losing.get() && Calls.summary(text(m)).equals("200 INVITE"));
      ClientTransaction reinvite = alice.send(dialog, "INVITE");
      calls.run(100);
      assertEquals(reinvite.getState(), TransactionState.PROCEEDING);
      alice.send(dialog, "BYE");
      calls.run(100);
      assertEquals(dialog.getState(), DialogState.TERMINATED);
      losing.set(false);
      calls.run(4000);
      assertEquals(reinvite.getState(), TransactionState.TERMINATED);
      assertEquals(alice.heard().get(alice.heard().size() - 1), "200 INVITE");
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "INVITE", "BYE", "ACK"));
      int copies = calls.texts("bob>alice 200 INVITE").size();
      calls.runToTheEnd();
      assertEquals(calls.texts("bob>alice 200 INVITE").size(), copies, "quiet after the ACK");
      assertEquals(alice.endedDialogs.size(), 1);
      assertEquals(bob.endedDialogs.size(), 1);
      assertEquals(calls.texts("bob>alice BYE").size(), 0);
    }
  }

  @Test
  public void a_2xx_without_ack_is_acknowledged_again_after_the_bye() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging();
      Party bob = calls.party("bob").answering("INVITE", 200).answering("BYE", 200);
      AtomicBoolean losing = new AtomicBoolean(true);
      calls.link("alice", "bob").loseIf(m -> losing.get() && text(m).startsWith("ACK "));
      alice.send(alice.request("INVITE", bob));
      calls.run(100);
      alice.send(alice.lastResponse().getDialog(), "BYE");
      calls.run(100);
      losing.set(false);
      calls.run(1000);
      assertEquals(bob.heard(), List.of("INVITE", "BYE", "ACK"));
      assertEquals(alice.heard(), List.of("200 INVITE", "200 BYE"));
      calls.run(40_000);
      assertEquals(calls.texts("bob>alice 200 INVITE").size(), 2);
      assertEquals(calls.clock.armed(), 0);
    }
  }

  @Test
  public void a_2xx_of_a_branch_whose_call_is_over_makes_no_second_dialog() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      WireEnd end = calls.wireEnd("end", "udp");
      alice.on(
          200,
          event -> {
            alice.acknowledge(event);
            if (event.getClientTransaction() == null) {
              alice.send(event.getDialog(), "BYE");
            }
          });
      alice.send(alice.request("INVITE", "sip:all@10.0.0.2:5060", "udp"));
      calls.run(10);
      String invite = end.got.get(0);
      String second =
          WireEnd.response(200, invite, "Contact: <sip:b@10.0.0.2:5060>")
              .replace(";tag=end", ";tag=b");
      end.send("alice", WireEnd.response(200, invite, "Contact: <sip:a@10.0.0.2:5060>"));
      end.send("alice", second);
      calls.run(10);
      end.send("alice", WireEnd.response(200, end.last()));
      calls.run(10);
      assertEquals(alice.endedDialogs.size(), 1);
      List<String> before = alice.heard();
      end.send("alice", second);
      calls.run(10);
      assertEquals(alice.heard(), before);
      assertEquals(end.heard().get(end.heard().size() - 1), "ACK");
      assertEquals((int) alice.stack.statistics().get("dialogs"), 1);
    }
  }

  @Test
  public void a_second_cancel_is_refused_while_the_first_waits_to_be_sent() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      WireEnd end = calls.wireEnd("end", "udp");
      ClientTransaction invite =
          alice.send(alice.request("INVITE", "sip:end@10.0.0.2:5060", "udp"));
      calls.run(10);
      alice.send(invite.createCancel());
      ClientTransaction again = alice.provider().getNewClientTransaction(invite.createCancel());
      assertThrows(SipException.class, again::sendRequest);
      end.send("alice", WireEnd.response(180, end.got.get(0)));
      calls.run(10);
      assertEquals(end.heard(), List.of("INVITE", "CANCEL"));
    }
  }

  /** The BYE that ends a call without ACK is the stack's own (RFC 3261 §13.3.1.4). */
  @Test
  public void an_answer_to_the_stacks_own_bye_never_reaches_the_listener() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").answering("INVITE", 200);
      WireEnd end = calls.wireEnd("end", "udp");
      end.send("alice", WireEnd.request("INVITE", "alice", 1, "Contact: <sip:end@10.0.0.2:5060>"));
      calls.run(33_000);
      String bye = end.got.stream().filter(m -> m.startsWith("BYE ")).findFirst().orElseThrow();
      String answer = WireEnd.response(200, bye);
      end.send("alice", answer);
      calls.run(6_000); // Timer K
      assertEquals((int) alice.stack.statistics().get("clientTransactions"), 0);
      end.send("alice", answer);
      end.send("alice", answer.replace("SIP/2.0 200", "SIP/2.0 481"));
      calls.run(100);
      assertEquals(alice.heard(), List.of("INVITE"));
      calls.runToTheEnd();
      assertEquals(alice.endedDialogs.size(), 1);
    }
  }

  /** An answer to a BYE of the program's own may come when its transaction is over. */
  @Test
  public void a_late_answer_to_the_programs_own_bye_does() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").answering("INVITE", 200);
      WireEnd end = calls.wireEnd("end", "udp");
      end.send("alice", WireEnd.request("INVITE", "alice", 1, "Contact: <sip:end@10.0.0.2:5060>"));
      calls.run(10);
      alice.send(alice.serverTransactionOf("INVITE").getDialog(), "BYE");
      calls.run(33_000);
      assertEquals(alice.timeouts.size(), 1);
      String bye = end.got.stream().filter(m -> m.startsWith("BYE ")).findFirst().orElseThrow();
      end.send("alice", WireEnd.response(200, bye));
      calls.run(100);
      assertEquals(alice.heard().get(alice.heard().size() - 1), "200 BYE");
    }
  }
}
