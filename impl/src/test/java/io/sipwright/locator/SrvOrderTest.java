package io.sipwright.locator;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.dns.DnsRecord.Srv;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** RFC 2782: priorities, and weights by chance. */
public class SrvOrderTest {
  private static final int DRAWS = 100_000;

  private static Srv srv(int priority, int weight, String target) {
    return new Srv(priority, weight, 5060, target);
  }

  /** Weights, and the shares of first places in per cent. */
  @DataProvider
  public static Object[][] weights() {
    return new Object[][] {
      {new int[] {10, 20, 70}, new double[] {10, 20, 70}},
      {new int[] {1, 1}, new double[] {50, 50}},
      {new int[] {1, 2, 3, 4}, new double[] {10, 20, 30, 40}},
      {new int[] {65535, 65535, 65535}, new double[] {33.333, 33.333, 33.333}},
      {new int[] {0, 0, 0, 0}, new double[] {25, 25, 25, 25}},
      {new int[] {0, 10000}, new double[] {0, 100}},
      {new int[] {60}, new double[] {100}},
    };
  }

  @Test(dataProvider = "weights")
  public void first_places_are_shared_as_the_weights_say(int[] weights, double[] shares) {
    List<Srv> records = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      records.add(srv(1, weights[i], "host" + i));
    }
    Map<String, Integer> first = new TreeMap<>();
    SplittableRandom random = new SplittableRandom(20);
    for (int i = 0; i < DRAWS; i++) {
      first.merge(SrvOrder.of(records, random, 64).get(0).target(), 1, Integer::sum);
    }
    for (int i = 0; i < weights.length; i++) {
      double share = 100.0 * first.getOrDefault("host" + i, 0) / DRAWS;
      assertEquals(share, shares[i], 1.0, first.toString());
    }
  }

  /** Of those left, weights count again. */
  @Test
  public void second_places_are_shared_by_those_that_are_left() {
    List<Srv> records = List.of(srv(1, 50, "a"), srv(1, 25, "b"), srv(1, 25, "c"));
    SplittableRandom random = new SplittableRandom(3);
    int secondAfterA = 0;
    int bAfterA = 0;
    for (int i = 0; i < DRAWS; i++) {
      List<Srv> order = SrvOrder.of(records, random, 64);
      if (order.get(0).target().equals("a")) {
        secondAfterA++;
        bAfterA += order.get(1).target().equals("b") ? 1 : 0;
      }
    }
    assertEquals(100.0 * bAfterA / secondAfterA, 50.0, 1.0);
  }

  @Test
  public void a_weight_of_zero_has_a_small_chance_beside_others() {
    List<Srv> records = List.of(srv(1, 0, "never"), srv(1, 9, "mostly"));
    SplittableRandom random = new SplittableRandom(5);
    int zero = 0;
    for (int i = 0; i < DRAWS; i++) {
      zero += SrvOrder.of(records, random, 64).get(0).target().equals("never") ? 1 : 0;
    }
    assertEquals(100.0 * zero / DRAWS, 10.0, 1.0); // one number in ten
  }

  @Test
  public void the_same_seed_gives_the_same_order_whatever_order_the_answer_has() {
    List<Srv> records = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      records.add(srv(i % 3, 1 + i, "host" + i));
    }
    List<Srv> once = SrvOrder.of(records, new SplittableRandom(99), 64);
    Collections.shuffle(records, new Random(1));
    assertEquals(SrvOrder.of(records, new SplittableRandom(99), 64), once);
    assertNotEquals(SrvOrder.of(records, new SplittableRandom(98), 64), once);
    assertEquals(new HashSet<>(once), new HashSet<>(records));
  }

  @Test
  public void lower_priorities_come_first_whatever_their_weights() {
    List<Srv> order =
        SrvOrder.of(
            List.of(srv(2, 65535, "c"), srv(1, 0, "b"), srv(0, 1, "a"), srv(3, 9, "d")),
            new SplittableRandom(1),
            64);
    assertEquals(order.stream().map(Srv::target).toList(), List.of("a", "b", "c", "d"));
  }

  @Test
  public void of_ten_thousand_records_only_so_many_are_drawn_as_are_wanted() {
    List<Srv> records = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      records.add(srv(1, i % 100, "host" + i));
    }
    List<Srv> order = SrvOrder.of(records, new SplittableRandom(1), 64);
    assertEquals(order.size(), 64);
    assertEquals(new HashSet<>(order).size(), 64);
  }

  @Test
  public void records_without_target_or_port_are_none() {
    List<Srv> records = List.of(srv(0, 0, ""), new Srv(0, 0, 0, "a"), srv(1, 0, "b"));
    List<Srv> order = SrvOrder.of(records, new SplittableRandom(1), 64);
    assertEquals(order, List.of(srv(1, 0, "b")));
    assertTrue(SrvOrder.of(List.of(), new SplittableRandom(1), 64).isEmpty());
  }
}
