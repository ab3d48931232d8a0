package io.sipwright.scenario;

import static io.sipwright.scenario.Happening.What.CAME;
import static io.sipwright.scenario.Happening.What.DID_ACK;
import static io.sipwright.scenario.Happening.What.DID_ANSWER;
import static io.sipwright.scenario.Happening.What.DID_END;
import static io.sipwright.scenario.Happening.What.DID_OPEN;
import static io.sipwright.scenario.Happening.What.DID_REQUEST;
import static io.sipwright.scenario.Happening.What.SENT;
import static io.sipwright.scenario.Happening.What.TOLD_CLIENT_OVER;
import static io.sipwright.scenario.Happening.What.TOLD_DIALOG_OVER;
import static io.sipwright.scenario.Happening.What.TOLD_ERROR;
import static io.sipwright.scenario.Happening.What.TOLD_REQUEST;
import static io.sipwright.scenario.Happening.What.TOLD_RESPONSE;
import static io.sipwright.scenario.Happening.What.TOLD_SERVER_OVER;
import static io.sipwright.scenario.Happening.What.TOLD_TIMEOUT;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.testng.annotations.Test;

/** Each rule bites: a course that breaks it is found out, and one beside it that doesn't is not. */
public class RulesTest {
  private static final String CALL = "call";

  /** A request within or outside of a dialog: {@code INVITE 1 branch from/to uri <contact>}. */
  private static Facts request(
      String method, long cseq, String branch, String from, String to, String... more) {
    return message(
        method + " " + (more.length > 0 ? more[0] : "sip:b") + " SIP/2.0",
        method,
        cseq,
        branch,
        from,
        to,
        more);
  }

  private static Facts response(
      int status, String method, long cseq, String branch, String from, String to, String... more) {
    return message("SIP/2.0 " + status + " Text", method, cseq, branch, from, to, more);
  }

  /** More: the URI, the Contact, further header lines. */
  private static Facts message(
      String first,
      String method,
      long cseq,
      String branch,
      String from,
      String to,
      String... more) {
    StringBuilder text = new StringBuilder(first).append("\r\n");
    text.append("Via: SIP/2.0/UDP h;branch=").append(branch).append("\r\n");
    text.append("From: <sip:f@h>;tag=").append(from).append("\r\n");
    text.append("To: <sip:t@h>").append(to.isEmpty() ? "" : ";tag=" + to).append("\r\n");
    text.append("Call-ID: " + CALL + "\r\nCSeq: ").append(cseq).append(' ').append(method);
    text.append("\r\n");
    if (more.length > 1) {
      text.append("Contact: <").append(more[1]).append(">\r\n");
    }
    for (int i = 2; i < more.length; i++) {
      text.append(more[i]).append("\r\n");
    }
    Facts facts = Facts.of(text + "\r\n");
    assertNotNull(facts);
    return facts;
  }

  /** Judges what it's given by one rule. */
  private static final class Bench {
    private final Course course;
    private long at;
    private String who = "me";

    Bench as(String name) {
      who = name;
      return this;
    }

    Bench(Rule rule) {
      course = new Course(List.of(rule));
    }

    Bench at(long millis) {
      at = millis;
      return this;
    }

    Bench add(Happening.What what, String transaction, @Nullable Facts message) {
      course.add(new Happening(at * Happening.MILLI, who, what, transaction, message));
      return this;
    }

    Bench add(Happening.What what, Facts message) {
      return add(what, "", message);
    }

    void clean() {
      course.end(at * Happening.MILLI);
      assertNull(course.breach());
    }

    void breaks(String why) {
      course.end(at * Happening.MILLI);
      String breach = course.breach();
      assertNotNull(breach, "nothing was found");
      assertTrue(breach.contains(why), breach);
    }
  }

  // --- OneOutcome ---

  private static final Facts OPTIONS = request("OPTIONS", 1, "b", "a", "");
  private static final Facts OK = response(200, "OPTIONS", 1, "b", "a", "z");

  private static Bench asked() {
    return new Bench(new OneOutcome()).add(SENT, OPTIONS).add(DID_REQUEST, "b OPTIONS", OPTIONS);
  }

  @Test
  public void one_outcome_takes_a_response_a_timeout_or_an_error() {
    asked().add(TOLD_RESPONSE, "b OPTIONS", OK).add(TOLD_CLIENT_OVER, "b OPTIONS", null).clean();
    asked().add(TOLD_TIMEOUT, "b OPTIONS", null).add(TOLD_CLIENT_OVER, "b OPTIONS", null).clean();
    asked().add(TOLD_ERROR, "", null).add(TOLD_CLIENT_OVER, "b OPTIONS", null).clean();
    asked().add(DID_END, "b OPTIONS", null).add(TOLD_CLIENT_OVER, "b OPTIONS", null).clean();
  }

