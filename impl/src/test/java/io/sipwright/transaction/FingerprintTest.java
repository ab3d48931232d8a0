package io.sipwright.transaction;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.testng.annotations.Test;

public class FingerprintTest {
  private static List<Long> both(Fingerprint print) {
    return List.of(print.high(), print.low());
  }

  @Test
  public void the_same_gives_the_same() {
    assertEquals(
        both(new Fingerprint().text("z9hG4bK7").number(5060).text(null)),
        both(new Fingerprint().text("z9hG4bK7").number(5060).text(null)));
    assertEquals(
        both(new Fingerprint().caselessText("z9hG4bKZ")),
        both(new Fingerprint().caselessText("Z9HG4BKz")));
  }

  @Test
  public void anything_else_gives_something_else() {
    List<Fingerprint> different =
        List.of(
            new Fingerprint(),
            new Fingerprint().text(null),
            new Fingerprint().text(""),
            new Fingerprint().text("").text(""),
            new Fingerprint().text("\0"),
            new Fingerprint().text("a"),
            new Fingerprint().text("A"),
            new Fingerprint().text("ab").text("c"),
            new Fingerprint().text("a").text("bc"),
            new Fingerprint().text("abc"),
            new Fingerprint().text("abcd"),
            new Fingerprint().text("abcde"),
            new Fingerprint().text("abcd\0"),
            new Fingerprint().text("\0abcd"),
            new Fingerprint().text("dcba"),
            new Fingerprint().number('a'),
            new Fingerprint().number(0),
            new Fingerprint().number(-1),
            new Fingerprint().number(0).number(0),
            // the same but for a bit that marks the case of letters only
            new Fingerprint().caselessText("[^@"),
            new Fingerprint().caselessText("{~`"));
    Set<List<Long>> seen = new HashSet<>();
    for (int i = 0; i < different.size(); i++) {
      assertTrue(seen.add(both(different.get(i))), "number " + i);
    }
  }

  /** Texts whose {@code hashCode} is the same, as anybody can make them. */
  @Test
  public void texts_made_to_collide_spread_like_any_others() {
    List<String> texts = new ArrayList<>(List.of(""));
    for (int i = 0; i < 13; i++) {
      List<String> longer = new ArrayList<>();
      for (String text : texts) {
        longer.add(text + "Aa");
        longer.add(text + "BB");
      }
      texts = longer;
    }
    Set<List<Long>> seen = new HashSet<>();
    Map<Long, Integer> places = new HashMap<>();
    for (String text : texts) {
      assertEquals(text.hashCode(), texts.get(0).hashCode());
      Fingerprint print = new Fingerprint().text(text);
      seen.add(both(print));
      places.merge(print.low() & 1023, 1, Integer::sum);
    }
    assertEquals(seen.size(), 8192);
    // Eight in each of 1,024 places on average; 40 happens once in 10 to the 15 such tests.
    int most = places.values().stream().mapToInt(n -> n).max().orElse(0);
    assertTrue(most < 40, most + " of 8192 in one place of 1024");
  }

  /** The sequences 0110100110010110… and its mirror meet in hashes that only multiply and add. */
  @Test
  public void thue_morse_texts_do_not_meet() {
    StringBuilder one = new StringBuilder();
    StringBuilder other = new StringBuilder();
    for (int i = 0; i < 8192; i++) {
      boolean odd = (Integer.bitCount(i) & 1) == 1;
      one.append(odd ? 'a' : 'b');
      other.append(odd ? 'b' : 'a');
    }
    Fingerprint print = new Fingerprint().text(one.toString());
    Fingerprint mirror = new Fingerprint().text(other.toString());
    assertTrue(print.high() != mirror.high() && print.low() != mirror.low());
  }
}
