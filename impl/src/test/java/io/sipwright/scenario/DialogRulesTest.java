package io.sipwright.scenario;

import static io.sipwright.scenario.Bench.ACCEPTED;
import static io.sipwright.scenario.Bench.ACK;
import static io.sipwright.scenario.Bench.BYE;
import static io.sipwright.scenario.Bench.CALL;
import static io.sipwright.scenario.Bench.OK;
import static io.sipwright.scenario.Bench.OPTIONS;
import static io.sipwright.scenario.Bench.message;
import static io.sipwright.scenario.Bench.request;
import static io.sipwright.scenario.Bench.response;
import static io.sipwright.scenario.Happening.What.CAME;
import static io.sipwright.scenario.Happening.What.DID_ACK;
import static io.sipwright.scenario.Happening.What.DID_ANSWER;
import static io.sipwright.scenario.Happening.What.DID_OPEN;
import static io.sipwright.scenario.Happening.What.DID_REQUEST;
import static io.sipwright.scenario.Happening.What.SENT;
import static io.sipwright.scenario.Happening.What.TOLD_DIALOG_OVER;
import static io.sipwright.scenario.Happening.What.TOLD_REQUEST;
import static io.sipwright.scenario.Happening.What.TOLD_RESPONSE;
import static io.sipwright.scenario.Happening.What.TOLD_SERVER_OVER;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;

import java.util.List;
import java.util.Map;
import org.testng.annotations.Test;

/** Each rule of dialogs, and of what's left, bites, as in {@link RulesTest}. */
public class DialogRulesTest {
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
    new Bench(new NothingIsSwallowed())
        .as("proxy")
        .add(SENT, response(408, "INVITE", 1, "c", "a", "z"))
        .add(SENT, ACCEPTED)
        .add(CAME, ACK) // by its branch for the 408
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
