package io.sipwright.syntax;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.testng.annotations.Test;

public class RandomIdsTest {
  @Test
  public void ids_are_tokens_of_lower_case_letters_and_digits() {
    for (int i = 0; i < 1_000; i++) {
      String id = RandomIds.next();
      assertEquals(id.length(), RandomIds.LENGTH);
      assertTrue(id.matches("[a-z2-7]+"), id);
    }
  }

  @Test
  public void a_prefix_stands_before_the_id() {
    String id = RandomIds.next("tag-");
    assertTrue(id.startsWith("tag-"), id);
    assertEquals(id.length(), 4 + RandomIds.LENGTH);
  }

  @Test
  public void every_letter_comes_in_every_place() {
    int[][] seen = new int[RandomIds.LENGTH][128];
    for (int i = 0; i < 10_000; i++) {
      String id = RandomIds.next();
      for (int k = 0; k < id.length(); k++) {
        seen[k][id.charAt(k)]++;
      }
    }
    for (int[] place : seen) {
      for (char c : "abcdefghijklmnopqrstuvwxyz234567".toCharArray()) {
        // 312 expected; this far off happens less than once in 10^20 runs
        assertTrue(place[c] > 100 && place[c] < 600, c + ": " + place[c]);
      }
    }
  }

  @Test
  public void threads_never_get_the_same_id() throws InterruptedException {
    Set<String> all = ConcurrentHashMap.newKeySet();
    List<Thread> threads = new ArrayList<>();
    int each = 5_000;
    for (int i = 0; i < 40; i++) {
      threads.add(
          new Thread(
              () -> {
                for (int k = 0; k < each; k++) {
                  all.add(RandomIds.next());
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(all.size(), 40 * each);
  }

  @Test
  public void a_thread_that_simulates_gets_the_same_ids_again_and_others_do_not() throws Exception {
    SeededIds.use(7);
    String first = RandomIds.next() + RandomIds.number(0, 1000);
    SeededIds.use(7);
    String again = RandomIds.next() + RandomIds.number(0, 1000);
    List<String> elsewhere = new ArrayList<>();
    Thread other = new Thread(() -> elsewhere.add(RandomIds.next()));
    other.start();
    other.join();
    SeededIds.stop();
    assertEquals(again, first);
    assertTrue(!first.startsWith(elsewhere.get(0)));
    assertTrue(!first.startsWith(RandomIds.next()));
  }

  @Test
  public void numbers_are_from_the_least_to_below_the_bound_and_all_come() {
    boolean[] seen = new boolean[11];
    for (int i = 0; i < 1_000; i++) {
      seen[RandomIds.number(3, 11)] = true;
    }
    for (int i = 0; i < 11; i++) {
      assertEquals(seen[i], i >= 3, "number " + i);
    }
    assertTrue(RandomIds.number(1, Integer.MAX_VALUE) > 0);
  }
}