  @Test
  public void one_outcome_finds_a_second_one() {
    asked()
        .add(TOLD_RESPONSE, "b OPTIONS", OK)
        .add(TOLD_RESPONSE, "b OPTIONS", OK)
        .breaks("final response after final response");
    asked()
        .add(TOLD_TIMEOUT, "b OPTIONS", null)
        .add(TOLD_RESPONSE, "b OPTIONS", OK)
        .breaks("final response after time-out");
    asked()
        .add(TOLD_RESPONSE, "b OPTIONS", OK)
        .add(TOLD_TIMEOUT, "b OPTIONS", null)
        .breaks("time-out after final response");
  }

  @Test
  public void one_outcome_finds_silence_and_what_never_ends() {
    asked().add(TOLD_CLIENT_OVER, "b OPTIONS", null).breaks("over without a word");
    asked().add(TOLD_RESPONSE, "b OPTIONS", OK).breaks("is never over");
    asked()
        .add(TOLD_RESPONSE, "b OPTIONS", OK)
        .add(TOLD_CLIENT_OVER, "b OPTIONS", null)
        .add(TOLD_CLIENT_OVER, "b OPTIONS", null)
        .breaks("over twice");
  }

  @Test
  public void one_outcome_finds_a_provisional_response_behind_the_final_one() {
    Facts trying = response(100, "OPTIONS", 1, "b", "a", "");
    asked()
        .add(TOLD_RESPONSE, "b OPTIONS", trying)
        .add(TOLD_RESPONSE, "b OPTIONS", OK)
        .add(TOLD_CLIENT_OVER, "b OPTIONS", null)
        .clean();
    asked()
        .add(TOLD_RESPONSE, "b OPTIONS", OK)
        .add(TOLD_RESPONSE, "b OPTIONS", trying)
        .breaks("a provisional response behind");
  }

  @Test
  public void one_outcome_finds_one_without_a_beginning() {
    new Bench(new OneOutcome()).add(TOLD_RESPONSE, "b OPTIONS", OK).breaks("wasn't started");
  }

  // --- FinalIsFinal, NoLate408 ---

  @Test
  public void final_is_final_finds_other_answers_behind_the_first() {
    Facts ringing = response(180, "INVITE", 1, "b", "a", "z");
    Facts busy = response(486, "INVITE", 1, "b", "a", "z");
    Facts accepted = response(200, "INVITE", 1, "b", "a", "z");
    new Bench(new FinalIsFinal()).add(SENT, ringing).add(SENT, busy).add(SENT, busy).clean();
    new Bench(new FinalIsFinal())
        .add(SENT, busy)
        .add(SENT, ringing)
        .breaks("a provisional response behind");
    new Bench(new FinalIsFinal())
        .add(SENT, busy)
        .add(SENT, accepted)
        .breaks("a second final response");
    new Bench(new FinalIsFinal())
        .add(SENT, accepted)
        .add(SENT, response(200, "INVITE", 1, "b", "a", "y"))
        .breaks("a second final response");
    new Bench(new FinalIsFinal()).as("proxy").add(SENT, busy).add(SENT, accepted).clean();
    new Bench(new FinalIsFinal())
        .as("proxy")
        .add(SENT, accepted)
        .add(SENT, busy)
        .breaks("a second final response");
    new Bench(new FinalIsFinal())
        .add(SENT, accepted)
        .at(32_000)
        .add(SENT, busy)
        .breaks("a second final response");
    new Bench(new FinalIsFinal()).add(SENT, accepted).at(32_001).add(SENT, busy).clean();
  }

  @Test
  public void no_late_408_finds_one_to_anything_but_invite() {
    new Bench(new NoLate408()).add(SENT, response(408, "INVITE", 1, "b", "a", "z")).clean();
    new Bench(new NoLate408())
        .add(SENT, response(408, "BYE", 1, "b", "a", "z"))
        .breaks("a 408 to BYE");
  }

  // --- AcceptedIsRepeated ---

  private static final Facts ACCEPTED = response(200, "INVITE", 1, "b", "a", "z");
  private static final Facts ACK = request("ACK", 1, "c", "a", "z");
  private static final Facts BYE = request("BYE", 1, "d", "z", "a");

