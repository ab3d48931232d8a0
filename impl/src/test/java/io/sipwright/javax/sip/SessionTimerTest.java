package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import io.sipwright.call.SessionTimerRules;
import java.util.List;
import javax.sip.DialogState;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Sessions that are refreshed, and end when they aren't (RFC 4028). */
public class SessionTimerTest extends TimedCall {
  @DataProvider
  public Object[][] ways() {
    return new Object[][] {
      {"INVITE, UPDATE, BYE", true, "alice>bob UPDATE"},
      {"INVITE, UPDATE, BYE", false, "bob>alice INVITE"}, // alice's INVITE had no Allow
      {"INVITE, BYE", true, "alice>bob INVITE"},
    };
  }

  @Test(dataProvider = "ways")
  public void the_one_who_refreshes_does_so_at_half_of_the_interval(
      String allow, boolean callerRefreshes, String refresh) throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, rules(300, 90, true), rules(1800, 90, callerRefreshes), allow);
      String ok = last(calls.texts("bob>alice 200 INVITE"), "Session-Expires");
      assertEquals(ok, "300;refresher=" + (callerRefreshes ? "uac" : "uas"));
      assertEquals(alice.timer.isRefresher(), callerRefreshes);
      assertEquals(bob.timer.isRefresher(), !callerRefreshes);
      int before = calls.texts(refresh).size();
      calls.run(149_000);
      assertEquals(calls.texts(refresh).size(), before);
      calls.run(1_500);
      assertEquals(calls.texts(refresh).size(), before + 1);
      assertEquals(last(calls.texts(refresh), "Session-Expires"), "300;refresher=uac");
      calls.run(2_000_000);
      assertEquals(ours.getState(), DialogState.CONFIRMED);
      assertEquals(alice.expired.size() + bob.expired.size(), 0);
      assertEquals(alice.timer.isRefresher(), callerRefreshes, "the roles stay");
    }
  }

  @Test
  public void both_end_a_session_that_is_not_refreshed() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, rules(300, 90, true), SessionTimerRules.DEFAULT, "INVITE, UPDATE");
      calls.link("alice", "bob").cut(true);
      calls.link("bob", "alice").cut(true);
      calls.run(181_000);
      assertEquals(alice.expired.size() + bob.expired.size(), 0);
      calls.run(2_000); // her refresh has timed out
      assertEquals(alice.expired.size(), 1);
      calls.run(84_000);
      assertEquals(bob.expired.size(), 0);
      calls.run(2_000); // 32 s before the interval is over
      assertEquals(alice.expired, List.of(DialogState.CONFIRMED.toString()));
      assertEquals(bob.expired, List.of(DialogState.CONFIRMED.toString()));
      String bye = calls.texts("alice>bob BYE").get(0);
      assertEquals(Calls.header(bye, "Reason"), "SIP;cause=408;text=\"session timer ran out\"");
      calls.run(40_000);
      assertEquals(alice.party.endedDialogs.size(), 1);
      assertEquals(bob.party.endedDialogs.size(), 1);
    }
  }

  @Test
  public void a_short_interval_is_refused_and_tried_again_with_a_longer_one() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, rules(100, 90, true), rules(1800, 600, true), "INVITE, UPDATE");
      String refusal = calls.text("bob>alice 422 INVITE");
      assertEquals(Calls.header(refusal, "Min-SE"), "600");
      List<String> invites = calls.texts("alice>bob INVITE");
      assertEquals(invites.size(), 2);
      assertEquals(Calls.header(invites.get(1), "Session-Expires"), "600");
      assertEquals(Calls.header(invites.get(1), "Min-SE"), "600");
      assertEquals(Calls.header(invites.get(1), "CSeq"), "2 INVITE");
      assertEquals(
          Calls.header(invites.get(1), "Call-ID"), Calls.header(invites.get(0), "Call-ID"));
      assertEquals(alice.timer.interval(), 600);
      assertEquals(bob.timer.interval(), 600);
    }
  }

  @Test
  public void a_caller_without_timers_leaves_the_refresh_to_the_callee() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, SessionTimerRules.DEFAULT, rules(200, 90, true), "INVITE, UPDATE", false, true);
      String ok = calls.text("bob>alice 200 INVITE");
      assertEquals(Calls.header(ok, "Session-Expires"), "200;refresher=uas");
      assertNull(Calls.header(ok, "Require"));
      assertTrue(bob.timer.isRefresher());
      calls.run(1_000_000);
      assertEquals(calls.texts("bob>alice INVITE").size(), 1, "that tells of UPDATE");
      assertEquals(calls.texts("bob>alice UPDATE").size(), 9);
      assertEquals(bob.expired, List.of());
    }
  }

  @Test
  public void a_callee_without_timers_has_none() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, rules(200, 90, true), SessionTimerRules.DEFAULT, "INVITE, UPDATE", true, false);
      calls.run(1_000_000);
      assertEquals(calls.wire().size(), 3);
      assertEquals(alice.expired, List.of());
    }
  }

  @Test
  public void a_caller_who_knows_no_timers_is_never_answered_422() throws Exception {
    try (Calls calls = new Calls()) {
      Party carol = calls.party("carol");
      Party dave = calls.party("dave");
      Side side = new Side(dave, rules(1800, 600, true), true, "INVITE");
      Request invite = carol.request("INVITE", dave);
      invite.addHeader(HEADERS.createSessionExpiresHeader(100)); // put in by a proxy
      assertNull(side.timer.refuse(invite, Party.MESSAGES));
      invite.addHeader(Party.HEADERS.createSupportedHeader("timer"));
      assertNotNull(side.timer.refuse(invite, Party.MESSAGES));
    }
  }

  @Test
  public void a_refresh_that_the_peer_knows_nothing_of_ends_the_session() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, rules(300, 90, true), SessionTimerRules.DEFAULT, "INVITE, UPDATE");
      bob.party.answering("UPDATE", 481);
      calls.run(151_000);
      assertEquals(ours.getState(), DialogState.TERMINATED);
    }
  }

  // --- what is settled (RFC 4028 §9) ---

  @DataProvider
  public Object[][] settled() {
    return new Object[][] {
      // asked, Min-SE, own interval and minimum, settled
      {"1000", null, 1800, 90, 1000},
      {"1000", null, 500, 90, 500},
      {"1000", "700", 500, 90, 700},
      {"100", null, 1800, 600, 100}, // of a proxy, for a caller who knows no timers
      {null, "700", 500, 90, 700},
      {null, null, 500, 90, 500},
    };
  }

  @Test(dataProvider = "settled")
  public void an_interval_is_reduced_down_to_the_least_and_never_increased(
      String asked, String least, int own, int minimum, int expected) throws Exception {
    try (Calls calls = new Calls()) {
      Party caller = calls.party("carol").acknowledging();
      Side side = new Side(calls.party("bob"), rules(own, minimum, true), true, "INVITE, UPDATE");
      Request invite = caller.request("INVITE", side.party);
      if (asked != null) {
        invite.addHeader(HEADERS.createSessionExpiresHeader(Integer.parseInt(asked)));
      }
      if (least != null) {
        invite.addHeader(HEADERS.createMinSEHeader(Integer.parseInt(least)));
      }
      caller.send(invite);
      calls.run(10);
      String ok = calls.text("bob>carol 200 INVITE");
      assertEquals(Calls.header(ok, "Session-Expires"), expected + ";refresher=uas");
      calls.run(expected * 500L + 1000);
      String refresh = calls.texts("bob>carol INVITE").get(0);
      int refreshed = Math.max(expected, minimum); // §7.4
      assertEquals(Calls.header(refresh, "Session-Expires"), refreshed + ";refresher=uac");
      String limit = minimum > 90 ? "" + minimum : least;
      assertEquals(Calls.header(refresh, "Min-SE"), limit);
    }
  }

  @Test
  public void an_answer_to_a_caller_who_knows_timers_requires_them() throws Exception {
    for (boolean callerRefreshes : new boolean[] {true, false}) {
      try (Calls calls = new Calls()) {
        call(calls, rules(300, 90, true), rules(1800, 90, callerRefreshes), "INVITE, UPDATE");
        assertEquals(Calls.header(calls.text("bob>alice 200 INVITE"), "Require"), "timer");
      }
    }
  }

  @Test
  public void a_refresh_that_meets_a_request_is_tried_again() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, rules(300, 90, true), SessionTimerRules.DEFAULT, "INVITE, UPDATE");
      bob.party.answering("UPDATE", 491);
      calls.run(150_500);
      assertEquals(calls.texts("alice>bob UPDATE").size(), 1);
      bob.party.on("UPDATE", event -> bob.onRequest(event, "INVITE, UPDATE"));
      calls.run(4_100);
      assertEquals(calls.texts("alice>bob UPDATE").size(), 2);
      calls.run(200_000);
      assertEquals(alice.expired.size() + bob.expired.size(), 0);
    }
  }

  @Test
  public void it_stops_with_the_session() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, rules(300, 90, true), SessionTimerRules.DEFAULT, "INVITE, UPDATE");
      alice.party.send(ours, "BYE");
      alice.timer.stop();
      bob.timer.stop();
      bob.timer.stop();
      calls.runToTheEnd();
      assertEquals(calls.clock.armed(), 0);
      assertEquals(alice.expired.size() + bob.expired.size(), 0);
      assertFalse(calls.wire().contains("alice>bob UPDATE"));
    }
  }

  @Test
  public void rules_that_cannot_be_are_refused() {
    assertThrows(IllegalArgumentException.class, () -> rules(1800, 60, true));
    assertThrows(IllegalArgumentException.class, () -> rules(100, 200, true));
  }
}
