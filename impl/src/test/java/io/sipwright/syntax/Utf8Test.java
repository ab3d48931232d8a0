package io.sipwright.syntax;

import static org.testng.Assert.assertEquals;

import java.nio.charset.StandardCharsets;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class Utf8Test {
  /** Bytes as characters of ISO-8859-1, their text, and where UTF-8 ends. */
  @DataProvider
  static Object[][] texts() {
    return new Object[][] {
      {"", "", -1},
      {"abc", "abc", -1},
      {"\u00c3\u00a9", "\u00e9", -1},
      {"\u00e6\u00b0\u00b4\u00f0\u009f\u0098\u0080", "\u6c34\ud83d\ude00", -1},
      {"\u00ef\u00bf\u00bd", "\ufffd", -1},
      {"Jos\u00e9", "Jos\u00e9", 3},
      {"\u00e9\u00e9x", "\u00e9\u00e9x", 0},
      {"\u00c3\u00a9\u00e9", "\u00e9\u00e9", 2},
      {"\u00ef\u00bf\u00bd\u00ff", "\ufffd\u00ff", 3},
      {"a\u00e6\u00b0", "a\u00e6\u00b0", 1}, // cut short
      {"\u00e6\u00b0a", "\u00e6\u00b0a", 0},
      {"\u00c0\u0080", "\u00c0\u0080", 0}, // NUL in two bytes
      {"\u00ed\u00a0\u0080", "\u00ed\u00a0\u0080", 0}, // half of a surrogate pair
      {"\u00f5\u0080\u0080\u0080", "\u00f5\u0080\u0080\u0080", 0},
    };
  }

  @Test(dataProvider = "texts")
  public void what_is_no_utf_8_is_iso_8859_1(String bytes, String text, int error) {
    byte[] b = ('(' + bytes + ')').getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(Utf8.text(b, 1, b.length - 1), text);
    assertEquals(Utf8.firstError(b, 1, b.length - 1), error < 0 ? -1 : error + 1);
    byte[] again = text.getBytes(StandardCharsets.UTF_8);
    assertEquals(Utf8.text(again, 0, again.length), text);
  }
}
