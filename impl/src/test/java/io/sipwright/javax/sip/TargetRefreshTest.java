package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.ServerTransaction;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Re-INVITEs that change targets, and fail, or not (RFC 6141 §3.8, §4). */
public class TargetRefreshTest {
  private static final String OLD_ALICE = "sip:alice@10.0.0.1:5060";
  private static final String NEW_ALICE = "sip:new@10.0.0.1:5060";
  private static final String OLD_BOB = "sip:bob@10.0.0.2:5060";
  private static final String NEW_BOB = "sip:new@10.0.0.2:5060";

  private Calls calls = new Calls();
  private Party alice;
  private Party bob;
  private Dialog ours;
  private Dialog theirs;
  private ClientTransaction second;
  private final List<ServerTransaction> invites = new ArrayList<>();

  @BeforeMethod
  public void begin() {
    calls = new Calls();
    invites.clear();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  private static <M extends Message> M at(M message, String uri) throws Exception {
    message.setHeader(
        Party.HEADERS.createContactHeader(
            Party.ADDRESSES.createAddress(Party.ADDRESSES.createURI(uri))));
    return message;
  }

  /**
   * A call in which alice has sent a re-INVITE with another Contact, that bob doesn't answer yet.
   */
  private void reinvited() throws Exception {
    alice = calls.party("alice").acknowledging().answering("UPDATE", 200);
    bob = calls.party("bob").answering("INVITE", 200).answering("PRACK", 200);
    bob.answering("UPDATE", 200);
    Request invite = alice.request("INVITE", bob);
    invite.addHeader(Party.HEADERS.createSupportedHeader("100rel"));
    ours = alice.send(invite).getDialog();
    calls.run(10);
    theirs = bob.lastRequest().getDialog();
    bob.on("INVITE", event -> invites.add(Party.transaction(event)));
    Request again = at(ours.createRequest("INVITE"), NEW_ALICE);
    again.addHeader(Party.HEADERS.createSupportedHeader("100rel"));
    second = alice.send(ours, again);
    calls.run(10);
    targets(OLD_BOB, OLD_ALICE);
  }

  private void answer(int status) throws Exception {
    Response response = at(bob.response(status, invites.get(0).getRequest()), NEW_BOB);
    invites.get(0).sendResponse(response);
    calls.run(10);
  }

  private void ringReliably() throws Exception {
    alice.on(183, event -> alice.send(ours, event.getDialog().createPrack(event.getResponse())));
    theirs.sendReliableProvisionalResponse(
        at(theirs.createReliableProvisionalResponse(183), NEW_BOB));
    calls.run(10);
  }

  private void targets(String ofAlice, String ofBob) {
    assertEquals(ours.getRemoteTarget().getURI().toString(), ofAlice, "where alice sends to");
    assertEquals(theirs.getRemoteTarget().getURI().toString(), ofBob, "where bob sends to");
  }

  private void bothGoOn() {
    assertEquals(ours.getState(), DialogState.CONFIRMED);
    assertEquals(theirs.getState(), DialogState.CONFIRMED);
  }

  @DataProvider
  public Object[][] finals() {
    return new Object[][] {{200, true}, {488, false}, {401, false}, {500, false}, {603, false}};
  }

  @Test(dataProvider = "finals")
  public void a_2xx_refreshes_both_targets_and_a_failure_none(int status, boolean refreshes)
      throws Exception {
    reinvited();
    answer(180);
    targets(OLD_BOB, OLD_ALICE);
    answer(status);
    targets(refreshes ? NEW_BOB : OLD_BOB, refreshes ? NEW_ALICE : OLD_ALICE);
    bothGoOn();
  }

  @Test
  public void what_a_reliable_response_has_refreshed_stays_when_the_reinvite_fails()
      throws Exception {
    reinvited();
    ringReliably();
    targets(NEW_BOB, NEW_ALICE);
    answer(488);
    targets(NEW_BOB, NEW_ALICE);
    bothGoOn();
    bob.send(theirs, "UPDATE");
    calls.run(10);
    assertEquals(
        calls.text("bob>alice UPDATE").lines().findFirst().get(),
        "UPDATE " + NEW_ALICE + " SIP/2.0");
  }

  @Test
  public void what_an_update_has_refreshed_stays_when_the_reinvite_around_it_fails()
      throws Exception {
    reinvited();
    alice.send(ours, at(ours.createRequest("UPDATE"), "sip:third@10.0.0.1:5060"));
    calls.run(10);
    targets(OLD_BOB, "sip:third@10.0.0.1:5060");
    answer(488);
    targets(OLD_BOB, "sip:third@10.0.0.1:5060");
    bothGoOn();
  }

  @Test
  public void a_request_to_the_new_target_refreshes_it_whatever_the_answer_will_be()
      throws Exception {
    reinvited();
    Request update = theirs.createRequest("UPDATE");
    update.setRequestURI(Party.ADDRESSES.createURI(NEW_ALICE));
    alice.answering("UPDATE", 488); // with nothing that would refresh a target
    bob.send(theirs, update);
    targets(OLD_BOB, NEW_ALICE);
    calls.run(10);
    answer(488);
    targets(OLD_BOB, NEW_ALICE);
    bothGoOn();
  }

  @Test
  public void a_request_to_the_old_target_refreshes_nothing() throws Exception {
    reinvited();
    bob.send(theirs, "UPDATE");
    calls.run(10);
    targets(OLD_BOB, OLD_ALICE);
    answer(488);
    targets(OLD_BOB, OLD_ALICE);
  }

  @Test
  public void a_reinvite_that_is_cancelled_changes_nothing() throws Exception {
    reinvited();
    bob.on(
        "CANCEL",
        event -> {
          bob.respond(Party.transaction(event), 200);
          bob.respond(invites.get(0), 487);
        });
    calls.run(300); // the stack's 100
    alice.send(second.createCancel());
    calls.run(10);
    assertEquals(alice.heard().get(alice.heard().size() - 1), "487 INVITE");
    targets(OLD_BOB, OLD_ALICE);
    bothGoOn();
    bob.answering("INVITE", 200);
    alice.send(ours, "INVITE");
    calls.run(10);
    assertEquals(alice.heard().get(alice.heard().size() - 1), "200 INVITE", "and another one may");
  }

  @Test
  public void a_reinvite_nobody_answers_leaves_the_dialog_to_the_program() throws Exception {
    reinvited();
    calls.link("bob", "alice").cut(true);
    second.terminate();
    calls.run(60_000);
    bothGoOn();
    targets(OLD_BOB, OLD_ALICE);
  }

  @Test
  public void an_unreliable_response_does_not_refresh_the_target_of_an_early_dialog()
      throws Exception {
    alice = calls.party("alice");
    WireEnd end = calls.wireEnd("bob", "udp");
    ours = alice.send(alice.request("INVITE", "sip:bob@10.0.0.2:5060", "udp")).getDialog();
    calls.run(10);
    String invite = end.got.get(0);
    end.send("alice", WireEnd.response(180, invite, "Contact: <" + OLD_BOB + ">"));
    end.send("alice", WireEnd.response(183, invite, "Contact: <" + NEW_BOB + ">"));
    calls.run(10);
    assertEquals(ours.getRemoteTarget().getURI().toString(), OLD_BOB);
    end.send(
        "alice",
        WireEnd.response(183, invite, "Contact: <" + NEW_BOB + ">", "Require: 100rel", "RSeq: 1"));
    calls.run(10);
    assertEquals(ours.getRemoteTarget().getURI().toString(), NEW_BOB);
  }
}