  private static Bench repeatedUntil(long last) {
    Bench bench = new Bench(new AcceptedIsRepeated()).add(SENT, ACCEPTED);
    long interval = 500;
    for (long time = 500; time < last && time < 32_000; time += interval) {
      bench.at(time).add(SENT, ACCEPTED);
      interval = Math.min(2 * interval, 4000);
    }
    return bench;
  }

  @Test
  public void accepted_is_repeated_takes_the_schedule_up_to_the_ack_or_the_bye() {
    repeatedUntil(3000).at(3000).add(CAME, ACK).add(TOLD_REQUEST, "c ACK", ACK).clean();
    repeatedUntil(32_000).at(32_000).add(SENT, BYE).clean();
    repeatedUntil(32_000).at(40_000).breaks("neither ACK nor BYE");
  }

  @Test
  public void accepted_is_repeated_finds_what_is_missing_early_or_too_much() {
    repeatedUntil(600).at(3000).add(CAME, ACK).breaks("was not sent again at 1.5");
    repeatedUntil(600).at(40_000).add(SENT, BYE).breaks("no BYE at the end of 64·T1");
    repeatedUntil(600).at(40_000).breaks("was not sent again");
    repeatedUntil(600).at(1400).add(SENT, ACCEPTED).breaks("at the wrong time");
    repeatedUntil(600)
        .at(700)
        .add(CAME, ACK)
        .add(TOLD_REQUEST, "c ACK", ACK)
        .at(1500)
        .add(SENT, ACCEPTED)
        .breaks("behind its ACK");
  }

  // --- RequestsAreRepeated ---

  @Test
  public void requests_are_repeated_takes_the_schedules_of_the_rfc() {
    Facts invite = request("INVITE", 1, "b", "a", "");
    Bench calling = new Bench(new RequestsAreRepeated());
    for (long time : new long[] {0, 500, 1500, 3500, 7500, 15_500, 31_500}) {
      calling.at(time).add(SENT, invite);
    }
    calling.at(32_000).add(TOLD_TIMEOUT, "b INVITE", null).clean();
    Bench asking = new Bench(new RequestsAreRepeated());
    for (long time : new long[] {0, 500, 1500, 3500, 7500, 11_500}) {
      asking.at(time).add(SENT, OPTIONS);
    }
    asking.at(12_000).add(CAME, OK).clean();
  }

  @Test
  public void requests_are_repeated_finds_what_is_missing_early_or_too_much() {
    Facts invite = request("INVITE", 1, "b", "a", "");
    new Bench(new RequestsAreRepeated())
        .add(SENT, invite)
        .at(32_000)
        .add(TOLD_TIMEOUT, "b INVITE", null)
        .breaks("not sent again at 0.5");
    new Bench(new RequestsAreRepeated())
        .add(SENT, invite)
        .at(400)
        .add(SENT, invite)
        .breaks("at the wrong time");
    new Bench(new RequestsAreRepeated())
        .add(SENT, OPTIONS)
        .at(100)
        .add(CAME, OK)
        .at(500)
        .add(SENT, OPTIONS)
        .breaks("that was answered");
    new Bench(new RequestsAreRepeated())
        .add(SENT, OPTIONS)
        .at(100)
        .add(CAME, response(100, "OPTIONS", 1, "b", "a", ""))
        .at(900)
        .add(CAME, OK)
        .breaks("not sent again at 0.5");
  }

  // --- NothingTwice ---

  @Test
  public void nothing_twice_finds_retransmissions_of_requests_and_acks() {
    new Bench(new NothingTwice())
        .add(TOLD_REQUEST, OPTIONS)
        .add(TOLD_REQUEST, OPTIONS)
        .clean(); // no transaction was made
    new Bench(new NothingTwice())
        .add(TOLD_REQUEST, OPTIONS)
        .add(DID_OPEN, "b OPTIONS", OPTIONS)
        .add(TOLD_REQUEST, OPTIONS)
        .breaks("a request again");
    new Bench(new NothingTwice())
        .add(DID_OPEN, "b OPTIONS", OPTIONS)
        .add(TOLD_SERVER_OVER, "b OPTIONS", null)
        .add(TOLD_REQUEST, OPTIONS)
        .clean();
    new Bench(new NothingTwice())
        .add(TOLD_REQUEST, "c ACK", ACK)
        .add(TOLD_REQUEST, "", ACK)
        .breaks("an ACK again");
  }

