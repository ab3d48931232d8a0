package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import io.sipwright.call.BackToBack;
import java.util.ArrayList;
import java.util.List;
import javax.sip.Dialog;
import javax.sip.DialogState;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** A back-to-back user agent among forks, sides that vanish, threads and loss. */
public class BackToBackTroubleTest extends TwoSides {
  // --- forks ---

  @Test
  public void of_several_answers_the_first_is_kept_and_the_others_end() throws Exception {
    alice = calls.party("alice").acknowledging();
    bob = calls.party("bob");
    WireEnd all = calls.wireEnd("all", "udp");
    mid = new B2bUa(calls.party("mid"), "sip:all@10.0.0.3:5060", new BackToBack.Policy() {});
    send();
    String request = all.got.get(0);
    for (String tag : List.of("a", "b")) {
      all.send("mid", forked(180, request, tag));
    }
    calls.run(10);
    all.send("mid", forked(200, request, "b"));
    all.send("mid", forked(200, request, "a"));
    calls.run(10);
    assertEquals(alice.heard(), List.of("180 INVITE", "180 INVITE", "200 INVITE"));
    assertEquals(all.heard().stream().sorted().toList(), List.of("ACK", "ACK", "BYE", "INVITE"));
    String bye = all.got.get(all.heard().indexOf("BYE"));
    assertTrue(bye.contains(";tag=a"), bye);
    all.send("mid", WireEnd.response(200, bye));
    alice.send(alices(), "BYE");
    calls.run(10);
    assertTrue(all.last().startsWith("BYE") && all.last().contains(";tag=b"), all.last());
    over();
  }

  @Test
  public void an_answer_long_after_another_one_has_ended_leaves_nothing_behind() throws Exception {
    alice = calls.party("alice").acknowledging();
    bob = calls.party("bob");
    WireEnd all = calls.wireEnd("all", "udp");
    mid = new B2bUa(calls.party("mid"), "sip:all@10.0.0.3:5060", new BackToBack.Policy() {});
    send();
    String request = all.got.get(0);
    for (String tag : List.of("a", "b", "c")) {
      all.send("mid", forked(200, request, tag));
      calls.run(10);
      if (all.last().startsWith("BYE")) {
        all.send("mid", WireEnd.response(200, all.last()));
      }
      calls.run(10_000); // its BYE is over
    }
    assertEquals(all.heard().stream().filter("BYE"::equals).count(), 2);
    alice.send(alices(), "BYE");
    calls.run(10);
    over();
  }

  @Test
  public void a_side_that_no_bye_can_be_sent_to_leaves_nothing_behind() throws Exception {
    alice = calls.party("alice").acknowledging();
    bob = calls.party("bob");
    WireEnd all = calls.wireEnd("all", "udp");
    mid = new B2bUa(calls.party("mid"), "sip:all@10.0.0.3:5060", new BackToBack.Policy() {});
    send();
    String contact = "Contact: <sip:all@10.0.0.3:5061;transport=tls>"; // which mid hasn't
    all.send("mid", WireEnd.response(200, all.got.get(0), contact));
    calls.run(10);
    alice.send(alices(), "BYE");
    calls.run(10);
    over();
  }

  @Test
  public void a_bye_that_waits_for_an_ack_is_sent_where_that_ack_can_not_go_on() throws Exception {
    alice = calls.party("alice").answering("BYE", 200);
    bob = calls.party("bob");
    WireEnd all = calls.wireEnd("all", "udp");
    mid = new B2bUa(calls.party("mid"), "sip:all@10.0.0.3:5060", new BackToBack.Policy() {});
    List<Dialog> dialogs = new ArrayList<>();
    alice.on(200, event -> dialogs.add(event.getDialog()));
    send();
    String contact = "Contact: <sip:all@10.0.0.3:5061;transport=tls>"; // which mid hasn't
    String request = all.got.get(0);
    all.send("mid", WireEnd.response(200, request, contact));
    calls.run(10);
    all.send(
        "mid",
        WireEnd.request("BYE", "mid", 7)
            .replaceAll("From: .*", "From: " + Calls.header(request, "To") + ";tag=end")
            .replaceAll("To: .*", "To: " + Calls.header(request, "From"))
            .replaceAll("Call-ID: .*", "Call-ID: " + Calls.header(request, "Call-ID")));
    calls.run(10);
    assertFalse(alice.heard().contains("BYE"));
    dialogs.get(0).sendAck(dialogs.get(0).createAck(1));
    calls.run(10);
    assertEquals(last(alice.heard()), "BYE");
    over();
  }

