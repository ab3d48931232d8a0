package io.sipwright.javax.sip;

import static io.sipwright.javax.sip.Sessions.described;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.call.GlareBackoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * The race conditions of RFC 5407 §3, each on a network that takes 50 ms either way: what's sent
 * within that time crosses. Where the roles can be changed, either side does what's told of Alice.
 */
public class Rfc5407Test {
  private static final int WAY = 50;

  private Party alice;
  private Party bob;
  private Dialog ours;
  private Dialog theirs;
  private ClientTransaction sent;
  private ServerTransaction invite;

  /** Who sends what crosses: the caller, or the callee. */
  @DataProvider
  public Object[][] sides() {
    return new Object[][] {{true}, {false}};
  }

  private static Calls network() {
    return new Calls();
  }

  private void parties(Calls calls) throws Exception {
    alice = calls.party("alice").acknowledging();
    bob = calls.party("bob").acknowledging();
    for (Party party : List.of(alice, bob)) {
      party.answering("BYE", 200).answering("UPDATE", 200).answering("REFER", 202);
    }
    bob.on("INVITE", event -> invite = Party.transaction(event));
    calls.link("alice", "bob").delay(Duration.ofMillis(WAY));
    calls.link("bob", "alice").delay(Duration.ofMillis(WAY));
  }

  private void ringing(Calls calls, boolean offer) throws Exception {
    parties(calls);
    Request request = alice.request("INVITE", bob);
    sent = alice.send(offer ? described(request) : request);
    ours = sent.getDialog();
    calls.run(WAY + 1);
    theirs = invite.getDialog();
    bob.respond(invite, 180);
    calls.run(WAY + 1);
    assertEquals(ours.getState(), DialogState.EARLY);
  }

  /** A call of which the ACK has come, and in which INVITEs are answered 200. */
  private void established(Calls calls) throws Exception {
    ringing(calls, true);
    invite.sendResponse(described(bob.response(200, invite.getRequest())));
    calls.run(3 * WAY);
    assertEquals(bob.heard(), List.of("INVITE", "ACK"));
    answering(alice);
    answering(bob);
  }

  private static void answering(Party party) {
    party.on(
        "INVITE",
        event ->
            event
                .getServerTransaction()
                .sendResponse(described(party.response(200, event.getRequest()))));
  }

  /** Bob's 2xx is on its way to alice, whose ACK gets lost; then as much time as he needs. */
  private void withoutFirstAck(Calls calls, boolean offerIn2xx) throws Exception {
    ringing(calls, !offerIn2xx);
    answering(bob);
    if (offerIn2xx) {
      alice.on(
          200,
          event -> {
            if (Calls.summary(event.getResponse().toString()).equals("200 INVITE")) {
              long seq =
                  ((javax.sip.header.CSeqHeader) event.getResponse().getHeader("CSeq"))
                      .getSeqNumber();
              ours.sendAck(described(ours.createAck(seq)));
            }
          });
    }
    calls.link("alice", "bob").loseNext(1);
    invite.sendResponse(described(bob.response(200, invite.getRequest())));
    calls.run(490);
    assertEquals(calls.texts("alice>bob ACK").size(), 1);
    assertEquals(bob.heard(), List.of("INVITE"));
  }

  private static void count(Party party, String heard, int times) {
    long count = party.heard().stream().filter(heard::equals).count();
    assertEquals(count, times, heard + " in " + party.heard());
  }

  private void over(Calls calls) {
    assertEquals(ours.getState(), DialogState.TERMINATED);
    assertEquals(theirs.getState(), DialogState.TERMINATED);
    calls.runToTheEnd();
    assertEquals(alice.endedDialogs.size(), 1);
    assertEquals(bob.endedDialogs.size(), 1);
    assertEquals((int) alice.stack.statistics().get("dialogs"), 0);
    assertEquals((int) bob.stack.statistics().get("dialogs"), 0);
    assertEquals(alice.timeouts.size() + bob.timeouts.size(), 0);
  }

  private void alive(Calls calls) {
    calls.run(40_000);
    assertEquals(ours.getState(), DialogState.CONFIRMED);
    assertEquals(theirs.getState(), DialogState.CONFIRMED);
    assertEquals(calls.clock.armed(), 0);
    assertEquals(alice.timeouts.size() + bob.timeouts.size(), 0);
  }

  @Test
  public void s3_1_1_callee_receives_invite_retransmission_after_its_2xx() throws Exception {
    try (Calls calls = network()) {
      parties(calls);
      calls.link("bob", "alice").loseNext(1);
      ours = alice.send(alice.request("INVITE", bob)).getDialog();
      calls.run(WAY + 1);
      theirs = invite.getDialog();
      bob.respond(invite, 180);
      calls.run(480 - WAY);
      bob.respond(invite, 200);
      calls.run(200);
      assertEquals(calls.texts("alice>bob INVITE").size(), 2);
      assertEquals(bob.heard(), List.of("INVITE", "ACK"));
      assertEquals(alice.heard(), List.of("200 INVITE"));
      alive(calls);
    }
  }