  @Test
  public void nothing_twice_finds_retransmissions_of_responses() {
    Facts invite = request("INVITE", 1, "b", "a", "");
    new Bench(new NothingTwice())
        .add(DID_REQUEST, "b OPTIONS", OPTIONS)
        .add(TOLD_RESPONSE, "b OPTIONS", OK)
        .add(TOLD_RESPONSE, OK)
        .breaks("a final response again");
    new Bench(new NothingTwice())
        .add(TOLD_RESPONSE, OK)
        .breaks("an answer to what the program didn't ask");
    Bench unacknowledged =
        new Bench(new NothingTwice())
            .add(DID_REQUEST, "b INVITE", invite)
            .add(TOLD_RESPONSE, "b INVITE", ACCEPTED)
            .add(TOLD_RESPONSE, ACCEPTED);
    unacknowledged.clean();
    new Bench(new NothingTwice())
        .add(DID_REQUEST, "b INVITE", invite)
        .add(TOLD_RESPONSE, "b INVITE", ACCEPTED)
        .add(DID_ACK, ACK)
        .add(TOLD_RESPONSE, ACCEPTED)
        .breaks("a final response again");
  }

  // --- DialogRequests ---

  private static Bench dialog() {
    Facts invite = request("INVITE", 1, "b", "a", "", "sip:b", "sip:me");
    Facts accepted =
        response(
            200, "INVITE", 1, "b", "a", "z", "", "sip:peer", "Record-Route: <sip:p1;lr>,<sip:p2>");
    return new Bench(new DialogRequests())
        .add(SENT, invite)
        .add(DID_REQUEST, "b INVITE", invite)
        .add(TOLD_RESPONSE, "b INVITE", accepted);
  }

  private static final String ROUTES = "Route: <sip:p2>,<sip:p1;lr>";

  @Test
  public void dialog_requests_takes_number_target_and_routes_as_they_should_be() {
    dialog()
        .add(SENT, request("ACK", 1, "c", "a", "z", "sip:peer", "", ROUTES))
        .add(SENT, request("INFO", 2, "d", "a", "z", "sip:peer", "", ROUTES))
        .add(SENT, request("INFO", 2, "d", "a", "z", "sip:peer", "", ROUTES))
        .add(SENT, request("BYE", 3, "e", "a", "z", "sip:peer", "", ROUTES))
        .clean();
  }

  @Test
  public void dialog_requests_finds_each_departure() {
    dialog()
        .add(SENT, request("INFO", 4, "d", "a", "z", "sip:peer", "", ROUTES))
        .breaks("its number should be 2");
    dialog()
        .add(SENT, request("INFO", 2, "d", "a", "z", "sip:other", "", ROUTES))
        .breaks("the target is sip:peer");
    dialog().add(SENT, request("INFO", 2, "d", "a", "z", "sip:peer")).breaks("the route set is");
    dialog()
        .add(SENT, request("ACK", 2, "d", "a", "z", "sip:peer", "", ROUTES))
        .breaks("an ACK for no 2xx");
    dialog()
        .add(SENT, request("INFO", 2, "d", "a", "y", "sip:peer", "", ROUTES))
        .breaks("nothing has made");
  }

  @Test
  public void dialog_requests_follows_the_target_of_a_reinvite_and_not_that_of_a_refused_one() {
    Facts reinvite = request("INVITE", 7, "r", "z", "a", "sip:me", "sip:moved");
    Facts answer = response(200, "INVITE", 7, "r", "z", "a", "", "sip:me");
    Facts refusal = response(488, "INVITE", 7, "r", "z", "a");
    dialog()
        .add(DID_OPEN, "r INVITE", reinvite)
        .add(DID_ANSWER, "r INVITE", answer)
        .add(SENT, request("BYE", 2, "d", "a", "z", "sip:peer", "", ROUTES))
        .breaks("the target is sip:moved");
    dialog()
        .add(DID_OPEN, "r INVITE", reinvite)
        .add(DID_ANSWER, "r INVITE", refusal)
        .add(SENT, request("BYE", 2, "d", "a", "z", "sip:peer", "", ROUTES))
        .clean();
  }

  // --- OrderIsKept ---

