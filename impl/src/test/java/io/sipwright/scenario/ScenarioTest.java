package io.sipwright.scenario;

import static org.testng.Assert.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.testng.Reporter;
import org.testng.SkipException;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.Test;

/**
 * Thousands of scenarios, each different, judged by the rules. One of them is played again, and
 * shown, with {@code -Dseed=N}; more of them with {@code -Dseeds=COUNT -Dfirst=N}: docs/testing.md.
 */
public class ScenarioTest {
  private static final int USUAL = 10_000;
  private static final int MOST_SHOWN = 10;

  /**
   * What no scenario can meet, with the reason above it; the tests of the machines and drivers try
   * it all the same. Machine, state, events.
   */
  private static final String UNREACHABLE =
      """
      # A timer that a state doesn't own is stopped when the state is entered.
      InviteClient CALLING TIMER_CANCELLED TIMER_D TIMER_M
      InviteClient PROCEEDING TIMER_A TIMER_B TIMER_D TIMER_M
      InviteClient COMPLETED TIMER_A TIMER_B TIMER_CANCELLED TIMER_M
      InviteClient ACCEPTED TIMER_A TIMER_B TIMER_CANCELLED TIMER_D
      InviteClient TERMINATED TIMER_A TIMER_B TIMER_CANCELLED TIMER_D TIMER_M
      InviteServer PROCEEDING TIMER_G TIMER_H TIMER_I TIMER_L
      InviteServer COMPLETED TIMER_I TIMER_L TIMER_TRYING
      InviteServer CONFIRMED TIMER_G TIMER_H TIMER_L TIMER_TRYING
      InviteServer ACCEPTED TIMER_G TIMER_H TIMER_I TIMER_TRYING
      InviteServer TERMINATED TIMER_G TIMER_H TIMER_I TIMER_L TIMER_TRYING
      NonInviteClient TRYING TIMER_K
      NonInviteClient PROCEEDING TIMER_K
      NonInviteClient COMPLETED TIMER_E TIMER_F
      NonInviteClient TERMINATED TIMER_E TIMER_F TIMER_K
      NonInviteServer TRYING TIMER_J
      NonInviteServer PROCEEDING TIMER_J TIMER_TRYING
      NonInviteServer COMPLETED TIMER_TRYING
      NonInviteServer TERMINATED TIMER_J TIMER_TRYING

      # One that's over isn't in the table any more, so no message finds it.
      InviteClient TERMINATED R1XX R2XX R3XX_6XX
      InviteServer TERMINATED INVITE ACK
      NonInviteClient TERMINATED R1XX R2XX_6XX
      NonInviteServer TERMINATED REQUEST

      # The 100 that RFC 4320 allows late isn't asked for by the JAIN layer.
      NonInviteServer TRYING TIMER_TRYING

      # Where there's an answer, the request was delivered, so it can't fail any more; and over a
      # stream, the only transport that tells of errors, it's sent once. An ACK over a stream outlives
      # its transaction, whose Timer D is zero there.
      InviteClient PROCEEDING TRANSPORT_ERROR
      InviteClient ACCEPTED TRANSPORT_ERROR
      InviteClient COMPLETED TRANSPORT_ERROR
      NonInviteClient PROCEEDING TRANSPORT_ERROR
      NonInviteClient COMPLETED TRANSPORT_ERROR
      NonInviteClient TERMINATED TRANSPORT_ERROR

      # Nobody sends a refusal behind a 2xx. A proxy may have sent one before the 2xx it passes on, and
      # the network may turn the two round: so seldom that it isn't among the usual seeds.
      InviteClient ACCEPTED R3XX_6XX

      # Nothing was sent yet; the ACK shows that the response arrived; an error comes long before
      # Timer H or L; Timer J is zero over a stream.
      NonInviteServer TRYING TRANSPORT_ERROR
      InviteServer CONFIRMED TRANSPORT_ERROR
      InviteServer TERMINATED TRANSPORT_ERROR
      NonInviteServer COMPLETED TRANSPORT_ERROR
      """;

  /** What the machines didn't meet while the scenarios were played. */
  private Set<String> missed = Set.of();

  private boolean usual;

  @BeforeClass
  public void warn() {
    usual = Long.getLong("seed") == null && Long.getLong("first") == null;
  }

  @Test
  public void every_scenario_keeps_all_rules() {
    Long one = Long.getLong("seed");
    if (one != null) {
      World world = World.play(Plan.of(one));
      show(world.plan.toString());
      world.course.happenings().forEach(each -> show(each.toString()));
      assertEquals(world.breach(), null);
      return;
    }
    long first = Long.getLong("first", 0);
    long count = Long.getLong("seeds", USUAL);
    usual = usual && count >= USUAL;
    List<String> failures = new ArrayList<>();
    long failed = 0;
    long begin = System.nanoTime();
    try (Machines machines = new Machines()) {
      for (long seed = first; seed < first + count; seed++) {
        String breach = World.play(Plan.of(seed)).breach();
        if (breach != null && ++failed <= MOST_SHOWN) {
          failures.add("play it again with -Dseed=" + seed + ": " + breach);
          show(failures.get(failures.size() - 1));
        }
        if ((seed + 1 - first) % USUAL == 0 || seed + 1 == first + count) {
          show(
              (seed + 1 - first)
                  + " scenarios from seed "
                  + first
                  + ", "
                  + failed
                  + " failed, "
                  + Duration.ofNanos(System.nanoTime() - begin).toMillis()
                  + " ms");
        }
      }
      missed = machines.missed();
    }
    assertEquals(failures, List.of(), failed + " of " + count + " scenarios failed");
  }

  private static void show(String line) {
    Reporter.log(line, true);
  }

  @Test(dependsOnMethods = "every_scenario_keeps_all_rules")
  public void every_event_is_met_in_every_state_or_there_is_a_reason_not_to() {
    if (!usual) {
      throw new SkipException("only with the usual number of scenarios");
    }
    Set<String> reasoned = new TreeSet<>();
    UNREACHABLE
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split(" "))
        .forEach(
            words -> {
              for (int i = 2; i < words.length; i++) {
                reasoned.add(words[0] + " " + words[1] + " " + words[i]);
              }
            });
    assertEquals(missed, reasoned);
  }
}
