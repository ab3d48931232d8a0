package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
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
import org.testng.annotations.Test;

/** Dialogs of calls between two programs: states, tags, sequence numbers, requests. */
public class InviteDialogTest extends TwoParties {
  @Test
  public void states_are_null_early_confirmed_terminated_on_both_sides() throws Exception {
    bob.answering("BYE", 200);
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

  @Test
  public void what_a_dialog_knows_is_the_same_from_both_ends() throws Exception {
    Dialog ours = established();
    Dialog theirs = dialogOf(bob);
    assertEquals(ours.getLocalTag(), theirs.getRemoteTag());
    assertEquals(ours.getRemoteTag(), theirs.getLocalTag());
    assertEquals(ours.getCallId(), theirs.getCallId());
    assertEquals(ours.getLocalParty(), theirs.getRemoteParty());
    assertEquals(ours.getRemoteParty(), theirs.getLocalParty());
    assertEquals(ours.getRemoteTarget().getURI().toString(), "sip:bob@10.0.0.2:5060");
    assertEquals(theirs.getRemoteTarget().getURI().toString(), "sip:alice@10.0.0.1:5060");
    String callId = ours.getCallId().getCallId();
    assertEquals(ours.getDialogId(), callId + ":" + ours.getLocalTag() + ":" + ours.getRemoteTag());
    assertTrue(theirs.isServer());
    assertTrue(!ours.isServer() && !ours.isSecure());
    assertEquals(ours.getLocalSeqNumber(), 1);
    assertEquals(ours.getRemoteSeqNumber(), 0);
    assertEquals(theirs.getLocalSeqNumber(), 0);
    assertEquals(theirs.getRemoteSeqNumber(), 1);
    assertTrue(!ours.getRouteSet().hasNext());
  }

  @Test
  public void a_created_request_has_the_next_number_and_leaves_the_dialog_unchanged()
      throws Exception {
    Dialog ours = established();
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
    assertEquals(((CSeqHeader) ours.createRequest("OPTIONS").getHeader("CSeq")).getSeqNumber(), 5);
  }

  @Test
  public void the_callee_counts_its_own_requests_from_one() throws Exception {
    established();
    bob.send(dialogOf(bob), "INFO");
    calls.run();
    assertEquals(Calls.header(calls.text("bob>alice INFO"), "CSeq"), "1 INFO");
    assertEquals(alice.lastRequest().getDialog().getRemoteSeqNumber(), 1);
    assertEquals(bob.heard(), List.of("INVITE", "ACK", "200 INFO"));
  }

  @Test
  public void sendRequest_sets_tags_and_number_over_what_the_program_put_in() throws Exception {
    Dialog ours = established();
    Request info = ours.createRequest("INFO");
    ((CSeqHeader) info.getHeader("CSeq")).setSeqNumber(77);
    ((FromHeader) info.getHeader("From")).setTag("other");
    ((ToHeader) info.getHeader("To")).setTag("another");
    ours.sendRequest(alice.provider().getNewClientTransaction(info));
    calls.run();
    assertEquals(bob.heard(), List.of("INVITE", "ACK", "INFO"));
    assertEquals(Calls.header(calls.text("alice>bob INFO"), "CSeq"), "2 INFO");
  }

  @Test
  public void a_2xx_without_to_tag_gets_the_tag_of_the_dialog() throws Exception {
    alice.acknowledging();
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

  @Test
  public void a_2xx_with_another_to_tag_than_the_dialogs_is_the_callers_error() throws Exception {
    bob.answering("INVITE", 180);
    alice.send(alice.request("INVITE", bob));
    calls.run();
    ServerTransaction server = pendingInvite(bob);
    Response ok = bob.response(200, server.getRequest());
    ((ToHeader) ok.getHeader("To")).setTag("another");
    assertThrows(SipException.class, () -> server.sendResponse(ok));
    assertEquals(server.getDialog().getState(), DialogState.EARLY);
  }

  @Test
  public void parties_are_live_and_application_data_survives() throws Exception {
    Dialog ours = established();
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

  @Test
  public void an_idle_dialog_holds_no_message_and_no_transaction() throws Exception {
    Dialog ours = established();
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

  @Test
  public void errors_of_the_caller_are_told_before_anything_is_sent() throws Exception {
    ClientTransaction unsent =
        alice.provider().getNewClientTransaction(alice.request("INVITE", bob));
    Dialog none = unsent.getDialog();
    assertThrows(SipException.class, () -> none.createRequest("BYE"));
    assertThrows(SipException.class, () -> none.createAck(1));
    assertThrows(
        javax.sip.DialogDoesNotExistException.class,
        () -> none.createPrack(Party.MESSAGES.createResponse(180, unsent.getRequest())));
    Dialog ours = established();
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
    ClientTransaction foreign = bob.provider().getNewClientTransaction(bob.request("INFO", alice));
    assertThrows(TransactionDoesNotExistException.class, () -> ours.sendRequest(foreign));
    ClientTransaction sent = alice.send(ours, "INFO");
    assertThrows(SipException.class, () -> ours.sendRequest(sent));
    int before = calls.wire().size();
    calls.run();
    assertEquals(calls.wire().size(), before + 1, "only the 200 to INFO");
  }
}