  @Test
  public void s3_1_2_callee_receives_cancel_after_its_2xx() throws Exception {
    try (Calls calls = network()) {
      ringing(calls, true);
      alice.on(
          200,
          event -> {
            alice.acknowledge(event);
            if (Calls.summary(event.getResponse().toString()).equals("200 INVITE")) {
              alice.send(ours, "BYE");
            }
          });
      alice.send(sent.createCancel());
      bob.respond(invite, 200);
      calls.run(500);
      count(alice, "200 CANCEL", 1);
      count(alice, "200 BYE", 1);
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "BYE"), "the CANCEL came too late");
      over(calls);
    }
  }

  @Test
  public void s3_1_3_callee_receives_early_bye_after_its_2xx() throws Exception {
    try (Calls calls = network()) {
      ringing(calls, true);
      alice.send(ours, "BYE");
      bob.respond(invite, 200);
      calls.run(500);
      count(alice, "200 INVITE", 1);
      count(alice, "200 BYE", 1);
      assertEquals(bob.heard(), List.of("INVITE", "BYE", "ACK"));
      assertEquals(calls.texts("bob>alice 200 INVITE").size(), 1, "not sent again");
      over(calls);
    }
  }

  @Test
  public void s3_1_4_callee_receives_reinvite_while_its_2xx_has_no_ack() throws Exception {
    try (Calls calls = network()) {
      withoutFirstAck(calls, false);
      alice.send(ours, described(ours.createRequest("INVITE")));
      calls.run(500);
      count(alice, "200 INVITE", 2);
      assertEquals(bob.heard(), List.of("INVITE", "INVITE", "ACK", "ACK"));
      assertEquals(calls.texts("alice>bob ACK").size(), 3, "one was lost");
      alive(calls);
    }
  }

  @Test
  public void s3_1_5_callee_receives_reinvite_while_its_offer_has_no_answer() throws Exception {
    try (Calls calls = network()) {
      withoutFirstAck(calls, true);
      alice.send(ours, described(ours.createRequest("INVITE")));
      calls.run(500);
      count(alice, "491 INVITE", 1);
      assertEquals(bob.heard(), List.of("INVITE", "ACK"));
      assertEquals(calls.texts("bob>alice 200 INVITE").size(), 2);
      alive(calls);
    }
  }

  @Test
  public void s3_1_6_callee_receives_bye_while_its_2xx_has_no_ack() throws Exception {
    try (Calls calls = network()) {
      withoutFirstAck(calls, false);
      alice.send(ours, "BYE");
      calls.run(500);
      count(alice, "200 INVITE", 1);
      count(alice, "200 BYE", 1);
      assertEquals(calls.texts("alice>bob ACK").size(), 2, "for each copy of the 2xx");
      assertEquals(bob.heard().subList(0, 2), List.of("INVITE", "BYE"));
      over(calls);
    }
  }

  @Test
  public void s3_2_1_both_send_bye() throws Exception {
    try (Calls calls = network()) {
      established(calls);
      alice.send(ours, "BYE");
      bob.send(theirs, "BYE");
      calls.run(500);
      count(alice, "BYE", 1);
      count(alice, "200 BYE", 1);
      count(bob, "BYE", 1);
      count(bob, "200 BYE", 1);
      over(calls);
    }
  }

  @Test(dataProvider = "sides")
  public void s3_2_2_reinvite_comes_to_who_has_sent_bye(boolean callerEnds) throws Exception {
    try (Calls calls = network()) {
      established(calls);
      Party ends = callerEnds ? alice : bob;
      Party changes = callerEnds ? bob : alice;
      ends.send(callerEnds ? ours : theirs, "BYE");
      changes.send(callerEnds ? theirs : ours, "INVITE");
      calls.run(500);
      count(ends, "200 BYE", 1);
      count(changes, "481 INVITE", 1);
      count(changes, "BYE", 1);
      over(calls);
    }
  }

  @Test(dataProvider = "sides")
  public void s3_2_3_the_2xx_to_reinvite_comes_to_who_has_sent_bye(boolean callerEnds)
      throws Exception {
    try (Calls calls = network()) {
      established(calls);
      Party ends = callerEnds ? alice : bob;
      Party other = callerEnds ? bob : alice;
      Dialog dialog = callerEnds ? ours : theirs;
      ends.send(dialog, "INVITE");
      ends.send(dialog, "BYE");
      calls.run(500);
      count(ends, "200 BYE", 1);
      assertEquals(
          other.heard().subList(other.heard().size() - 3, other.heard().size()),
          List.of("INVITE", "BYE", "ACK"));
      over(calls);
    }
  }

  @Test
  public void s3_2_4_callee_receives_ack_after_its_bye() throws Exception {
    try (Calls calls = network()) {
      ringing(calls, true);
      bob.respond(invite, 200);
      calls.run(WAY - 10);
      bob.send(theirs, "BYE");
      calls.run(500);
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "200 BYE"));
      assertEquals(alice.heard(), List.of("180 INVITE", "200 INVITE", "BYE"));
      assertEquals(calls.texts("bob>alice 200 INVITE").size(), 1);
      over(calls);
    }
  }

  /** Sends a request with an offer, and again after a 491; keeps the delays. */
  private void insisting(Calls calls, Party party, Dialog dialog, String method, List<Long> delays)
      throws Exception {
    party.on(
        491,
        event -> {
          long refused = calls.clock.nanos();
          GlareBackoff.retry(
              event,
              again -> {
                delays.add((calls.clock.nanos() - refused) / 1_000_000);
                party.send(again, described(again.createRequest(method)));
              });
        });
    party.send(dialog, described(dialog.createRequest(method)));
  }

  private static void within(List<Long> delays, long least, long most) {
    assertEquals(delays.size(), 1);
    assertTrue(delays.get(0) >= least && delays.get(0) <= most, delays + " ms");
  }

  @Test
  public void s3_3_1_both_send_reinvite_and_try_again_one_after_the_other() throws Exception {
    try (Calls calls = network()) {
      established(calls);
      List<Long> alices = new ArrayList<>();
      List<Long> bobs = new ArrayList<>();
      insisting(calls, alice, ours, "INVITE", alices);
      insisting(calls, bob, theirs, "INVITE", bobs);
      calls.run(6_000);
      count(alice, "491 INVITE", 1);
      count(bob, "491 INVITE", 1);
      within(alices, 2100, 4000);
      within(bobs, 0, 2000);
      count(alice, "200 INVITE", 2);
      count(bob, "200 INVITE", 1);
      alive(calls);
    }
  }

  @Test(dataProvider = "sides")
  public void s3_3_2_update_and_reinvite_with_offers_cross(boolean callerUpdates) throws Exception {
    try (Calls calls = network()) {
      established(calls);
      List<Long> alices = new ArrayList<>();
      List<Long> bobs = new ArrayList<>();
      String alicesMethod = callerUpdates ? "UPDATE" : "INVITE";
      String bobsMethod = callerUpdates ? "INVITE" : "UPDATE";
      for (Party party : List.of(alice, bob)) {
        party.on(
            "UPDATE",
            event ->
                event
                    .getServerTransaction()
                    .sendResponse(described(party.response(200, event.getRequest()))));
      }
      insisting(calls, alice, ours, alicesMethod, alices);
      insisting(calls, bob, theirs, bobsMethod, bobs);
      calls.run(6_000);
      count(alice, "491 " + alicesMethod, 1);
      count(bob, "491 " + bobsMethod, 1);
      within(alices, 2100, 4000);
      within(bobs, 0, 2000);
      count(bob, "200 " + bobsMethod, 1);
      count(alice, "200 " + alicesMethod, callerUpdates ? 1 : 2);
      alive(calls);
    }
  }

  @Test(dataProvider = "sides")
  public void s3_3_2_an_update_without_offer_and_a_reinvite_may_cross(boolean callerUpdates)
      throws Exception {
    try (Calls calls = network()) {
      established(calls);
      Party updates = callerUpdates ? alice : bob;
      Party invites = callerUpdates ? bob : alice;
      updates.send(callerUpdates ? ours : theirs, "UPDATE");
      Dialog dialog = callerUpdates ? theirs : ours;
      invites.send(dialog, described(dialog.createRequest("INVITE")));
      calls.run(500);
      count(updates, "200 UPDATE", 1);
      count(invites, "491 INVITE", 0);
      alive(calls);
    }
  }

  @Test(dataProvider = "sides")
  public void s3_3_3_refer_comes_to_who_has_sent_bye(boolean callerEnds) throws Exception {
    try (Calls calls = network()) {
      established(calls);
      Party ends = callerEnds ? alice : bob;
      Party refers = callerEnds ? bob : alice;
      Dialog dialog = callerEnds ? theirs : ours;
      ends.send(callerEnds ? ours : theirs, "BYE");
      Request refer = dialog.createRequest("REFER");
      refer.addHeader(Party.HEADERS.createHeader("Refer-To", "<sip:carol@test>"));
      refers.send(dialog, refer);
      calls.run(WAY + 1);
      assertEquals(dialog.getState(), DialogState.CONFIRMED, "the subscription may still begin");
      calls.run(500);
      count(refers, "481 REFER", 1);
      count(ends, "200 BYE", 1);
      over(calls);
    }
  }
}
