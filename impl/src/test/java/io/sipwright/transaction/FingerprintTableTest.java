package io.sipwright.transaction;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.testng.annotations.Test;

public class FingerprintTableTest {
  @Test
  public void the_first_of_a_fingerprint_stays() {
    FingerprintTable<String> table = new FingerprintTable<>();
    assertNull(table.putIfAbsent(1, 2, "first"));
    assertEquals(table.putIfAbsent(1, 2, "second"), "first");
    assertEquals(table.get(1, 2), "first");
    assertNull(table.get(2, 2), "another upper half");
    assertNull(table.get(1, 3), "another lower half");
    assertEquals(table.values(), List.of("first"));
  }

  @Test
  public void only_the_very_object_is_taken_out() {
    FingerprintTable<Object> table = new FingerprintTable<>();
    Object in = new Object();
    table.putIfAbsent(1, 2, in);
    assertFalse(table.remove(2, new Object()));
    assertFalse(table.remove(3, in));
    assertTrue(table.remove(2, in));
    assertFalse(table.remove(2, in));
    assertNull(table.get(1, 2));
  }

  /** All in one array and most at one place, so that what follows a gap must move back. */
  @Test
  public void entries_that_crowd_one_place_are_all_found() {
    Random random = new Random(7);
    FingerprintTable<Integer> table = new FingerprintTable<>();
    Map<Integer, Integer> model = new TreeMap<>();
    for (int step = 0; step < 40_000; step++) {
      int high = random.nextInt(300);
      long low = high % 5;
      Integer known = model.get(high);
      if (random.nextInt(100) < (step / 4000 % 2 == 0 ? 70 : 30)) {
        Integer made = 1_000_000 + step;
        assertSame(table.putIfAbsent(high, low, made), known);
        model.putIfAbsent(high, made);
      } else if (known != null) {
        assertTrue(table.remove(low, known));
        model.remove(high);
      }
      int other = random.nextInt(300);
      assertSame(table.get(other, other % 5), model.get(other));
    }
    assertEquals(new HashSet<>(table.values()), new HashSet<>(model.values()));
  }

  @Test
  public void it_grows_with_what_is_in_it_and_shrinks_again() {
    FingerprintTable<Integer> table = new FingerprintTable<>();
    int least = table.places();
    List<Integer> all = new ArrayList<>();
    List<Fingerprint> prints = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      all.add(Integer.valueOf(1000 + i));
      prints.add(new Fingerprint().number(i));
      table.putIfAbsent(prints.get(i).high(), prints.get(i).low(), all.get(i));
    }
    assertTrue(table.places() >= 50_000 && table.places() < 200_000, "" + table.places());
    for (int i = 0; i < 50_000; i++) {
      assertSame(table.get(prints.get(i).high(), prints.get(i).low()), all.get(i));
      assertTrue(table.remove(prints.get(i).low(), all.get(i)));
    }
    assertEquals(table.places(), least);
    assertEquals(table.values(), List.of());
  }

  @Test
  public void clearing_takes_all_out() {
    FingerprintTable<Integer> table = new FingerprintTable<>();
    for (int i = 0; i < 1000; i++) {
      Fingerprint print = new Fingerprint().number(i);
      table.putIfAbsent(print.high(), print.low(), i);
    }
    assertEquals(table.values().size(), 1000);
    table.clear();
    assertEquals(table.values(), List.of());
    Fingerprint print = new Fingerprint().number(1);
    assertNull(table.get(print.high(), print.low()));
    assertNull(table.putIfAbsent(print.high(), print.low(), 1));
  }

  @Test
  public void threads_that_race_for_a_fingerprint_agree_on_one() throws Exception {
    FingerprintTable<Object> table = new FingerprintTable<>();
    for (int round = 0; round < 300; round++) {
      Fingerprint print = new Fingerprint().number(round);
      AtomicInteger in = new AtomicInteger();
      Race.of(
          4,
          () -> {
            Object mine = new Object();
            Object known = table.putIfAbsent(print.high(), print.low(), mine);
            if (known == null) {
              in.incrementAndGet();
            }
            return known;
          });
      assertEquals(in.get(), 1);
    }
    assertEquals(table.values().size(), 300);
  }
}
