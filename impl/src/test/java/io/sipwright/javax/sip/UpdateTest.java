package io.sipwright.javax.sip;

import static io.sipwright.javax.sip.Sessions.described;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import java.util.List;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.ContactHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.Test;

/** UPDATE, before and after the answer, and what it meets (RFC 3311). */
public class UpdateTest {
  private Party alice;
  private Party bob;
  private Dialog ours;
  private Dialog theirs;
  private ServerTransaction invite;

  /** An INVITE without offer that rings; with 100rel. */
  private void ringing(Calls calls) throws Exception {
    alice = calls.party("alice").acknowledging();
    bob = calls.party("bob").answering("PRACK", 200).answering("UPDATE", 200);
    bob.on("INVITE", event -> invite = Party.transaction(event));
    Request request = alice.request("INVITE", bob);
    request.addHeader(Party.HEADERS.createSupportedHeader("100rel"));
    ours = alice.send(request).getDialog();
    calls.run(10);
    theirs = invite.getDialog();
    bob.respond(invite, 180);
    calls.run(10);
    assertEquals(ours.getState(), DialogState.EARLY);
  }

  private void answered(Calls calls) throws Exception {
    ringing(calls);
    bob.respond(invite, 200);
    calls.run(10);
    assertEquals(theirs.getState(), DialogState.CONFIRMED);
  }

  private static String lastOf(Party party) {
    return Calls.summary(party.lastResponse().getResponse().toString());
  }

  @Test
  public void an_update_refreshes_the_targets_of_an_early_dialog() throws Exception {
    try (Calls calls = new Calls()) {
      ringing(calls);
      Request update = ours.createRequest("UPDATE");
      ((ContactHeader) update.getHeader("Contact"))
          .setAddress(Party.ADDRESSES.createAddress("sip:new@10.0.0.1:5060"));
      alice.send(ours, update);
      calls.run(10);
      assertEquals(lastOf(alice), "200 UPDATE");
      assertEquals(theirs.getRemoteTarget().getURI().toString(), "sip:new@10.0.0.1:5060");
      assertEquals(theirs.getState(), DialogState.EARLY);
      alice.answering("UPDATE", 200);
      bob.send(theirs, "UPDATE");
      calls.run(10);
      assertEquals(lastOf(bob), "200 UPDATE");
      bob.respond(invite, 200);
      calls.run(10);
      assertEquals(ours.getState(), DialogState.CONFIRMED);
    }
  }

  @Test
  public void offers_of_both_sides_that_meet_are_refused_491() throws Exception {
    try (Calls calls = new Calls()) {
      answered(calls);
      alice.send(ours, described(ours.createRequest("UPDATE")));
      bob.send(theirs, described(theirs.createRequest("UPDATE")));
      calls.run(10);
      assertEquals(lastOf(alice), "491 UPDATE");
      assertEquals(lastOf(bob), "491 UPDATE");
      alice.send(ours, described(ours.createRequest("UPDATE")));
      calls.run(10);
      assertEquals(lastOf(alice), "200 UPDATE", "the refusal ended the offers");
    }
  }

  @Test
  public void updates_without_offers_may_meet() throws Exception {
    try (Calls calls = new Calls()) {
      answered(calls);
      alice.answering("UPDATE", 200);
      alice.send(ours, "UPDATE");
      bob.send(theirs, "UPDATE");
      calls.run(10);
      assertEquals(lastOf(alice), "200 UPDATE");
      assertEquals(lastOf(bob), "200 UPDATE");
    }
  }

  @Test
  public void an_update_before_the_one_before_is_answered_gets_500_with_retry_after()
      throws Exception {
    try (Calls calls = new Calls()) {
      answered(calls);
      bob.on("UPDATE", event -> {});
      alice.send(ours, "UPDATE");
      alice.send(ours, "UPDATE");
      calls.run(10);
      String refusal = calls.text("bob>alice 500 UPDATE");
      int seconds = Integer.parseInt(Calls.header(refusal, "Retry-After"));
      assertTrue(seconds >= 0 && seconds <= 10, "Retry-After: " + seconds);
      assertEquals(Calls.header(refusal, "CSeq"), "3 UPDATE");
      bob.respond(bob.lastRequest().getServerTransaction(), 200);
      bob.answering("UPDATE", 200);
      alice.send(ours, "UPDATE");
      calls.run(10);
      assertEquals(lastOf(alice), "200 UPDATE");
    }
  }

  @Test
  public void an_offer_to_a_callee_that_owes_an_answer_gets_500() throws Exception {
    try (Calls calls = new Calls()) {
      ringing(calls);
      Response offerless = theirs.createReliableProvisionalResponse(183);
      alice.on(
          183,
          event -> alice.send(ours, described(ours.createPrack(event.getResponse())))); // an offer
      bob.on("PRACK", event -> {}); // not answered yet
      theirs.sendReliableProvisionalResponse(offerless);
      calls.run(10);
      Request update = described(ours.createRequest("UPDATE"));
      assertThrows(SipException.class, () -> alice.send(ours, update));
      alice.provider().sendRequest(update);
      calls.run(10);
      assertEquals(
          Calls.header(calls.text("bob>alice 500 UPDATE"), "Retry-After").length() > 0, true);
    }
  }

  @Test
  public void an_offer_in_a_2xx_that_has_no_ack_yet_refuses_others_491() throws Exception {
    try (Calls calls = new Calls()) {
      ringing(calls);
      alice.on(200, event -> {});
      invite.sendResponse(described(bob.response(200, invite.getRequest())));
      calls.run(10);
      alice.provider().sendRequest(described(ours.createRequest("UPDATE")));
      calls.run(10);
      assertEquals(calls.texts("bob>alice 491 UPDATE").size(), 1);
      ours.sendAck(described(ours.createAck(1)));
      calls.run(10);
      alice.send(ours, described(ours.createRequest("UPDATE")));
      calls.run(10);
      assertEquals(lastOf(alice), "200 UPDATE");
    }
  }

  @Test
  public void an_offer_that_gets_no_answer_is_forgotten() throws Exception {
    try (Calls calls = new Calls()) {
      answered(calls);
      bob.on("UPDATE", event -> {});
      alice.send(ours, described(ours.createRequest("UPDATE")));
      Request next = described(ours.createRequest("UPDATE"));
      assertThrows(SipException.class, () -> alice.send(ours, next));
      calls.run(33_000);
      assertEquals(alice.heard().get(alice.heard().size() - 1), "timeout UPDATE");
      bob.lastRequest().getServerTransaction().terminate();
      calls.run(10);
      bob.answering("UPDATE", 200);
      alice.send(ours, described(ours.createRequest("UPDATE")));
      calls.run(10);
      assertEquals(lastOf(alice), "200 UPDATE");
    }
  }

  @Test
  public void without_error_handling_the_program_gets_all_updates() throws Exception {
    try (Calls calls = new Calls()) {
      bob = calls.party("bob", "io.sipwright.AUTOMATIC_DIALOG_ERROR_HANDLING", "false");
      alice = calls.party("alice").acknowledging();
      bob.answering("INVITE", 200);
      ours = alice.send(alice.request("INVITE", bob)).getDialog();
      calls.run(10);
      for (int i = 0; i < 2; i++) {
        alice.send(ours, "UPDATE");
      }
      calls.run(10);
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "UPDATE", "UPDATE"));
    }
  }
}
