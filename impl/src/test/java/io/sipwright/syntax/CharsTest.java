package io.sipwright.syntax;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Character classes against the rules of RFC 3261 §25.1 and RFC 3966 §3, spelled out. */
public class CharsTest {
  private static final String DIGITS = "0123456789";
  private static final String ALPHA = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String ALPHANUM = DIGITS + ALPHA;
  private static final String UNRESERVED = ALPHANUM + "-_.!~*'()";

  @DataProvider
  static Object[][] classes() {
    return new Object[][] {
      {"digit", Chars.DIGIT, DIGITS},
      {"alpha", Chars.ALPHA, ALPHA},
      {"alphanum", Chars.ALPHANUM, ALPHANUM},
      {"hexdig", Chars.HEX, DIGITS + "abcdefABCDEF"},
      {"token", Chars.TOKEN, ALPHANUM + "-.!%*_+`'~"},
      {"word", Chars.WORD, ALPHANUM + "-.!%*_+`'~()<>:\\\"/[]?{}"},
      {"unreserved", Chars.UNRESERVED, UNRESERVED},
      {"user", Chars.USER, UNRESERVED + "&=+$,;?/"},
      {"password", Chars.PASSWORD, UNRESERVED + "&=+$,"},
      {"paramchar", Chars.URI_PARAM, UNRESERVED + "[]/:&+$"},
      {"hname", Chars.URI_HEADER, UNRESERVED + "[]/?:+$"},
      {"host", Chars.HOST, ALPHANUM + "-._"},
      {"uric", Chars.URIC, UNRESERVED + ";/?:@&=+$,%[]#"},
      {"phonedigit", Chars.PHONE, DIGITS + "abcdefABCDEF*#-.()"},
    };
  }

  @Test(dataProvider = "classes")
  void a_class_has_its_characters_and_no_others(String name, int charClass, String members) {
    for (int c = -300; c < 70_000; c++) {
      assertEquals(Chars.is(c, charClass), c >= 0 && members.indexOf(c) >= 0, name + " " + c);
    }
    assertTrue(Chars.all(members, charClass));
    assertFalse(Chars.all(members + "\u00e9", charClass));
    assertFalse(Chars.all("", charClass));
  }

  @Test
  void tokens_are_told() {
    assertTrue(Chars.isToken("INVITE"));
    assertFalse(Chars.isToken(""));
    assertFalse(Chars.isToken("a b"));
    assertFalse(Chars.isToken("a\r\n"));
    assertFalse(Chars.isToken("\u0141")); // its low byte is an A
  }

  @Test
  void lower_case_is_that_of_ascii() {
    assertEquals(Chars.lower("AbC-1"), "abc-1");
    assertEquals(Chars.lower("\u0130\u00c9I"), "\u0130\u00c9i");
    String s = new String("abc");
    assertSame(Chars.lower(s), s);
    assertEquals(Chars.lower('Z'), 'z');
    assertEquals(Chars.lower('['), '[');
    assertEquals(Chars.lower('@'), '@');
    assertTrue(Chars.sameIgnoringCase("aZ", "Az"));
    assertFalse(Chars.sameIgnoringCase("a", "aa"));
    assertFalse(Chars.sameIgnoringCase("@", "`"));
    assertFalse(Chars.sameIgnoringCase("\u00e9", "\u00c9"));
  }

  @DataProvider
  static Object[][] unsendable() {
    return new Object[][] {
      {"", false},
      {"abc \t\u6c34", false},
      {"\ud83d\ude00", false},
      {"a\r", true},
      {"\nb", true},
      {"a\0b", true},
      {"\ud83d", true},
      {"\ude00", true},
      {"\ud83dx", true},
      {"\ude00\ud83d", true},
      {"\ud83d\ud83d\ude00", true},
    };
  }

  @Test(dataProvider = "unsendable")
  void line_breaks_nul_and_half_characters_are_told(String text, boolean told) {
    assertEquals(Chars.hasLineBreakOrNul(text), told);
  }
}
