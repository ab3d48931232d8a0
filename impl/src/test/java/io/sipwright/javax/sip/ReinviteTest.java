package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import java.util.List;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.SipException;
import javax.sip.message.Request;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** Requests that meet, overtake and refresh within a dialog (RFC 3261 §12.2, §14). */
public class ReinviteTest {
  private Dialog ours;
  private Dialog theirs;
  private Party alice;
  private Party bob;

  @BeforeMethod
  public void forget() {
    ours = null;
    theirs = null;
  }

  private void call(Calls calls, String... settings) throws Exception {
    alice = calls.party("alice").acknowledging();
    bob = calls.party("bob", settings).acknowledging().answering("INVITE", 180, 200);
    ours = alice.send(alice.request("INVITE", bob)).getDialog();
    calls.run();
    theirs = bob.lastRequest().getDialog();
    assertEquals(bob.heard(), List.of("INVITE", "ACK"));
  }

  private static String cseqOf(String message) {
    return Calls.header(message, "CSeq");
  }

  @Test
  public void reinvites_work_in_both_directions() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls);
      alice.send(ours, "INVITE");
      calls.run();
      assertEquals(alice.heard().subList(2, 4), List.of("180 INVITE", "200 INVITE"));
      alice.answering("INVITE", 200);
      bob.send(theirs, "INVITE");
      calls.run();
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "INVITE", "ACK", "200 INVITE"));
      assertEquals(alice.heard().subList(4, 6), List.of("INVITE", "ACK"));
      calls.run(60_000);
      assertEquals(ours.getState(), DialogState.CONFIRMED);
      assertEquals(theirs.getState(), DialogState.CONFIRMED);
      assertEquals(calls.clock.armed(), 0);
    }
  }

  @Test
  public void the_100_to_a_reinvite_carries_the_to_tag() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls);
      bob.on("INVITE", event -> {});
      alice.send(ours, "INVITE");
      calls.run(300);
      assertTrue(
          Calls.header(calls.text("bob>alice 100 INVITE"), "To").endsWith(ours.getRemoteTag()));
    }
  }

  @Test
  public void invites_that_meet_are_both_answered_491() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls);
      alice.send(ours, "INVITE");
      bob.send(theirs, "INVITE");
      calls.run();
      assertEquals(alice.heard().subList(2, 3), List.of("491 INVITE"));
      assertEquals(bob.heard().subList(2, 3), List.of("491 INVITE"));
      assertEquals(ours.getState(), DialogState.CONFIRMED);
      assertEquals(theirs.getState(), DialogState.CONFIRMED);
    }
  }

  @Test
  public void an_invite_is_welcome_once_the_own_one_has_its_2xx_but_no_ack_yet() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls);
      alice.on(200, event -> {}).answering("INVITE", 200);
      alice.send(ours, "INVITE");
      calls.run(100);
      bob.send(theirs, "INVITE");
      calls.run(100);
      assertEquals(alice.heard().subList(3, 5), List.of("200 INVITE", "INVITE"));
    }
  }

  @Test
  public void a_second_invite_of_the_own_side_must_wait() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls);
      bob.on("INVITE", event -> {});
      alice.send(ours, "INVITE");
      assertThrows(SipException.class, () -> alice.send(ours, "INVITE"));
      assertEquals(ours.getLocalSeqNumber(), 2, "nothing was sent");
    }
  }

  /** Sends a second INVITE round the dialog, as a peer that doesn't wait would do. */
  private void overtake(Calls calls) throws Exception {
    bob.on("INVITE", event -> {});
    alice.send(ours, "INVITE");
    calls.run();
    Request second = ours.createRequest("INVITE");
    alice.provider().sendRequest(second);
    calls.run(100);
  }

  @Test
  public void an_invite_while_one_is_unanswered_gets_500_with_retry_after() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls);
      overtake(calls);
      String refusal = calls.text("bob>alice 500 INVITE");
      assertEquals(cseqOf(refusal), "3 INVITE");
      int seconds = Integer.parseInt(Calls.header(refusal, "Retry-After"));
      assertTrue(seconds >= 0 && seconds <= 10, "Retry-After: " + seconds);
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "INVITE"));
      calls.run(120_000); // the refused one is over; bob owes an answer to the other
      assertEquals(bob.endedTransactions.size(), 1, "not told of transactions it never saw");
      assertEquals(bob.timeouts, List.of());
    }
  }

  @Test
  public void a_property_makes_that_491() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, "io.sipwright.ANSWER_491_TO_OVERLAPPING_INVITE", "true");
      overtake(calls);
      assertEquals(cseqOf(calls.text("bob>alice 491 INVITE")), "3 INVITE");
    }
  }

  @Test
  public void an_info_between_2xx_and_ack_does_not_make_the_ack_stale() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls);
      bob.answering("INFO", 200);
      alice.on(
          200,
          event -> {
            if (Calls.summary(event.getResponse().toString()).equals("200 INVITE")) {
              alice.send(ours, "INFO");
              ours.sendAck(ours.createAck(2));
            }
          });
      alice.send(ours, "INVITE");
      calls.run();
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "INVITE", "INFO", "ACK"));
      calls.run(40_000);
      assertEquals(calls.texts("bob>alice 200 INVITE").size(), 2, "no retransmission");
      assertEquals(theirs.getState(), DialogState.CONFIRMED);
    }
  }

  @Test
  public void a_reinvite_without_ack_ends_the_dialog_by_bye() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls);
      alice.on(200, event -> {}).answering("BYE", 200);
      alice.send(ours, "INVITE");
      calls.run(33_000);
      assertEquals(cseqOf(calls.text("bob>alice BYE")), "1 BYE");
      assertEquals(theirs.getState(), DialogState.TERMINATED);
      assertEquals(ours.getState(), DialogState.TERMINATED);
      calls.runToTheEnd();
      assertEquals(alice.endedDialogs.size(), 1);
      assertEquals(bob.endedDialogs.size(), 1);
    }
  }

  @Test
  public void a_reinvite_and_its_2xx_refresh_the_targets() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls);
      bob.on(
          "INVITE",
          event -> {
            javax.sip.message.Response ok = bob.response(200, event.getRequest());
            ok.removeHeader("Contact");
            ok.addHeader(contact("sip:bob-new@10.0.0.2:5060"));
            Party.transaction(event).sendResponse(ok);
          });
      Request reinvite = ours.createRequest("INVITE");
      reinvite.removeHeader("Contact");
      reinvite.addHeader(contact("sip:alice-new@10.0.0.1:5060"));
      alice.send(ours, reinvite);
      calls.run();
      assertEquals(ours.getRemoteTarget().getURI().toString(), "sip:bob-new@10.0.0.2:5060");
      assertEquals(theirs.getRemoteTarget().getURI().toString(), "sip:alice-new@10.0.0.1:5060");
      assertTrue(calls.texts("alice>bob ACK").get(1).startsWith("ACK sip:bob-new@10.0.0.2:5060 "));
    }
  }

  private static javax.sip.header.ContactHeader contact(String uri) throws Exception {
    return Party.HEADERS.createContactHeader(
        Party.ADDRESSES.createAddress(Party.ADDRESSES.createURI(uri)));
  }

  @Test
  public void a_refused_reinvite_refreshes_nothing() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls);
      bob.answering("INVITE", 488);
      Request reinvite = ours.createRequest("INVITE");
      reinvite.removeHeader("Contact");
      reinvite.addHeader(contact("sip:alice-new@10.0.0.1:5060"));
      alice.send(ours, reinvite);
      calls.run();
      assertEquals(theirs.getRemoteTarget().getURI().toString(), "sip:alice@10.0.0.1:5060");
    }
  }

  /** Sends INFOs numbered 10 and 5. */
  private void sendOutOfOrder(Calls calls) throws Exception {
    bob.answering("INFO", 200);
    for (long seq : new long[] {10, 5}) {
      Request info = ours.createRequest("INFO");
      ((javax.sip.header.CSeqHeader) info.getHeader("CSeq")).setSeqNumber(seq);
      alice.provider().sendRequest(info);
      calls.run();
    }
  }

  @Test
  public void a_lower_cseq_is_answered_500() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls);
      sendOutOfOrder(calls);
      assertEquals(cseqOf(calls.text("bob>alice 500 INFO")), "5 INFO");
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "INFO"));
      assertEquals(theirs.getRemoteSeqNumber(), 10);
    }
  }

  @Test
  public void a_lower_cseq_is_taken_with_loose_validation() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, "io.sipwright.LOOSE_DIALOG_VALIDATION", "true");
      sendOutOfOrder(calls);
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "INFO", "INFO"));
      assertEquals(theirs.getRemoteSeqNumber(), 10);
    }
  }

  @Test
  public void a_lower_cseq_is_taken_where_the_program_turned_validation_off() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls);
      ((DialogImpl) theirs).disableSequenceNumberValidation();
      sendOutOfOrder(calls);
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "INFO", "INFO"));
    }
  }

  @Test
  public void without_error_handling_the_program_gets_all_of_it() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, "io.sipwright.AUTOMATIC_DIALOG_ERROR_HANDLING", "false");
      sendOutOfOrder(calls);
      overtake(calls);
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "INFO", "INFO", "INVITE", "INVITE"));
      assertNotNull(bob.lastRequest().getServerTransaction());
    }
  }

  @Test
  public void a_refer_without_refer_to_is_answered_400() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls);
      alice.send(ours, "REFER");
      calls.run();
      assertEquals(alice.heard().get(2), "400 REFER");
      assertEquals(bob.heard(), List.of("INVITE", "ACK"));
      assertEquals(ours.getState(), DialogState.CONFIRMED);
    }
  }
}
