package io.sipwright.scenario;

import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Stacks with a flaw in one of their machines are found out by the rules of the scenarios. */
public class FlawsTest {
  private static final int SEEDS = 800;

  /** Where, which step is taken in place of the right one, and what the breach says. */
  @DataProvider
  public Object[][] flaws() {
    return new Object[][] {
      // A final response told twice, a provisional one behind it, an end without a word
      {"InviteClient COMPLETED R3XX_6XX", "COMPLETED SEND_ACK PASS_UP", "OneOutcome"},
      {"NonInviteClient COMPLETED R2XX_6XX", "COMPLETED PASS_UP", "OneOutcome"},
      {"InviteClient COMPLETED R1XX", "COMPLETED PASS_UP", "OneOutcome"},
      {"NonInviteClient COMPLETED R1XX", "COMPLETED PASS_UP", "OneOutcome"},
      {"InviteClient CALLING TIMER_B", "TERMINATED", "OneOutcome"},
      {"NonInviteClient TRYING TIMER_F", "TERMINATED", "OneOutcome"},
      {"NonInviteClient PROCEEDING TIMER_F", "TERMINATED", "OneOutcome"},
      {"InviteClient CALLING TRANSPORT_ERROR", "TERMINATED", "OneOutcome"},
      {"NonInviteClient TRYING TRANSPORT_ERROR", "TERMINATED", "OneOutcome"},
      {"InviteClient PROCEEDING R3XX_6XX", "COMPLETED SEND_ACK", "OneOutcome"},
      {"NonInviteClient PROCEEDING R2XX_6XX", "COMPLETED", "OneOutcome"},
      {"InviteClient PROCEEDING TIMER_CANCELLED", "TERMINATED", "OneOutcome"},
      // Requests that aren't sent again
      {"InviteClient CALLING TIMER_A", "CALLING", "RequestsAreRepeated"},
      {"NonInviteClient TRYING TIMER_E", "TRYING", "RequestsAreRepeated"},
      {"NonInviteClient PROCEEDING TIMER_E", "PROCEEDING", "RequestsAreRepeated"},
      {"InviteClient PROCEEDING R1XX", "CALLING PASS_UP", "RequestsAreRepeated"},
      // 2xx and ACKs that get lost within the stack
      {"InviteClient PROCEEDING R2XX", "ACCEPTED", "OneOutcome"},
      {"InviteClient ACCEPTED R2XX", "ACCEPTED", "NothingIsSwallowed"},
      // Refusals without ACK, and such as aren't sent again
      {"InviteClient PROCEEDING R3XX_6XX", "COMPLETED PASS_UP", "AnswersAreRepeated"},
      {"InviteClient COMPLETED R3XX_6XX", "COMPLETED", "AnswersAreRepeated"},
      {"InviteServer COMPLETED TIMER_G", "COMPLETED", "AnswersAreRepeated"},
      {"InviteServer COMPLETED INVITE", "COMPLETED", "AnswersAreRepeated"},
      {"InviteServer COMPLETED ACK", "COMPLETED", "AnswersAreRepeated"},
      {"InviteServer PROCEEDING INVITE", "PROCEEDING", "AnswersAreRepeated"},
      {"NonInviteServer COMPLETED REQUEST", "COMPLETED", "AnswersAreRepeated"},
      {"NonInviteServer PROCEEDING REQUEST", "PROCEEDING", "AnswersAreRepeated"},
      // Answers that must not be sent
      {"NonInviteServer TRYING TU_408", "COMPLETED SEND_RESPONSE", "NoLate408"},
      {"NonInviteServer PROCEEDING TU_408", "COMPLETED SEND_RESPONSE", "NoLate408"},
      {"InviteServer COMPLETED TU_1XX", "COMPLETED SEND_RESPONSE", "FinalIsFinal"},
      {"InviteServer COMPLETED TU_3XX_6XX", "COMPLETED SEND_RESPONSE", "FinalIsFinal"},
      {"InviteServer COMPLETED TU_2XX", "ACCEPTED SEND_RESPONSE", "FinalIsFinal"},
      {"InviteServer ACCEPTED TU_1XX", "ACCEPTED SEND_RESPONSE", "FinalIsFinal"},
      {"NonInviteServer COMPLETED TU_1XX", "COMPLETED SEND_RESPONSE", "FinalIsFinal"},
      {"NonInviteServer COMPLETED TU_2XX_6XX", "COMPLETED SEND_RESPONSE", "was accepted"},
      // Transactions that never end, or too early
      {"InviteClient ACCEPTED TIMER_M", "ACCEPTED", "OneOutcome"},
      {"InviteClient COMPLETED TIMER_D", "COMPLETED", "OneOutcome"},
      {"NonInviteClient COMPLETED TIMER_K", "COMPLETED", "NothingIsLeft"},
      {"InviteServer CONFIRMED TIMER_I", "CONFIRMED", "NothingIsLeft"},
      {"InviteServer ACCEPTED TIMER_L", "ACCEPTED", "NothingIsLeft"},
      {"InviteServer COMPLETED TIMER_H", "COMPLETED TELL_TIMEOUT", "NothingIsLeft"},
      {"NonInviteServer COMPLETED TIMER_J", "COMPLETED", "NothingIsLeft"},
      {"InviteServer PROCEEDING TU_2XX", "TERMINATED SEND_RESPONSE", "FinalIsFinal"},
      {"NonInviteServer PROCEEDING TU_2XX_6XX", "TERMINATED SEND_RESPONSE", "FinalIsFinal"},
    };
  }

  @Test(dataProvider = "flaws")
  @SuppressWarnings("try") // it has only to be there
  public void a_flaw_is_found(String where, String step, String rule) {
    String breach = null;
    try (Flaw flaw = new Flaw(where, step)) {
      for (long seed = 0; seed < SEEDS && breach == null; seed++) {
        breach = World.play(Plan.of(seed)).breach();
      }
    }
    assertNotNull(breach, "nothing was found");
    assertTrue(breach.contains(rule), breach);
    assertNull(World.play(Plan.of(1)).breach(), "the flaw is gone");
  }
}
