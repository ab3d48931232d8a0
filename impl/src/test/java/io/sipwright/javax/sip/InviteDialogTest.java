package io.sipwright.javax.sip;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.TransactionDoesNotExistException;
import javax.sip.address.SipURI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Dialogs of calls between two programs: states, sequence numbers, 2xx and ACK, the end. */
public class InviteDialogTest {
  private static final String[] ANSWERED = {"180 INVITE", "200 INVITE"};

  /** An established call from alice to bob. */
  private static Dialog call(Calls calls, Party alice, Party bob) throws Exception {
    bob.answering("INVITE", 180, 200).answering("BYE", 200).answering("INFO", 200);
    alice.acknowledging().answering("INFO", 200).answering("BYE", 200);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run();
    assertEquals(alice.heard(), List.of(ANSWERED));
    return invite.getDialog();
  }

  private static Dialog dialogOf(Party party) {
    return party.lastRequest().getDialog();
  }

  @Test
  public void states_are_null_early_confirmed_terminated_on_both_sides() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("BYE", 200);
      ClientTransaction invite =
          alice.provider().getNewClientTransaction(alice.request("INVITE", bob));
      Dialog ours = invite.getDialog();
      assertNull(ours.getState());
      assertNull(ours.getDialogId());
      invite.sendRequest();
      calls.run();
      ServerTransaction server = Party.transaction(bob.lastRequest());
      Dialog theirs = server.getDialog();
      assertNull(theirs.getState());
      bob.respond(server, 100);
      calls.run();
      assertNull(theirs.getState());
      assertNull(ours.getState());
      bob.respond(server, 180);
      assertEquals(theirs.getState(), DialogState.EARLY);
      calls.run();
      assertEquals(ours.getState(), DialogState.EARLY);
      bob.respond(server, 200);
      assertEquals(theirs.getState(), DialogState.CONFIRMED);
      calls.run();
      assertEquals(ours.getState(), DialogState.CONFIRMED, "before the ACK");
      assertSame(alice.lastResponse().getDialog(), ours);
      ours.sendAck(ours.createAck(1));
      calls.run();
      assertSame(bob.lastRequest().getServerTransaction().getDialog(), theirs);
      alice.send(ours, "BYE");
      calls.run();
      assertEquals(ours.getState(), DialogState.TERMINATED);
      assertEquals(theirs.getState(), DialogState.TERMINATED);
      calls.runToTheEnd();
      assertEquals(alice.endedDialogs.size(), 1);
      assertSame(alice.endedDialogs.get(0).getDialog(), ours);
      assertEquals(bob.endedDialogs.size(), 1);
      assertSame(bob.endedDialogs.get(0).getDialog(), theirs);
    }
  }

  @Test
  public void what_a_dialog_knows_is_the_same_from_both_ends() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      Dialog ours = call(calls, alice, bob);
      Dialog theirs = dialogOf(bob);
      assertEquals(ours.getLocalTag(), theirs.getRemoteTag());
      assertEquals(ours.getRemoteTag(), theirs.getLocalTag());
      assertEquals(ours.getCallId(), theirs.getCallId());
      assertEquals(ours.getLocalParty(), theirs.getRemoteParty());
      assertEquals(ours.getRemoteParty(), theirs.getLocalParty());
      assertEquals(ours.getRemoteTarget().getURI().toString(), "sip:bob@10.0.0.2:5060");
      assertEquals(theirs.getRemoteTarget().getURI().toString(), "sip:alice@10.0.0.1:5060");
      String callId = ours.getCallId().getCallId();
      assertEquals(
          ours.getDialogId(), callId + ":" + ours.getLocalTag() + ":" + ours.getRemoteTag());
      assertTrue(theirs.isServer());
      assertTrue(!ours.isServer() && !ours.isSecure());
      assertEquals(ours.getLocalSeqNumber(), 1);
      assertEquals(ours.getRemoteSeqNumber(), 0);
      assertEquals(theirs.getLocalSeqNumber(), 0);
      assertEquals(theirs.getRemoteSeqNumber(), 1);
      assertTrue(!ours.getRouteSet().hasNext());
    }
  }

  @DataProvider
  public Object[][] failures() {
    return new Object[][] {{302}, {404}, {486}, {503}, {603}};
  }

  @Test(dataProvider = "failures")
  public void a_failure_ends_an_early_dialog_with_one_event_on_each_side(int status)
      throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("INVITE", 180, status);
      ClientTransaction invite = alice.send(alice.request("INVITE", bob));
      calls.run();
      assertEquals(alice.heard(), List.of("180 INVITE", status + " INVITE"));
      assertSame(alice.lastResponse().getDialog(), invite.getDialog());
      assertEquals(invite.getDialog().getState(), DialogState.TERMINATED);
      calls.runToTheEnd();
      assertEquals(alice.endedDialogs.size(), 1);
      assertEquals(bob.endedDialogs.size(), 1);
    }
  }

  @Test(dataProvider = "failures")
  public void a_dialog_that_never_left_the_null_state_ends_without_event(int status)
      throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("INVITE", 100, status);
      ClientTransaction invite = alice.send(alice.request("INVITE", bob));
      calls.run();
      assertEquals(invite.getDialog().getState(), DialogState.TERMINATED);
      calls.runToTheEnd();
      assertEquals(alice.endedDialogs.size(), 0);
      assertEquals(bob.endedDialogs.size(), 0);
    }
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
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging();
      Party bob = calls.party("bob").answering("INVITE", 401);
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
  }

  @Test
  public void an_unanswered_2xx_is_sent_again_at_doubling_intervals_then_a_bye_ends_the_dialog()
      throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("INVITE", 200);
      alice.send(alice.request("INVITE", bob));
      calls.link("alice", "bob").loseIf(bytes -> new String(bytes, 0, 3, US_ASCII).equals("ACK"));
      alice.acknowledging();
      calls.run(40_000);
      assertEquals(
          calls.timedWire().stream()
              .filter(l -> l.endsWith("bob>alice 200 INVITE"))
              .toList()
              .size(),
          11,
          "at 0, 0.5, 1.5, 3.5, 7.5, 11.5 … 31.5");
      assertEquals(
          calls.timedWire().stream().filter(l -> l.contains("BYE")).toList().get(0),
          "32.000 bob>alice BYE");
      assertEquals(alice.heard().subList(0, 2), List.of("200 INVITE", "BYE"), "no retransmission");
      assertEquals(bob.endedDialogs.size(), 1);
      assertEquals(bob.timeouts, List.of());
      assertEquals(
          calls.wire().stream().filter("alice>bob ACK"::equals).count(), 11, "one for each copy");
    }
  }

  @Test
  public void a_repeated_2xx_is_acknowledged_again_with_the_same_ack() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging();
      Party bob = calls.party("bob").answering("INVITE", 200);
      alice.send(alice.request("INVITE", bob));
      calls.link("alice", "bob").loseIf(bytes -> new String(bytes, 0, 3, US_ASCII).equals("ACK"));
      calls.run(600);
      calls.link("alice", "bob").loseIf(null);
      calls.run(60_000);
      List<String> acks = calls.texts("alice>bob ACK");
      assertEquals(acks.size(), 3, "lost ones at 0 and 0.5, the one that came at 1.5");
      assertEquals(acks.get(2), acks.get(0));
      assertEquals(alice.heard(), List.of("200 INVITE"));
      assertEquals(bob.heard(), List.of("INVITE", "ACK"));
      assertEquals(alice.endedDialogs.size() + bob.endedDialogs.size(), 0);
      assertEquals(calls.clock.armed(), 0, "an idle call holds no timer");
    }
  }

  @Test
  public void a_program_that_never_acknowledges_loses_its_dialog() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("INVITE", 200);
      calls.link("bob", "alice").loseIf(bytes -> new String(bytes, 0, 3, US_ASCII).equals("BYE"));
      ClientTransaction invite = alice.send(alice.request("INVITE", bob));
      calls.run(33_000);
      assertEquals(alice.heard().size(), 11, "each copy of the 2xx, while the ACK is owed");
      assertNotNull(alice.responses.get(0).getClientTransaction());
      assertNull(alice.responses.get(1).getClientTransaction());
      assertSame(alice.responses.get(1).getDialog(), invite.getDialog());
      assertEquals(invite.getDialog().getState(), DialogState.TERMINATED);
      assertEquals(alice.endedDialogs.size(), 1);
      assertEquals(bob.endedDialogs.size(), 1);
    }
  }

  @Test
  public void an_ack_that_comes_again_is_not_delivered_again() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      calls.link("alice", "bob").duplication(1);
      call(calls, alice, bob);
      calls.run(40_000);
      assertEquals(bob.heard(), List.of("INVITE", "ACK"));
    }
  }

  @Test
  public void createAck_and_sendAck_may_be_repeated_and_give_one_event() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("INVITE", 200);
      Dialog dialog = alice.send(alice.request("INVITE", bob)).getDialog();
      calls.run();
      Request ack = dialog.createAck(1);
      dialog.sendAck(ack);
      dialog.sendAck(ack);
      dialog.sendAck(dialog.createAck(1));
      calls.run();
      assertEquals(bob.heard(), List.of("INVITE", "ACK"));
      assertEquals(calls.texts("alice>bob ACK").size(), 3);
    }
  }

  @Test
  public void a_created_request_has_the_next_number_and_leaves_the_dialog_unchanged()
      throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      Dialog ours = call(calls, alice, bob);
      Request info = ours.createRequest("INFO");
      assertEquals(((CSeqHeader) info.getHeader("CSeq")).getSeqNumber(), 2);
      assertEquals(ours.getLocalSeqNumber(), 1);
      assertNotNull(info.getHeader("Via"));
      assertNotNull(info.getHeader("Max-Forwards"));
      assertEquals(Calls.header(info.toString(), "Contact"), "<sip:alice@10.0.0.1:5060>");
      info.addHeader(Party.HEADERS.createMaxForwardsHeader(9));
      info.addHeader(Party.HEADERS.createViaHeader("1.2.3.4", 1, "udp", "z9hG4bKx"));
      assertEquals(Calls.header(info.toString(), "Max-Forwards"), "70", "the first one stays");
      alice.send(ours, "INFO");
      assertEquals(ours.getLocalSeqNumber(), 2);
      calls.run();
      assertEquals(dialogOf(bob).getRemoteSeqNumber(), 2);
      ours.incrementLocalSequenceNumber();
      assertEquals(ours.getLocalSeqNumber(), 3);
      alice.send(ours, "BYE");
      calls.run();
      assertEquals(Calls.header(calls.text("alice>bob BYE"), "CSeq"), "4 BYE");
      assertEquals(
          ((CSeqHeader) ours.createRequest("OPTIONS").getHeader("CSeq")).getSeqNumber(), 5);
    }
  }

  @Test
  public void the_callee_counts_its_own_requests_from_one() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      call(calls, alice, bob);
      bob.send(dialogOf(bob), "INFO");
      calls.run();
      assertEquals(Calls.header(calls.text("bob>alice INFO"), "CSeq"), "1 INFO");
      assertEquals(alice.lastRequest().getDialog().getRemoteSeqNumber(), 1);
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "200 INFO"));
    }
  }

  @Test
  public void sendRequest_sets_tags_and_number_over_what_the_program_put_in() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      Dialog ours = call(calls, alice, bob);
      Request info = ours.createRequest("INFO");
      ((CSeqHeader) info.getHeader("CSeq")).setSeqNumber(77);
      ((FromHeader) info.getHeader("From")).setTag("other");
      ((ToHeader) info.getHeader("To")).setTag("another");
      ours.sendRequest(alice.provider().getNewClientTransaction(info));
      calls.run();
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "INFO"));
      assertEquals(Calls.header(calls.text("alice>bob INFO"), "CSeq"), "2 INFO");
    }
  }

  @Test
  public void a_bye_in_the_early_state_ends_the_dialog() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("INVITE", 180).answering("BYE", 200);
      Dialog ours = alice.send(alice.request("INVITE", bob)).getDialog();
      calls.run();
      ServerTransaction invite = (ServerTransaction) lastServer(bob);
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
  }

  private static javax.sip.Transaction lastServer(Party party) {
    return ((DialogImpl) lastTransactionDialog(party)).uas().pendingInvite();
  }

  private static Dialog lastTransactionDialog(Party party) {
    return party.stack.dialogs().all().iterator().next();
  }

  @Test
  public void a_program_may_keep_the_dialog_over_a_bye_and_delete_it_itself() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      Dialog ours = call(calls, alice, bob);
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
  }

  @Test
  public void a_bye_that_is_challenged_or_unanswered() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      Dialog ours = call(calls, alice, bob);
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
  }

  @Test
  public void requests_within_a_terminated_dialog_are_still_made_and_sent() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      Dialog ours = call(calls, alice, bob);
      alice.send(ours, "BYE");
      calls.run();
      alice.send(ours, "BYE");
      calls.run();
      assertEquals(alice.heard(), List.of("180 INVITE", "200 INVITE", "200 BYE", "481 BYE"));
    }
  }

  @Test
  public void failures_of_a_reinvite_or_an_info_leave_the_dialog_alone() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      Dialog ours = call(calls, alice, bob);
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
  }

  @Test
  public void a_481_to_a_reinvite_ends_the_dialog() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      Dialog ours = call(calls, alice, bob);
      bob.answering("INVITE", 481);
      alice.send(ours, "INVITE");
      calls.run();
      assertEquals(ours.getState(), DialogState.TERMINATED);
    }
  }

  @Test
  public void an_invite_nobody_answers_ends_its_dialog() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      calls.link("alice", "bob").cut(true);
      Dialog ours = alice.send(alice.request("INVITE", bob)).getDialog();
      calls.run(33_000);
      assertEquals(alice.heard(), List.of("timeout INVITE"));
      assertEquals(ours.getState(), DialogState.TERMINATED);
      assertEquals(alice.endedDialogs.size(), 0);
    }
  }

  @Test
  public void an_early_dialog_ends_with_its_transaction() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("INVITE", 180);
      ClientTransaction invite = alice.send(alice.request("INVITE", bob));
      calls.run();
      ServerTransaction server = (ServerTransaction) lastServer(bob);
      invite.terminate();
      server.terminate();
      calls.run();
      assertEquals(alice.endedDialogs.size(), 1);
      assertEquals(bob.endedDialogs.size(), 1);
    }
  }

  @Test
  public void an_early_dialog_ends_three_minutes_after_its_last_provisional_response()
      throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("INVITE", 180);
      Dialog ours = alice.send(alice.request("INVITE", bob)).getDialog();
      calls.run(179_000);
      assertEquals(ours.getState(), DialogState.EARLY);
      bob.respond((ServerTransaction) lastServer(bob), 183);
      calls.run(179_000);
      assertEquals(ours.getState(), DialogState.EARLY);
      calls.run(2_000);
      assertEquals(ours.getState(), DialogState.TERMINATED);
      assertEquals(alice.endedDialogs.size(), 1);
      assertEquals(bob.endedDialogs.size(), 1);
    }
  }

  @Test
  public void a_cancelled_invite_without_final_response_is_given_up() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("INVITE", 180).answering("CANCEL", 200);
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
  }

  @Test
  public void a_cancelled_call_ends_with_487_on_both_sides() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("INVITE", 180);
      ClientTransaction invite = alice.send(alice.request("INVITE", bob));
      calls.run();
      ServerTransaction server = (ServerTransaction) lastServer(bob);
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

  @Test
  public void a_2xx_without_to_tag_gets_the_tag_of_the_dialog() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging();
      Party bob = calls.party("bob");
      bob.on(
          "INVITE",
          event -> {
            ServerTransaction server = Party.transaction(event);
            for (int status : new int[] {180, 200}) {
              Response response = Party.MESSAGES.createResponse(status, event.getRequest());
              assertNull(((ToHeader) response.getHeader("To")).getTag());
              server.sendResponse(response);
            }
          });
      Dialog ours = alice.send(alice.request("INVITE", bob)).getDialog();
      calls.run();
      assertEquals(ours.getState(), DialogState.CONFIRMED);
      assertEquals(ours.getRemoteTag(), dialogOf(bob).getLocalTag());
      assertEquals(bob.heard(), List.of("INVITE", "ACK"));
    }
  }

  @Test
  public void a_2xx_with_another_to_tag_than_the_dialogs_is_the_callers_error() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("INVITE", 180);
      alice.send(alice.request("INVITE", bob));
      calls.run();
      ServerTransaction server = (ServerTransaction) lastServer(bob);
      Response ok = bob.response(200, server.getRequest());
      ((ToHeader) ok.getHeader("To")).setTag("another");
      assertThrows(SipException.class, () -> server.sendResponse(ok));
      assertEquals(server.getDialog().getState(), DialogState.EARLY);
    }
  }

  @Test
  public void parties_are_live_and_application_data_survives() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      Dialog ours = call(calls, alice, bob);
      ours.setApplicationData("data");
      ((SipURI) ours.getLocalParty().getURI()).setParameter("user", "phone");
      alice.send(ours, "INFO");
      calls.run();
      assertTrue(
          Calls.header(calls.text("alice>bob INFO"), "From")
              .startsWith("<sip:alice@test;user=phone>"));
      alice.send(ours, "BYE");
      calls.runToTheEnd();
      assertEquals(ours.getApplicationData(), "data");
      assertSame(alice.endedDialogs.get(0).getDialog().getApplicationData(), "data");
    }
  }

  @Test
  public void an_idle_dialog_holds_no_message_and_no_transaction() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      Dialog ours = call(calls, alice, bob);
      Dialog theirs = dialogOf(bob);
      Reachable reachable = new Reachable("javax.sip.message.Message", "javax.sip.Transaction");
      assertTrue(reachable.from(ours).size() > 0, "while the transaction lingers");
      alice.send(ours, "INVITE");
      calls.run();
      bob.send(theirs, "INVITE");
      bob.acknowledging();
      alice.answering("INVITE", 200);
      calls.runToTheEnd();
      alice
          .stack
          .statistics()
          .forEach((k, v) -> assertEquals((int) v, k.equals("dialogs") ? 1 : 0, k));
      assertEquals(reachable.from(ours), List.of());
      assertEquals(reachable.from(theirs), List.of());
    }
  }

  @Test
  public void errors_of_the_caller_are_told_before_anything_is_sent() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      ClientTransaction unsent =
          alice.provider().getNewClientTransaction(alice.request("INVITE", bob));
      Dialog none = unsent.getDialog();
      assertThrows(SipException.class, () -> none.createRequest("BYE"));
      assertThrows(SipException.class, () -> none.createAck(1));
      assertThrows(
          javax.sip.DialogDoesNotExistException.class,
          () -> none.createPrack(Party.MESSAGES.createResponse(180, unsent.getRequest())));
      Dialog ours = call(calls, alice, bob);
      Dialog theirs = dialogOf(bob);
      for (String method : List.of("ACK", "PRACK", "CANCEL")) {
        assertThrows(SipException.class, () -> ours.createRequest(method));
      }
      assertThrows(NullPointerException.class, () -> ours.createRequest(null));
      assertThrows(NullPointerException.class, () -> ours.sendRequest(null));
      assertThrows(NullPointerException.class, () -> ours.sendAck(null));
      assertThrows(NullPointerException.class, () -> ours.createPrack(null));
      assertThrows(NullPointerException.class, () -> ours.sendReliableProvisionalResponse(null));
      assertThrows(SipException.class, () -> ours.createAck(2));
      assertThrows(javax.sip.InvalidArgumentException.class, () -> ours.createAck(-1));
      assertThrows(javax.sip.InvalidArgumentException.class, () -> ours.createAck(1L << 31));
      assertThrows(SipException.class, () -> theirs.createAck(1));
      assertThrows(SipException.class, () -> ours.sendAck(ours.createRequest("INFO")));
      assertThrows(SipException.class, () -> ours.createReliableProvisionalResponse(183));
      ClientTransaction foreign =
          bob.provider().getNewClientTransaction(bob.request("INFO", alice));
      assertThrows(TransactionDoesNotExistException.class, () -> ours.sendRequest(foreign));
      ClientTransaction sent = alice.send(ours, "INFO");
      assertThrows(SipException.class, () -> ours.sendRequest(sent));
      int before = calls.wire().size();
      calls.run();
      assertEquals(calls.wire().size(), before + 1, "only the 200 to INFO");
    }
  }
}
