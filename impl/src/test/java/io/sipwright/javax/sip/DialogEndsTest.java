package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertThrows;

import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What ends dialogs of calls, and what does not. */
public class DialogEndsTest extends TwoParties {
  @DataProvider
  public Object[][] failures() {
    return new Object[][] {{302}, {404}, {486}, {503}, {603}};
  }

  @Test(dataProvider = "failures")
  public void a_failure_ends_an_early_dialog_with_one_event_on_each_side(int status)
      throws Exception {
    bob.answering("INVITE", 180, status);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run();
    assertEquals(alice.heard(), List.of("180 INVITE", status + " INVITE"));
    assertSame(alice.lastResponse().getDialog(), invite.getDialog());
    assertEquals(invite.getDialog().getState(), DialogState.TERMINATED);
    calls.runToTheEnd();
    assertEquals(alice.endedDialogs.size(), 1);
    assertEquals(bob.endedDialogs.size(), 1);
  }

  @Test(dataProvider = "failures")
  public void a_dialog_that_never_left_the_null_state_ends_without_event(int status)
      throws Exception {
    bob.answering("INVITE", 100, status);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run();
    assertEquals(invite.getDialog().getState(), DialogState.TERMINATED);
    calls.runToTheEnd();
    assertEquals(alice.endedDialogs.size(), 0);
    assertEquals(bob.endedDialogs.size(), 0);
  }

