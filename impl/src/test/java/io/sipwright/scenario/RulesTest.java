package io.sipwright.scenario;

import static io.sipwright.scenario.Bench.ACCEPTED;
import static io.sipwright.scenario.Bench.ACK;
import static io.sipwright.scenario.Bench.BYE;
import static io.sipwright.scenario.Bench.OK;
import static io.sipwright.scenario.Bench.OPTIONS;
import static io.sipwright.scenario.Bench.request;
import static io.sipwright.scenario.Bench.response;
import static io.sipwright.scenario.Happening.What.CAME;
import static io.sipwright.scenario.Happening.What.DID_ANSWER;
import static io.sipwright.scenario.Happening.What.DID_END;
import static io.sipwright.scenario.Happening.What.DID_REQUEST;
import static io.sipwright.scenario.Happening.What.SENT;
import static io.sipwright.scenario.Happening.What.TOLD_CLIENT_OVER;
import static io.sipwright.scenario.Happening.What.TOLD_ERROR;
import static io.sipwright.scenario.Happening.What.TOLD_REQUEST;
import static io.sipwright.scenario.Happening.What.TOLD_RESPONSE;
import static io.sipwright.scenario.Happening.What.TOLD_TIMEOUT;

import org.testng.annotations.Test;

/**
 * Each rule of transactions bites: a course that breaks it is found out, and one beside it that
 * doesn't is not.
 */
public class RulesTest {
  // --- OneOutcome ---

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

  // --- AnswersAreRepeated ---

  private static final Facts REFUSAL = response(486, "INVITE", 1, "b", "a", "z");
  private static final Facts REFUSED = request("INVITE", 1, "b", "a", "");
  private static final Facts ACK_TO_REFUSAL = request("ACK", 1, "b", "a", "z");

  @Test
  public void answers_are_repeated_finds_a_copy_of_a_request_without_answer() {
    Bench good = new Bench(new AnswersAreRepeated()).add(CAME, OPTIONS).at(900).add(CAME, OPTIONS);
    good.add(SENT, OK).at(1500).add(CAME, OPTIONS).add(SENT, OK).at(40_000).add(CAME, OPTIONS);
    good.clean(); // not yet answered, answered again, and too late for its transaction
    new Bench(new AnswersAreRepeated())
        .add(CAME, OPTIONS)
        .add(SENT, OK)
        .at(500)
        .add(CAME, OPTIONS)
        .breaks("no answer, or no ACK");
    new Bench(new AnswersAreRepeated())
        .add(SENT, OK)
        .at(500)
        .add(CAME, OPTIONS)
        .at(501)
        .add(SENT, OK)
        .breaks("no answer, or no ACK");
    new Bench(new AnswersAreRepeated())
        .add(SENT, OK)
        .add(DID_END, "b OPTIONS", null)
        .at(500)
        .add(CAME, OPTIONS)
        .clean();
    new Bench(new AnswersAreRepeated())
        .add(SENT, response(183, "OPTIONS", 1, "b", "a", "z"))
        .add(DID_ANSWER, "b OPTIONS", response(408, "OPTIONS", 1, "b", "a", "z"))
        .at(500)
        .add(CAME, OPTIONS)
        .clean(); // RFC 4320: silence
    new Bench(new AnswersAreRepeated()).add(SENT, ACCEPTED).at(400).add(CAME, REFUSED).clean();
  }

  @Test
  public void answers_are_repeated_finds_a_refusal_that_is_not_sent_again() {
    Bench good = new Bench(new AnswersAreRepeated()).add(SENT, REFUSAL);
    for (long at : new long[] {500, 1500, 3500, 7500, 11_500}) {
      good.at(at).add(SENT, REFUSAL);
    }
    good.at(12_000).add(CAME, ACK_TO_REFUSAL).at(40_000).add(CAME, OPTIONS).clean();
    new Bench(new AnswersAreRepeated())
        .add(SENT, REFUSAL)
        .at(500)
        .add(SENT, REFUSAL)
        .at(1501)
        .add(CAME, OPTIONS)
        .breaks("not sent again at 1.5");
    new Bench(new AnswersAreRepeated())
        .add(SENT, REFUSAL)
        .at(400)
        .add(CAME, ACK_TO_REFUSAL)
        .at(600)
        .add(CAME, REFUSED)
        .at(700)
        .add(CAME, OPTIONS)
        .clean(); // what's acknowledged is absorbed
    new Bench(new AnswersAreRepeated())
        .add(SENT, REFUSAL)
        .at(400)
        .add(CAME, ACK_TO_REFUSAL)
        .at(500)
        .add(SENT, REFUSAL)
        .breaks("a refusal behind its ACK");
    new Bench(new AnswersAreRepeated())
        .as("proxy")
        .add(SENT, REFUSAL)
        .at(400)
        .add(SENT, ACCEPTED)
        .at(600)
        .add(CAME, OPTIONS)
        .breaks("not sent again at 0.5");
  }

  @Test
  public void answers_are_repeated_finds_a_refusal_without_ack() {
    new Bench(new AnswersAreRepeated())
        .add(SENT, REFUSED)
        .at(100)
        .add(CAME, REFUSAL)
        .add(SENT, ACK_TO_REFUSAL)
        .at(600)
        .add(CAME, REFUSAL)
        .add(SENT, ACK_TO_REFUSAL)
        .at(33_000)
        .add(CAME, REFUSAL)
        .clean(); // the last one comes when Timer D has fired
    new Bench(new AnswersAreRepeated())
        .add(SENT, REFUSED)
        .add(CAME, REFUSAL)
        .at(1)
        .breaks("no answer, or no ACK");
    new Bench(new AnswersAreRepeated())
        .add(SENT, REFUSED)
        .add(CAME, REFUSAL)
        .add(SENT, ACK_TO_REFUSAL)
        .at(500)
        .add(CAME, REFUSAL)
        .at(501)
        .add(SENT, ACK_TO_REFUSAL)
        .breaks("no answer, or no ACK");
    new Bench(new AnswersAreRepeated())
        .add(SENT, REFUSED)
        .add(CAME, ACCEPTED)
        .add(CAME, REFUSAL)
        .clean(); // behind a 2xx
  }
}
