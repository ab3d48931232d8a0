package io.sipwright.syntax;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Between the wire's text and a program's. */
public class EscapesTest {
  @DataProvider
  static Object[][] resolved() {
    return new Object[][] {
      {"", ""},
      {"alice", "alice"},
      {"%61lice", "alice"},
      {"a%20b", "a b"},
      {"a%3bb%3D", "a;b="},
      {"jos%c3%A9", "jos\u00e9"},
      {"%F0%9F%98%80", "\ud83d\ude00"},
      {"\u00e9%C3%A9", "\u00e9\u00e9"},
      // control characters and what isn't UTF-8 stay escaped
      {"a%00b%0d%0A%7f%1F", "a%00b%0d%0A%7f%1F"},
      {"%C3", "%C3"},
      {"%C3x", "%C3x"},
      {"%A9%C3", "%A9%C3"},
      {"%ED%A0%80", "%ED%A0%80"},
      // once, and never twice
      {"%2541", "%41"},
      {"%252541", "%252541"},
      {"%2540", "%2540"},
      {"%25%34%30", "%2540"},
      {"%2500", "%2500"},
      {"%25%00", "%%00"},
      {"100%25", "100%"},
      {"%25%25", "%%"},
      {"%25%2540", "%%2540"},
      // no escapes
      {"%", "%"},
      {"%4", "%4"},
      {"%zz", "%zz"},
      {"%%41", "%A"},
    };
  }

  @Test(dataProvider = "resolved")
  void escapes_are_resolved_once(String raw, String text) {
    assertEquals(Escapes.resolve(raw), text);
  }

  @DataProvider
  static Object[][] escaped() {
    return new Object[][] {
      {"", ""},
      {"alice", "alice"},
      {"a b", "a%20b"},
      {"a\"<>\\", "a%22%3C%3E%5C"},
      {"jos\u00e9", "jos%C3%A9"},
      {"\ud83d\ude00", "%F0%9F%98%80"},
      {"\r\n\0", "%0D%0A%00"},
      {"%", "%25"},
      {"%4", "%254"},
      {"%zz", "%25zz"},
      {"%41%5A%2d%2E%5f", "%2541%255A%252d%252E%255f"},
      {"%40", "%40"},
      {"%25", "%25"},
      {"%2540", "%2540"},
      {"%c3%a9", "%c3%a9"},
      {"%%40", "%25%40"},
    };
  }

  @Test(dataProvider = "escaped")
  void what_is_outside_the_class_is_escaped(String text, String raw) {
    assertEquals(Escapes.escape(text, Chars.USER), raw);
  }

  @Test
  void texts_with_nothing_to_do_are_not_copied() {
    String s = new String("alice");
    assertSame(Escapes.resolve(s), s);
    assertSame(Escapes.escape(s, Chars.USER), s);
    assertSame(Escapes.canonical(s, false), s);
    assertSame(Escapes.canonical(s, true), s);
  }

  @Test
  void what_resolve_gives_escape_takes_back_in_the_same_meaning() {
    Random random = new Random(3261);
    String[] pieces = {
      "%25", "%", "4", "0", "1", "2", "5", "a", "%41", "%40", "%2", "%00", "%C3%A9", "%C3", ";",
      "%3B", " ", "%20", "-", "F", "%0A", "%7e",
    };
    for (int round = 0; round < 200_000; round++) {
      StringBuilder sb = new StringBuilder();
      for (int k = random.nextInt(8); k >= 0; k--) {
        sb.append(pieces[random.nextInt(pieces.length)]);
      }
      String raw = sb.toString();
      String text = Escapes.resolve(raw);
      String back = Escapes.escape(text, Chars.USER);
      assertEquals(unescaped(back), unescaped(raw), raw + " -> " + text + " -> " + back);
      assertEquals(Escapes.escape(Escapes.resolve(back), Chars.USER), back);
      assertEquals(
          Escapes.skip(back.getBytes(StandardCharsets.US_ASCII), 0, back.length(), Chars.USER),
          back.length());
    }
  }

  /** The plain rule of RFC 3986 §2.1, bytes for bytes. */
  private static String unescaped(String raw) {
    StringBuilder sb = new StringBuilder();
    for (int i = 0; i < raw.length(); i++) {
      String two = i + 2 < raw.length() ? raw.substring(i + 1, i + 3) : "";
      if (raw.charAt(i) == '%' && two.matches("[0-9A-Fa-f]{2}")) {
        sb.append((char) Integer.parseInt(two, 16));
        i += 2;
      } else {
        sb.append(raw.charAt(i));
      }
    }
    return sb.toString();
  }

  @DataProvider
  static Object[][] equivalent() {
    return new Object[][] {
      {"%61%2D%5f", "a-_", true},
      {"%3b", "%3B", true},
      {"%3B", ";", false},
      {"%2B1", "+1", false},
      {"%23", "#", true},
      {"%2541", "%41", false},
      {"%00", "", false},
      {"%c3%a9", "%C3%A9", true},
      {"A", "a", false},
      {"%41", "a", false},
    };
  }

  @Test(dataProvider = "equivalent")
  void escapes_of_what_is_not_reserved_do_not_count(String a, String b, boolean same) {
    assertEquals(Escapes.canonical(a, false).equals(Escapes.canonical(b, false)), same);
  }

  @Test
  void case_counts_or_not() {
    assertEquals(Escapes.canonical("A%42%3b", true), Escapes.canonical("aB%3B", true));
  }

  @Test
  void skipping_stops_at_what_is_no_escape() {
    byte[] b = "ab%41%zz".getBytes(StandardCharsets.US_ASCII);
    assertEquals(Escapes.skip(b, 0, b.length, Chars.USER), 5);
    assertEquals(Escapes.skip(b, 0, 4, Chars.USER), 2);
    assertEquals(Escapes.skip(b, 0, 5, Chars.USER), 5);
    assertEquals(Escapes.skip(b, 5, 5, Chars.USER), 5);
  }
}