  private static String forked(int status, String request, String tag) {
    return WireEnd.response(status, request, "Contact: <sip:" + tag + "@10.0.0.3:5060>")
        .replace(";tag=end", ";tag=" + tag);
  }

  // --- sides that vanish ---

  @Test
  public void a_side_that_forgot_the_call_ends_it_on_the_other_side() throws Exception {
    called();
    bob.answering("INVITE", 481);
    alice.send(alices(), "INVITE");
    calls.run(100);
    assertTrue(alice.heard().containsAll(List.of("481 INVITE")), "" + alice.heard());
    assertEquals(alices().getState(), DialogState.TERMINATED);
    bob.send(bobs(), "BYE");
    over();
  }

  @Test
  public void a_caller_that_never_acknowledges_loses_both_sides() throws Exception {
    parties();
    alice.on(200, event -> {});
    bob.answering("INVITE", 200);
    send();
    calls.link("alice", "mid").cut(true);
    calls.run(60_000);
    assertEquals(bob.endedDialogs.size(), 1);
    over();
  }

  @Test
  public void a_bye_before_the_callers_ack_waits_for_it() throws Exception {
    parties();
    bob.answering("INVITE", 200);
    List<Dialog> dialogs = new ArrayList<>();
    alice.on(200, event -> dialogs.add(event.getDialog()));
    send();
    Dialog bobsOwn = bob.serverTransactionOf("INVITE").getDialog();
    bob.send(bobsOwn, "BYE");
    calls.run(100);
    assertFalse(alice.heard().contains("BYE"));
    dialogs.get(0).sendAck(dialogs.get(0).createAck(1));
    calls.run(10);
    assertEquals(last(alice.heard()), "BYE");
    over();
  }

  // --- many at a time ---

  @Test
  public void many_calls_at_a_time_on_many_threads_all_come_to_their_end() throws Exception {
    String[] threads = {"gov.nist.javax.sip.REENTRANT_LISTENER", "true"};
    Party caller = Live.party(threads).acknowledging();
    Party answerer = Live.party(threads).answering("INVITE", 180, 200).answering("BYE", 200);
    B2bUa between = new B2bUa(Live.party(threads), Party.uri(answerer), new BackToBack.Policy() {});
    try {
      caller.on(
          200,
          event -> {
            caller.acknowledge(event);
            Dialog dialog = event.getDialog();
            if (event.getResponse().toString().contains("CSeq: 1 INVITE")) {
              caller.send(dialog, "BYE");
            }
          });
      int many = 60;
      for (int i = 0; i < many; i++) {
        caller.send(caller.request("INVITE", between.party));
      }
      Live.await("all BYEs", () -> answerer.heard().stream().filter("BYE"::equals).count() == many);
      Live.await("no dialogs", () -> between.calls.size() == 0);
      caller.assertNothingFailed();
      answerer.assertNothingFailed();
      assertEquals(between.failures, List.of());
    } finally {
      for (Party party : List.of(caller, answerer, between.party)) {
        party.stack.stop();
      }
    }
  }

  // --- loss ---

  @DataProvider
  public Object[][] losses() {
    return new Object[][] {{0.1}, {0.3}};
  }

  @Test(dataProvider = "losses")
  public void calls_go_through_a_bad_network(double loss) throws Exception {
    parties();
    bob.answering("INVITE", 180, 200);
    for (String end : List.of("alice", "bob")) {
      calls.link(end, "mid").loss(loss).duplication(loss / 2);
      calls.link("mid", end).loss(loss).duplication(loss / 2);
    }
    for (int i = 0; i < 20; i++) {
      send();
      calls.run(40_000);
      assertEquals(alices().getState(), DialogState.CONFIRMED, "call " + i);
      bob.answering("INVITE", 200);
      alice.send(alices(), "INVITE");
      calls.run(70_000);
      assertEquals(alices().getState(), DialogState.CONFIRMED, "call " + i);
      alice.send(alices(), "BYE");
      calls.run(70_000);
    }
    over();
  }
}
