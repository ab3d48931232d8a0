package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.TransactionState;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Request;
import org.testng.annotations.Test;

/** INVITEs of back-to-back user agents, which wait for those they meet. */
public class QueuedInvitesTest {
  private static final String[] B2BUA = {"gov.nist.javax.sip.IS_BACK_TO_BACK_USER_AGENT", "true"};
  private Party alice;
  private Party bob;
  private Dialog ours;
  private Dialog theirs;

  private void call(Calls calls, String[] alices, String[] bobs) throws Exception {
    alice = calls.party("alice", alices).acknowledging();
    bob = calls.party("bob", bobs).acknowledging().answering("INVITE", 200);
    ours = alice.send(alice.request("INVITE", bob)).getDialog();
    calls.run(10);
    theirs = bob.lastRequest().getDialog();
    assertEquals(bob.heard(), List.of("INVITE", "ACK"));
  }

  @Test
  public void a_second_invite_of_the_program_is_sent_after_the_first_is_acknowledged()
      throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, B2BUA, new String[0]);
      bob.on("INVITE", Party::transaction);
      alice.send(ours, "INVITE");
      ClientTransaction second = alice.send(ours, "INVITE");
      assertEquals(second.getState(), TransactionState.CALLING);
      assertThrows(SipException.class, () -> ours.sendRequest(second));
      calls.run(100);
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "INVITE"));
      bob.answering("INVITE", 200);
      bob.respond(bob.lastRequest().getServerTransaction(), 200);
      calls.run(100);
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "INVITE", "ACK", "INVITE", "ACK"));
      assertEquals(((CSeqHeader) second.getRequest().getHeader("CSeq")).getSeqNumber(), 3);
      assertEquals(alice.responses.get(2).getClientTransaction(), second);
      assertEquals(ours.getLocalSeqNumber(), 3);
    }
  }

  @Test
  public void one_that_is_given_up_while_it_waits_is_never_sent() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, B2BUA, new String[0]);
      bob.on("INVITE", Party::transaction);
      alice.send(ours, "INVITE");
      alice.send(ours, "INVITE").terminate();
      calls.run(10);
      bob.respond(bob.lastRequest().getServerTransaction(), 488);
      calls.run(100);
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "INVITE"));
      assertEquals(ours.getState(), DialogState.CONFIRMED);
    }
  }

  @Test
  public void invites_that_wait_end_with_the_dialog() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, B2BUA, new String[0]);
      bob.on("INVITE", Party::transaction).answering("BYE", 200);
      alice.send(ours, "INVITE");
      ClientTransaction waiting = alice.send(ours, "INVITE");
      alice.send(ours, "BYE");
      calls.run(100);
      assertEquals(waiting.getState(), TransactionState.TERMINATED);
      assertEquals(calls.texts("alice>bob INVITE").size(), 2);
    }
  }

  @Test
  public void there_is_an_end_to_what_may_wait() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, B2BUA, new String[0]);
      bob.on("INVITE", Party::transaction);
      for (int i = 0; i < 9; i++) {
        alice.send(ours, "INVITE");
      }
      assertThrows(SipException.class, () -> alice.send(ours, "INVITE"));
    }
  }

  /** Sends an INVITE of alice round her dialog, which would hold it back. */
  private void sendAtOnce() throws Exception {
    alice.on(200, event -> {});
    Request invite = ours.createRequest("INVITE");
    ours.incrementLocalSequenceNumber();
    alice.provider().sendRequest(invite);
  }

  @Test
  public void the_peers_second_invite_waits_for_the_answer_to_the_first() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, new String[0], B2BUA);
      bob.on("INVITE", Party::transaction);
      sendAtOnce();
      sendAtOnce();
      calls.run(5000);
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "INVITE"));
      assertTrue(calls.wire().contains("bob>alice 100 INVITE"));
      ServerTransaction first = bob.lastRequest().getServerTransaction();
      bob.respond(first, 488);
      calls.run(10);
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "INVITE", "INVITE"));
      assertEquals(
          ((CSeqHeader) bob.lastRequest().getRequest().getHeader("CSeq")).getSeqNumber(), 3);
      bob.respond(bob.lastRequest().getServerTransaction(), 200);
      calls.run(10);
      assertEquals(calls.texts("bob>alice 491 INVITE").size(), 0);
      assertEquals(calls.texts("bob>alice 500 INVITE").size(), 0);
    }
  }

  @Test
  public void a_cancel_finds_an_invite_that_waits() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, new String[0], B2BUA);
      bob.on("INVITE", Party::transaction);
      sendAtOnce();
      Request second = ours.createRequest("INVITE");
      ours.incrementLocalSequenceNumber();
      alice.provider().sendRequest(second);
      calls.run(10);
      Request cancel = (Request) second.clone();
      cancel.setMethod("CANCEL");
      ((CSeqHeader) cancel.getHeader("CSeq")).setMethod("CANCEL");
      alice.provider().sendRequest(cancel);
      calls.run(10);
      assertEquals(calls.texts("bob>alice 200 CANCEL").size(), 1);
      assertEquals(Calls.header(calls.texts("bob>alice 487 INVITE").get(0), "CSeq"), "3 INVITE");
      bob.respond(bob.lastRequest().getServerTransaction(), 200);
      calls.run(10);
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "INVITE"), "never told of the second");
    }
  }

  @Test
  public void an_invite_that_met_one_of_ours_is_delivered_once_that_is_answered() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, new String[0], B2BUA);
      alice.on("INVITE", Party::transaction);
      calls.link("alice", "bob").delay(java.time.Duration.ofMillis(20));
      bob.send(theirs, "INVITE");
      sendAtOnce();
      calls.run(100);
      assertEquals(bob.heard(), List.of("INVITE", "ACK"));
      alice.respond(Party.transaction(alice.lastRequest()), 488);
      calls.run(100);
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "488 INVITE", "INVITE"));
    }
  }

  @Test
  public void two_that_wait_for_each_other_give_up_after_two_seconds() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, B2BUA, B2BUA);
      alice.send(ours, "INVITE");
      bob.send(theirs, "INVITE");
      calls.run(1900);
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "100 INVITE"));
      calls.run(200);
      assertEquals(alice.heard(), List.of("200 INVITE", "100 INVITE", "491 INVITE"));
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "100 INVITE", "491 INVITE"));
      calls.runToTheEnd();
      assertEquals(ours.getState(), DialogState.CONFIRMED);
      assertEquals(calls.clock.armed(), 0);
    }
  }

  @Test
  public void one_dialog_alone_can_be_that_of_a_back_to_back_user_agent() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, new String[0], new String[0]);
      ((io.sipwright.ext.ExtendedDialog) ours).setBackToBackUserAgent();
      bob.on("INVITE", Party::transaction);
      alice.send(ours, "INVITE");
      alice.send(ours, "INVITE");
      calls.run(10);
      assertEquals(calls.texts("alice>bob INVITE").size(), 2);
    }
  }
}
