package io.sipwright.scenario;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.testng.annotations.Test;

/** A scenario can be played again: its seed is all there is to it. */
public class ReplayTest {
  private static final int SEEDS = 150;

  @Test
  public void the_same_seed_gives_the_same_course_and_another_one_another() {
    Set<Long> hashes = new HashSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      Course first = World.play(Plan.of(seed)).course;
      Course again = World.play(Plan.of(seed)).course;
      assertEquals(again.size(), first.size(), "happenings of seed " + seed);
      assertEquals(again.hash(), first.hash(), "hash of seed " + seed);
      hashes.add(first.hash());
    }
    assertEquals(hashes.size(), SEEDS);
  }

  @Test
  public void scenarios_are_not_empty_and_differ_in_all_that_a_plan_draws() {
    Set<String> kinds = new HashSet<>();
    for (long seed = 0; seed < 500; seed++) {
      Plan plan = Plan.of(seed);
      kinds.add(plan.transport());
      kinds.add(plan.concurrency());
      kinds.add(plan.proxy() ? "proxy with " + plan.callees() : "direct");
      kinds.add(plan.loss() > 0.4 ? "much loss" : plan.loss() > 0 ? "loss" : "no loss");
      kinds.add(plan.damage() > 0 ? "damage" : "no damage");
      kinds.add(plan.breaks() > 0 ? "breaks" : "no breaks");
      kinds.add(plan.slowMillis() > 0 ? "slow" : "quick");
    }
    assertEquals(kinds.size(), 18, kinds.toString());
    int happenings = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      happenings += World.play(Plan.of(seed)).course.size();
    }
    assertTrue(happenings > 100 * SEEDS, happenings + " happenings");
  }
}
