package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import org.testng.annotations.Test;

/** One INVITE, several answers: a dialog for each To tag (RFC 3261 §12.1.2, §13.2.2.4). */
public class ForkedInviteTest {
  private static String answer(int status, String invite, String tag) {
    return WireEnd.response(status, invite, "Contact: <sip:" + tag + "@10.0.0.2:5060>")
        .replace(";tag=end", ";tag=" + tag);
  }

  private static ClientTransaction invite(Calls calls, Party alice) throws Exception {
    ClientTransaction invite = alice.send(alice.request("INVITE", "sip:all@10.0.0.2:5060", "udp"));
    calls.run(10);
    return invite;
  }

  private static Dialog dialog(Party party, int response) {
    return party.responses.get(response).getDialog();
  }

  @Test
  public void each_to_tag_is_a_dialog_and_the_first_is_the_transactions_own() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      WireEnd end = calls.wireEnd("end", "udp");
      ClientTransaction invite = invite(calls, alice);
      for (String tag : List.of("a", "b", "a", "b")) {
        end.send("alice", answer(180, end.got.get(0), tag));
        calls.run(10);
      }
      assertSame(dialog(alice, 0), invite.getDialog());
      assertNotSame(dialog(alice, 1), invite.getDialog());
      assertSame(dialog(alice, 2), dialog(alice, 0));
      assertSame(dialog(alice, 3), dialog(alice, 1));
      assertEquals(dialog(alice, 0).getRemoteTag(), "a");
      assertEquals(dialog(alice, 1).getRemoteTag(), "b");
      assertEquals(dialog(alice, 1).getState(), DialogState.EARLY);
      assertSame(alice.responses.get(3).getClientTransaction(), invite);
    }
  }

  @Test
  public void a_failure_ends_all_early_dialogs() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      WireEnd end = calls.wireEnd("end", "udp");
      invite(calls, alice);
      end.send("alice", answer(180, end.got.get(0), "a"));
      end.send("alice", answer(183, end.got.get(0), "b"));
      end.send("alice", answer(603, end.got.get(0), "c"));
      calls.run(100);
      assertEquals(alice.heard(), List.of("180 INVITE", "183 INVITE", "603 INVITE"));
      assertEquals(dialog(alice, 0).getState(), DialogState.TERMINATED);
      assertEquals(dialog(alice, 1).getState(), DialogState.TERMINATED);
      assertEquals(alice.endedDialogs.size(), 2);
      calls.runToTheEnd();
      assertEquals(alice.endedDialogs.size(), 2);
      assertEquals((int) alice.stack.statistics().get("dialogs"), 0);
    }
  }

  @Test
  public void a_2xx_on_another_branch_leaves_the_first_early_until_the_transaction_ends()
      throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging();
      WireEnd end = calls.wireEnd("end", "udp");
      ClientTransaction invite = invite(calls, alice);
      end.send("alice", answer(180, end.got.get(0), "a"));
      end.send("alice", answer(200, end.got.get(0), "b"));
      calls.run(1000);
      assertSame(alice.lastResponse().getClientTransaction(), invite);
      assertEquals(dialog(alice, 0).getState(), DialogState.EARLY);
      assertEquals(dialog(alice, 1).getState(), DialogState.CONFIRMED);
      assertTrue(end.last().startsWith("ACK sip:b@10.0.0.2:5060 "));
      calls.run(33_000);
      assertEquals(dialog(alice, 0).getState(), DialogState.TERMINATED);
      assertEquals(alice.endedDialogs.size(), 1);
      assertEquals(dialog(alice, 1).getState(), DialogState.CONFIRMED);
      Reachable reachable = new Reachable("javax.sip.message.Message", "javax.sip.Transaction");
      assertEquals(reachable.from(dialog(alice, 1)), List.of());
    }
  }

  @Test
  public void the_surplus_dialog_of_a_second_2xx_is_acknowledged_and_ended() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      WireEnd end = calls.wireEnd("end", "udp");
      ClientTransaction invite = invite(calls, alice);
      alice.on(
          200,
          event -> {
            alice.acknowledge(event);
            if (event.getClientTransaction() == null
                && Calls.summary(event.getResponse().toString()).endsWith("INVITE")) {
              Dialog surplus = event.getDialog();
              alice.send(surplus, "BYE");
            }
          });
      String request = end.got.get(0);
      end.send("alice", answer(200, request, "a"));
      end.send("alice", answer(200, request, "b"));
      end.send("alice", answer(200, request, "a"));
      end.send("alice", answer(200, request, "b"));
      calls.run(100);
      assertEquals(alice.heard(), List.of("200 INVITE", "200 INVITE"), "copies are not delivered");
      assertSame(alice.responses.get(0).getClientTransaction(), invite);
      assertSame(dialog(alice, 0), invite.getDialog());
      assertNull(alice.responses.get(1).getClientTransaction());
      assertEquals(dialog(alice, 1).getRemoteTag(), "b");
      assertEquals(end.heard(), List.of("INVITE", "ACK", "ACK", "BYE", "ACK", "ACK"));
      end.send("alice", WireEnd.response(200, end.got.get(3)));
      calls.run(100);
      assertEquals(dialog(alice, 0).getState(), DialogState.CONFIRMED);
      assertEquals(dialog(alice, 1).getState(), DialogState.TERMINATED);
      assertEquals(alice.endedDialogs.size(), 1);
      calls.run(60_000);
      assertEquals(alice.endedDialogs.size(), 1);
      assertEquals((int) alice.stack.statistics().get("dialogs"), 1);
      assertEquals(calls.clock.armed(), 0);
    }
  }

  @Test
  public void a_surplus_dialog_that_the_program_never_acknowledges_ends() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      WireEnd end = calls.wireEnd("end", "udp");
      invite(calls, alice);
      alice.on(
          200,
          event -> {
            if (event.getClientTransaction() != null) {
              alice.acknowledge(event);
            }
          });
      end.send("alice", answer(200, end.got.get(0), "a"));
      end.send("alice", answer(200, end.got.get(0), "b"));
      calls.run(33_000);
      assertEquals(dialog(alice, 0).getState(), DialogState.CONFIRMED);
      assertEquals(dialog(alice, 1).getState(), DialogState.TERMINATED);
      assertEquals(alice.endedDialogs.size(), 1);
    }
  }

  @Test
  public void a_peer_without_tags_makes_a_dialog_by_its_2xx() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging().answering("BYE", 200);
      WireEnd end = calls.wireEnd("end", "udp");
      ClientTransaction invite = invite(calls, alice);
      end.send(
          "alice",
          WireEnd.response(200, end.got.get(0), "Contact: <sip:old@10.0.0.2>")
              .replace(";tag=end", ""));
      calls.run(100);
      Dialog dialog = invite.getDialog();
      assertEquals(dialog.getState(), DialogState.CONFIRMED);
      assertNull(dialog.getRemoteTag());
      assertEquals(end.heard(), List.of("INVITE", "ACK"));
      end.send(
          "alice",
          "BYE sip:alice@10.0.0.1 SIP/2.0\n"
              + "Via: SIP/2.0/UDP 10.0.0.2:5060;branch=1\n"
              + "From: <sip:someone@test>\n"
              + "To: "
              + Calls.header(end.got.get(0), "From")
              + "\nCall-ID: "
              + Calls.header(end.got.get(0), "Call-ID")
              + "\nCSeq: 9 BYE\nMax-Forwards: 70\nContent-Length: 0\n");
      calls.run(100);
      assertEquals(end.heard(), List.of("INVITE", "ACK", "200 BYE"));
      assertEquals(dialog.getState(), DialogState.TERMINATED);
    }
  }
}
