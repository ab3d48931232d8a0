package io.sipwright.javax.sip;

import static io.sipwright.javax.sip.Sessions.described;
import static org.testng.Assert.assertEquals;

import java.time.Duration;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.ServerTransaction;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * The thirteen races of RFC 5407 §3, a row for each and each side. Where the RFC has Alice call,
 * the other side is that of a re-INVITE within her call: Bob sends it, and what he does meets what
 * Alice does about it. Every message takes 50 ms.
 */
public class Rfc5407SidesTest {
  private static final int WAY = 50;

  private interface Race {
    void run() throws Exception;
  }

  private Calls calls;
  private Party alice;
  private Party bob;
  private Dialog ours;
  private Dialog theirs;
  private ClientTransaction sent;
  private ServerTransaction invite;

  /**
   * Section, then the race as the RFC has it or with the caller first, then the other way round.
   */
  @DataProvider
  public Object[][] races() {
    Rfc5407Test plain = new Rfc5407Test();
    return new Object[][] {
      sides("3.1.1", plain::s3_1_1_callee_receives_invite_retransmission_after_its_2xx, this::s311),
      sides("3.1.2", plain::s3_1_2_callee_receives_cancel_after_its_2xx, this::s312),
      sides("3.1.3", plain::s3_1_3_callee_receives_early_bye_after_its_2xx, this::s313),
      sides("3.1.4", plain::s3_1_4_callee_receives_reinvite_while_its_2xx_has_no_ack, this::s314),
      sides(
          "3.1.5",
          plain::s3_1_5_callee_receives_reinvite_while_its_offer_has_no_answer,
          this::s315),
      sides("3.1.6", plain::s3_1_6_callee_receives_bye_while_its_2xx_has_no_ack, this::s316),
      sides("3.2.1", plain::s3_2_1_both_send_bye, this::s321),
      sides(
          "3.2.2",
          () -> plain.s3_2_2_reinvite_comes_to_who_has_sent_bye(true),
          () -> plain.s3_2_2_reinvite_comes_to_who_has_sent_bye(false)),
      sides(
          "3.2.3",
          () -> plain.s3_2_3_the_2xx_to_reinvite_comes_to_who_has_sent_bye(true),
          () -> plain.s3_2_3_the_2xx_to_reinvite_comes_to_who_has_sent_bye(false)),
      sides("3.2.4", plain::s3_2_4_callee_receives_ack_after_its_bye, this::s324),
      sides(
          "3.3.1", plain::s3_3_1_both_send_reinvite_and_try_again_one_after_the_other, this::s331),
      sides(
          "3.3.2",
          () -> plain.s3_3_2_update_and_reinvite_with_offers_cross(true),
          () -> plain.s3_3_2_update_and_reinvite_with_offers_cross(false)),
      sides(
          "3.3.3",
          () -> plain.s3_3_3_refer_comes_to_who_has_sent_bye(true),
          () -> plain.s3_3_3_refer_comes_to_who_has_sent_bye(false)),
    };
  }

  private static Object[] sides(String section, Race callers, Race callees) {
    return new Object[] {section, callers, callees};
  }

  @Test(dataProvider = "races")
  public void a_race_of_the_caller_ends_well(String section, Object callers, Object callees)
      throws Exception {
    ((Race) callers).run();
  }

  @Test(dataProvider = "races")
  public void a_race_of_the_callee_ends_well(String section, Object callers, Object callees)
      throws Exception {
    calls = new Calls();
    try (Calls open = calls) {
      ((Race) callees).run();
      assertEquals(open.network.failures(), List.of());
    }
  }

  // --- the call, and Bob's re-INVITE ---

  private void established() throws Exception {
    alice = calls.party("alice").acknowledging();
    bob = calls.party("bob").acknowledging();
    for (Party party : List.of(alice, bob)) {
      party.answering("BYE", 200);
    }
    calls.link("alice", "bob").delay(Duration.ofMillis(WAY));
    calls.link("bob", "alice").delay(Duration.ofMillis(WAY));
    answering(bob);
    ours = alice.send(described(alice.request("INVITE", bob))).getDialog();
    calls.run(4 * WAY);
    theirs = bob.lastRequest().getDialog();
    assertEquals(theirs.getState(), DialogState.CONFIRMED);
    alice.on("INVITE", event -> invite = Party.transaction(event));
  }

  private static void answering(Party party) {
    party.on(
        "INVITE",
        event ->
            Party.transaction(event)
                .sendResponse(described(party.response(200, event.getRequest()))));
  }

  /** Alice has Bob's re-INVITE, and he her 180 if she sends one. */
  private void reinvited(boolean offer, boolean rings) throws Exception {
    established();
    Request request = theirs.createRequest("INVITE");
    sent = bob.send(theirs, offer ? described(request) : request);
    calls.run(WAY + 1);
    if (rings) {
      alice.respond(invite, 180);
      calls.run(WAY + 1);
    }
  }

  private void accept() throws Exception {
    invite.sendResponse(described(alice.response(200, invite.getRequest())));
  }

  /** Bob's ACK to Alice's 2xx gets lost; then as much time as he needs. */
  private void withoutFirstAck(boolean offerIn2xx) throws Exception {
    reinvited(!offerIn2xx, true);
    answering(alice);
    if (offerIn2xx) {
      bob.on(
          200,
          event -> {
            if (Calls.summary(event.getResponse().toString()).equals("200 INVITE")) {
              long seq =
                  ((CSeqHeader) event.getResponse().getHeader(CSeqHeader.NAME)).getSeqNumber();
              theirs.sendAck(described(theirs.createAck(seq)));
            }
          });
    }
    calls.link("bob", "alice").loseNext(1);
    accept();
    calls.run(490);
    assertEquals(calls.texts("bob>alice ACK").size(), 1);
    assertEquals(alice.heard().subList(1, alice.heard().size()), List.of("INVITE"));
  }

