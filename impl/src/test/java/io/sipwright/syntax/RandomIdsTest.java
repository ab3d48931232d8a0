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
}