  @Test
  public void a_property_makes_the_end_of_a_null_dialog_an_event() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice =
          calls.party("alice", "io.sipwright.DELIVER_TERMINATED_EVENT_FOR_NULL_DIALOG", "true");
      Party bob = calls.party("bob").answering("INVITE", 486);
      alice.send(alice.request("INVITE", bob));
      calls.runToTheEnd();
      assertEquals(alice.endedDialogs.size(), 1);
    }
  }

  @Test
  public void an_invite_with_the_same_call_id_after_a_challenge_is_a_new_dialog() throws Exception {
    alice.acknowledging();
    bob.answering("INVITE", 401);
    Request request = alice.request("INVITE", bob);
    ClientTransaction first = alice.send(request);
    calls.run();
    assertSame(alice.lastResponse().getDialog(), first.getDialog());
    bob.answering("INVITE", 200);
    Request again = (Request) request.clone();
    again.removeHeader("Via");
    ((CSeqHeader) again.getHeader("CSeq")).setSeqNumber(2);
    ClientTransaction second = alice.send(again);
    calls.run();
    assertNotSame(second.getDialog(), first.getDialog());
    assertEquals(second.getDialog().getState(), DialogState.CONFIRMED);
    assertEquals(first.getDialog().getState(), DialogState.TERMINATED);
    assertEquals(bob.heard(), List.of("INVITE", "INVITE", "ACK"));
  }

  @Test
  public void a_bye_in_the_early_state_ends_the_dialog() throws Exception {
    bob.answering("INVITE", 180).answering("BYE", 200);
    Dialog ours = alice.send(alice.request("INVITE", bob)).getDialog();
    calls.run();
    ServerTransaction invite = pendingInvite(bob);
    alice.send(ours, "BYE");
    calls.run();
    assertEquals(ours.getState(), DialogState.TERMINATED);
    assertEquals(dialogOf(bob).getState(), DialogState.TERMINATED);
    bob.respond(invite, 487);
    calls.runToTheEnd();
    assertEquals(alice.heard(), List.of("180 INVITE", "200 BYE", "487 INVITE"));
    assertEquals(alice.endedDialogs.size(), 1);
    assertEquals(bob.endedDialogs.size(), 1);
    assertEquals(alice.stack.statistics().get("dialogs"), Integer.valueOf(0));
  }

  @Test
  public void a_program_may_keep_the_dialog_over_a_bye_and_delete_it_itself() throws Exception {
    Dialog ours = established();
    Dialog theirs = dialogOf(bob);
    ours.terminateOnBye(false);
    theirs.terminateOnBye(false);
    alice.send(ours, "BYE");
    calls.run();
    assertEquals(ours.getState(), DialogState.CONFIRMED);
    assertEquals(theirs.getState(), DialogState.CONFIRMED);
    alice.send(ours, "INFO");
    calls.run();
    assertEquals(alice.heard().get(alice.heard().size() - 1), "200 INFO");
    ours.delete();
    theirs.delete();
    ours.delete();
    assertEquals(ours.getState(), DialogState.TERMINATED);
    calls.runToTheEnd();
    assertEquals(alice.endedDialogs.size(), 1);
    assertEquals(bob.endedDialogs.size(), 1);
    assertThrows(SipException.class, () -> ours.terminateOnBye(true));
  }

  @Test
  public void a_bye_that_is_challenged_or_unanswered() throws Exception {
    Dialog ours = established();
    bob.answering("BYE", 401);
    alice.send(ours, "BYE");
    calls.run();
    assertEquals(ours.getState(), DialogState.CONFIRMED, "the same BYE with credentials follows");
    assertEquals(dialogOf(bob).getState(), DialogState.CONFIRMED);
    calls.link("alice", "bob").cut(true);
    alice.send(ours, "BYE");
    calls.run(33_000);
    assertEquals(alice.timeouts.size(), 1);
    assertEquals(ours.getState(), DialogState.TERMINATED);
    assertEquals(alice.endedDialogs.size(), 1);
  }

  @Test
  public void requests_within_a_terminated_dialog_are_still_made_and_sent() throws Exception {
    Dialog ours = established();
    alice.send(ours, "BYE");
    calls.run();
    alice.send(ours, "BYE");
    calls.run();
    assertEquals(alice.heard(), List.of("180 INVITE", "200 INVITE", "200 BYE", "481 BYE"));
  }

  @Test
  public void failures_of_a_reinvite_or_an_info_leave_the_dialog_alone() throws Exception {
    Dialog ours = established();
    bob.answering("INVITE", 488).answering("INFO", 481);
    alice.send(ours, "INVITE");
    calls.run();
    alice.send(ours, "INFO");
    calls.run();
    assertEquals(ours.getState(), DialogState.CONFIRMED);
    assertEquals(dialogOf(bob).getState(), DialogState.CONFIRMED);
    calls.link("alice", "bob").cut(true);
    alice.send(ours, "INFO");
    calls.run(40_000);
    assertEquals(ours.getState(), DialogState.CONFIRMED, "after a time-out too");
  }

  @Test
  public void a_481_to_a_reinvite_ends_the_dialog() throws Exception {
    Dialog ours = established();
    bob.answering("INVITE", 481);
    alice.send(ours, "INVITE");
    calls.run();
    assertEquals(ours.getState(), DialogState.TERMINATED);
  }

  @Test
  public void an_invite_nobody_answers_ends_its_dialog() throws Exception {
    calls.link("alice", "bob").cut(true);
    Dialog ours = alice.send(alice.request("INVITE", bob)).getDialog();
    calls.run(33_000);
    assertEquals(alice.heard(), List.of("timeout INVITE"));
    assertEquals(ours.getState(), DialogState.TERMINATED);
    assertEquals(alice.endedDialogs.size(), 0);
  }

  @Test
  public void an_early_dialog_ends_with_its_transaction() throws Exception {
    bob.answering("INVITE", 180);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run();
    ServerTransaction server = pendingInvite(bob);
    invite.terminate();
    server.terminate();
    calls.run();
    assertEquals(alice.endedDialogs.size(), 1);
    assertEquals(bob.endedDialogs.size(), 1);
  }

  @Test
  public void an_early_dialog_ends_three_minutes_after_its_last_provisional_response()
      throws Exception {
    bob.answering("INVITE", 180);
    Dialog ours = alice.send(alice.request("INVITE", bob)).getDialog();
    calls.run(179_000);
    assertEquals(ours.getState(), DialogState.EARLY);
    bob.respond(pendingInvite(bob), 183);
    calls.run(179_000);
    assertEquals(ours.getState(), DialogState.EARLY);
    calls.run(2_000);
    assertEquals(ours.getState(), DialogState.TERMINATED);
    assertEquals(alice.endedDialogs.size(), 1);
    assertEquals(bob.endedDialogs.size(), 1);
  }

  @Test
  public void a_cancelled_invite_without_final_response_is_given_up() throws Exception {
    bob.answering("INVITE", 180).answering("CANCEL", 200);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run();
    alice.send(invite.createCancel());
    calls.run(31_000);
    assertEquals(alice.heard(), List.of("180 INVITE", "200 CANCEL"));
    assertSame(alice.lastResponse().getDialog(), invite.getDialog());
    calls.run(2_000);
    assertEquals(alice.heard(), List.of("180 INVITE", "200 CANCEL", "timeout INVITE"));
    assertEquals(alice.endedDialogs.size(), 1);
  }

  @Test
  public void a_cancelled_call_ends_with_487_on_both_sides() throws Exception {
    bob.answering("INVITE", 180);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run();
    ServerTransaction server = pendingInvite(bob);
    bob.on(
        "CANCEL",
        event -> {
          assertSame(event.getDialog(), server.getDialog());
          bob.respond(Party.transaction(event), 200);
          bob.respond(server, 487);
        });
    alice.send(invite.createCancel());
    calls.runToTheEnd();
    assertEquals(alice.heard(), List.of("180 INVITE", "200 CANCEL", "487 INVITE"));
    assertEquals(alice.endedDialogs.size(), 1);
    assertEquals(bob.endedDialogs.size(), 1);
  }
}