  private static void count(Party party, String heard, int times) {
    long count = party.heard().stream().filter(heard::equals).count();
    assertEquals(count, times, heard + " in " + party.heard());
  }

  private void heardByAlice(String... messages) {
    assertEquals(alice.heard().subList(1, alice.heard().size()), List.of(messages));
  }

  private void over() {
    assertEquals(ours.getState(), DialogState.TERMINATED);
    assertEquals(theirs.getState(), DialogState.TERMINATED);
    calls.runToTheEnd();
    assertEquals(alice.endedDialogs.size(), 1);
    assertEquals(bob.endedDialogs.size(), 1);
    assertEquals((int) alice.stack.statistics().get("dialogs"), 0);
    assertEquals((int) bob.stack.statistics().get("dialogs"), 0);
    assertEquals(alice.timeouts.size() + bob.timeouts.size(), 0);
  }

  private void alive() {
    calls.run(40_000);
    assertEquals(ours.getState(), DialogState.CONFIRMED);
    assertEquals(theirs.getState(), DialogState.CONFIRMED);
    assertEquals(calls.clock.armed(), 0);
    assertEquals(alice.timeouts.size() + bob.timeouts.size(), 0);
  }

  // --- the races ---

  /** The copy of his re-INVITE crosses her 2xx. */
  private void s311() throws Exception {
    established();
    calls.link("alice", "bob").loseNext(1);
    sent = bob.send(theirs, described(theirs.createRequest("INVITE")));
    calls.run(WAY + 1);
    alice.respond(invite, 180);
    calls.run(480 - WAY);
    accept();
    calls.run(200);
    assertEquals(calls.texts("bob>alice INVITE").size(), 2);
    heardByAlice("INVITE", "ACK");
    count(bob, "200 INVITE", 1);
    alive();
  }

  /** His CANCEL crosses her 2xx. */
  private void s312() throws Exception {
    reinvited(true, true);
    bob.on(
        200,
        event -> {
          bob.acknowledge(event);
          if (Calls.summary(event.getResponse().toString()).equals("200 INVITE")) {
            bob.send(theirs, "BYE");
          }
        });
    bob.send(sent.createCancel());
    accept();
    calls.run(500);
    count(bob, "200 CANCEL", 1);
    count(bob, "200 BYE", 1);
    heardByAlice("INVITE", "ACK", "BYE");
    over();
  }

  /** His BYE crosses her 2xx. */
  private void s313() throws Exception {
    reinvited(true, true);
    bob.send(theirs, "BYE");
    accept();
    calls.run(500);
    count(bob, "200 INVITE", 1);
    count(bob, "200 BYE", 1);
    heardByAlice("INVITE", "BYE", "ACK");
    assertEquals(calls.texts("alice>bob 200 INVITE").size(), 1, "not sent again");
    over();
  }

  /** His next re-INVITE comes before his ACK. */
  private void s314() throws Exception {
    withoutFirstAck(false);
    bob.send(theirs, described(theirs.createRequest("INVITE")));
    calls.run(500);
    count(bob, "200 INVITE", 2);
    heardByAlice("INVITE", "INVITE", "ACK", "ACK");
    assertEquals(calls.texts("bob>alice ACK").size(), 3, "one was lost");
    alive();
  }

  /** His next re-INVITE comes before the answer to the offer in her 2xx. */
  private void s315() throws Exception {
    withoutFirstAck(true);
    bob.send(theirs, described(theirs.createRequest("INVITE")));
    calls.run(500);
    count(bob, "491 INVITE", 1);
    heardByAlice("INVITE", "ACK");
    alive();
  }

  /** His BYE comes before his ACK. */
  private void s316() throws Exception {
    withoutFirstAck(false);
    bob.send(theirs, "BYE");
    calls.run(500);
    count(bob, "200 BYE", 1);
    assertEquals(calls.texts("bob>alice ACK").size(), 2, "for each copy of the 2xx");
    assertEquals(alice.heard().subList(1, 3), List.of("INVITE", "BYE"));
    over();
  }

  /** Bob's BYE leaves first, and meets Alice's. */
  private void s321() throws Exception {
    established();
    bob.send(theirs, "BYE");
    calls.run(WAY - 10);
    alice.send(ours, "BYE");
    calls.run(500);
    for (Party party : List.of(alice, bob)) {
      count(party, "BYE", 1);
      count(party, "200 BYE", 1);
    }
    over();
  }

  /** Alice says BYE before his ACK to her 2xx has come. */
  private void s324() throws Exception {
    reinvited(true, true);
    accept();
    calls.run(WAY - 10);
    alice.send(ours, "BYE");
    calls.run(500);
    heardByAlice("INVITE", "ACK", "200 BYE");
    count(bob, "BYE", 1);
    assertEquals(calls.texts("alice>bob 200 INVITE").size(), 1);
    over();
  }

  /** Bob's re-INVITE leaves first, and meets Alice's. */
  private void s331() throws Exception {
    established();
    answering(alice);
    bob.send(theirs, described(theirs.createRequest("INVITE")));
    calls.run(WAY - 10);
    alice.send(ours, described(ours.createRequest("INVITE")));
    calls.run(500);
    count(alice, "491 INVITE", 1);
    count(bob, "491 INVITE", 1);
    count(alice, "INVITE", 0);
    alive();
  }
}
