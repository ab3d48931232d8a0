package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;

import io.sipwright.call.SessionTimerRules;
import java.util.ArrayList;
import java.util.List;
import javax.sip.DialogState;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.Test;

/** Refreshes of sessions that fail (RFC 4028 §10). */
public class SessionRefreshTest extends TimedCall {
  // --- refreshes that fail (RFC 4028 §10) ---

  /** From the first refresh on, of an interval of 300 s. */
  private void refreshed(Calls calls, int... answers) throws Exception {
    call(calls, rules(300, 90, true), SessionTimerRules.DEFAULT, "INVITE, UPDATE");
    List<Integer> left = new ArrayList<>();
    for (int answer : answers) {
      left.add(answer);
    }
    bob.party.on(
        "UPDATE",
        event -> {
          if (left.isEmpty()) {
            bob.onRequest(event, "INVITE, UPDATE");
          } else {
            bob.party.respond(Party.transaction(event), left.remove(0));
          }
        });
    calls.run(150_500);
  }

  @Test
  public void a_refresh_answered_408_ends_the_session_with_a_bye() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, rules(300, 90, true), SessionTimerRules.DEFAULT, "INVITE, BYE"); // by re-INVITE
      bob.party.answering("INVITE", 408);
      calls.run(151_000);
      assertEquals(calls.texts("alice>bob BYE").size(), 1);
      assertEquals(alice.expired.size(), 1);
      assertEquals(ours.getState(), DialogState.TERMINATED);
    }
  }

  @Test
  public void a_refresh_that_nobody_answers_ends_the_session_when_its_time_is_over()
      throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, rules(300, 90, true), SessionTimerRules.DEFAULT, "INVITE, UPDATE");
      bob.party.on("UPDATE", event -> {});
      calls.run(181_000);
      assertEquals(calls.texts("alice>bob BYE").size(), 0);
      calls.run(2_000); // 150 and 32 s, long before the 268 s
      assertEquals(calls.texts("alice>bob BYE").size(), 1);
      assertEquals(alice.expired.size(), 1);
      assertEquals(ours.getState(), DialogState.TERMINATED);
    }
  }

  @Test
  public void a_refresh_answered_422_is_sent_again_with_the_minimum_that_is_asked_for()
      throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, rules(300, 90, true), SessionTimerRules.DEFAULT, "INVITE, UPDATE");
      bob.party.on(
          "UPDATE",
          event -> {
            if (calls.texts("alice>bob UPDATE").size() == 1) {
              Response refusal = bob.party.response(422, event.getRequest());
              refusal.addHeader(HEADERS.createMinSEHeader(700));
              Party.transaction(event).sendResponse(refusal);
            } else {
              bob.onRequest(event, "INVITE, UPDATE");
            }
          });
      calls.run(150_500);
      String second = last(calls.texts("alice>bob UPDATE"), "Session-Expires");
      assertEquals(second, "700;refresher=uac");
      assertEquals(last(calls.texts("alice>bob UPDATE"), "Min-SE"), "700");
      assertEquals(alice.timer.interval(), 700);
      calls.run(360_000);
      assertEquals(calls.texts("alice>bob UPDATE").size(), 3);
      assertEquals(last(calls.texts("alice>bob UPDATE"), "Min-SE"), "700");
      assertEquals(alice.expired.size() + bob.expired.size(), 0);
    }
  }

  @Test
  public void a_422_that_asks_for_no_more_than_there_is_is_not_tried_again_and_again()
      throws Exception {
    try (Calls calls = new Calls()) {
      refreshed(calls, 422, 422, 422, 422);
      calls.run(60_000);
      assertEquals(calls.texts("alice>bob UPDATE").size(), 1);
      calls.run(60_000);
      assertEquals(alice.expired.size(), 1, "it runs out");
    }
  }

  @Test
  public void an_update_that_is_not_known_after_all_gives_way_to_a_reinvite() throws Exception {
    try (Calls calls = new Calls()) {
      refreshed(calls, 501);
      calls.run(1_000);
      assertEquals(calls.texts("alice>bob INVITE").size(), 2);
      calls.run(200_000);
      assertEquals(alice.expired.size() + bob.expired.size(), 0);
    }
  }

  @Test
  public void a_refusal_with_retry_after_is_tried_again_then() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, rules(300, 90, true), SessionTimerRules.DEFAULT, "INVITE, UPDATE");
      bob.party.on(
          "UPDATE",
          event -> {
            Response busy = bob.party.response(500, event.getRequest());
            busy.addHeader(Party.HEADERS.createRetryAfterHeader(7));
            Party.transaction(event).sendResponse(busy);
          });
      calls.run(150_500);
      bob.party.on("UPDATE", event -> bob.onRequest(event, "INVITE, UPDATE"));
      calls.run(6_000);
      assertEquals(calls.texts("alice>bob UPDATE").size(), 1);
      calls.run(1_000);
      assertEquals(calls.texts("alice>bob UPDATE").size(), 2);
      calls.run(200_000);
      assertEquals(alice.expired.size() + bob.expired.size(), 0);
    }
  }

  @Test
  public void any_other_refusal_lets_the_session_run_out() throws Exception {
    try (Calls calls = new Calls()) {
      refreshed(calls, 488);
      calls.run(100_000);
      assertEquals(calls.texts("alice>bob UPDATE").size(), 1);
      calls.run(20_000);
      assertEquals(alice.expired.size(), 1);
    }
  }

  @Test
  public void a_challenge_is_left_to_the_program_whose_request_is_a_refresh_too() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, rules(300, 90, true), SessionTimerRules.DEFAULT, "INVITE, UPDATE");
      bob.party.on(
          "UPDATE",
          event -> {
            if (event.getRequest().getHeader("Authorization") == null) {
              bob.party.respond(Party.transaction(event), 401);
            } else {
              bob.onRequest(event, "INVITE, UPDATE");
            }
          });
      alice.party.on(
          401,
          event -> {
            assertFalse(alice.timer.onResponse(event));
            Request again = event.getDialog().createRequest("UPDATE");
            again.addHeader(Party.HEADERS.createHeader("Authorization", "Digest realm=\"a\""));
            alice.timer.offer(again);
            event.getDialog().sendRequest(alice.party.provider().getNewClientTransaction(again));
          });
      calls.run(400_000);
      assertEquals(alice.expired.size() + bob.expired.size(), 0);
      assertEquals(ours.getState(), DialogState.CONFIRMED);
    }
  }

  @Test
  public void a_refresh_that_cannot_be_sent_now_is_sent_later() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, rules(300, 90, true), SessionTimerRules.DEFAULT, "INVITE, BYE"); // by re-INVITE
      calls.run(140_000);
      List<ServerTransaction> held = new ArrayList<>();
      bob.party.on("INVITE", event -> held.add(Party.transaction(event)));
      alice.party.send(ours, "INVITE");
      calls.run(11_000); // the refresh is due, and can't be sent
      assertEquals(calls.texts("alice>bob INVITE").size(), 2);
      bob.party.on("INVITE", event -> bob.onRequest(event, "INVITE"));
      bob.party.respond(held.get(0), 488);
      calls.run(5_000);
      assertEquals(calls.texts("alice>bob INVITE").size(), 3);
      calls.run(200_000);
      assertEquals(alice.expired.size() + bob.expired.size(), 0);
    }
  }
}