  @Test
  public void order_is_kept_finds_low_numbers_and_what_was_overtaken() {
    Facts first = request("INFO", 5, "b", "a", "z");
    Facts second = request("INFO", 6, "c", "a", "z");
    new Bench(new OrderIsKept())
        .add(CAME, first)
        .add(CAME, second)
        .add(TOLD_REQUEST, "b INFO", first)
        .add(TOLD_REQUEST, "c INFO", second)
        .clean();
    new Bench(new OrderIsKept())
        .add(CAME, first)
        .add(CAME, second)
        .add(TOLD_REQUEST, "c INFO", second)
        .add(TOLD_REQUEST, "b INFO", first)
        .breaks("told behind what came later");
    new Bench(new OrderIsKept())
        .add(CAME, second)
        .add(CAME, first)
        .add(TOLD_REQUEST, "c INFO", second)
        .add(TOLD_REQUEST, "b INFO", first)
        .breaks("its number isn't above 6");
    new Bench(new OrderIsKept())
        .add(CAME, second)
        .add(TOLD_REQUEST, "c INFO", second)
        .add(TOLD_DIALOG_OVER, CALL + ":z:a", null)
        .add(CAME, first)
        .add(TOLD_REQUEST, "", first)
        .clean();
    new Bench(new OrderIsKept())
        .add(CAME, second)
        .add(TOLD_REQUEST, "c INFO", second)
        .add(TOLD_RESPONSE, "d INVITE", response(481, "INVITE", 1, "d", "z", "a"))
        .add(CAME, first)
        .add(TOLD_REQUEST, "", first)
        .clean();
    new Bench(new OrderIsKept())
        .add(CAME, response(408, "INVITE", 1, "b", "a", "y"))
        .add(CAME, ACCEPTED)
        .add(CAME, first)
        .add(TOLD_REQUEST, "b INFO", first)
        .add(CAME, ACCEPTED)
        .add(TOLD_RESPONSE, "", ACCEPTED)
        .clean();
  }

  // --- NothingIsSwallowed ---

  @Test
  public void nothing_is_swallowed_finds_what_nobody_hears_of() {
    new Bench(new NothingIsSwallowed()).add(CAME, OPTIONS).breaks("nothing came of it");
    new Bench(new NothingIsSwallowed()).add(CAME, OPTIONS).add(TOLD_REQUEST, OPTIONS).clean();
    new Bench(new NothingIsSwallowed()).add(CAME, OPTIONS).add(SENT, OK).clean();
    new Bench(new NothingIsSwallowed()).add(CAME, ACCEPTED).breaks("nothing came of it");
    new Bench(new NothingIsSwallowed())
        .add(CAME, ACCEPTED)
        .add(TOLD_RESPONSE, "b INVITE", ACCEPTED)
        .clean();
    new Bench(new NothingIsSwallowed())
        .add(CAME, response(408, "INVITE", 1, "b", "a", "y"))
        .add(CAME, ACCEPTED)
        .clean();
  }

  @Test
  public void nothing_is_swallowed_finds_a_lost_ack_but_not_one_behind_the_end_or_too_late() {
    new Bench(new NothingIsSwallowed())
        .add(SENT, ACCEPTED)
        .at(31_000)
        .add(CAME, ACK)
        .breaks("nothing came of it");
    new Bench(new NothingIsSwallowed())
        .add(SENT, ACCEPTED)
        .at(31_000)
        .add(CAME, ACK)
        .add(TOLD_REQUEST, "c ACK", ACK)
        .clean();
    new Bench(new NothingIsSwallowed()).add(SENT, ACCEPTED).add(SENT, BYE).add(CAME, ACK).clean();
    new Bench(new NothingIsSwallowed()).add(SENT, ACCEPTED).at(33_000).add(CAME, ACK).clean();
  }

  // --- NothingIsLeft ---

  @Test
  public void nothing_is_left_finds_what_is_held_armed_or_too_long() {
    assertNull(NothingIsLeft.judge(true, 0, Map.of("bob's dialogs", 0)));
    assertEquals(
        NothingIsLeft.judge(true, 0, Map.of("bob's dialogs", 1)),
        "NothingIsLeft: bob's dialogs: 1");
    assertEquals(NothingIsLeft.judge(false, 2, Map.of()), "NothingIsLeft: 2 timers are armed");
    assertNull(NothingIsLeft.judgeTime(1_000_000_000L, 38_000_000_000L));
    assertNotNull(NothingIsLeft.judgeTime(1_000_000_000L, 38_000_000_001L));
  }

  // --- the reading of messages ---

  @Test
  public void facts_are_read_from_the_text() {
    Facts m =
        message(
            "INVITE sip:b SIP/2.0",
            "INVITE",
            3,
            "br",
            "fr",
            "to",
            "",
            "sip:c;x=y",
            "RSeq: 9",
            "Route: <sip:r1;lr>",
            "Route: <sip:r2>");
    assertEquals(
        m,
        new Facts(
            true,
            "INVITE",
            0,
            "sip:b",
            "br",
            CALL,
            "fr",
            "to",
            3,
            9,
            "sip:c;x=y",
            List.of("sip:r1;lr", "sip:r2"),
            List.of()));
    assertNull(Facts.of("\r\n\r\n"));
    assertNull(Facts.of("nonsense"));
  }
}
