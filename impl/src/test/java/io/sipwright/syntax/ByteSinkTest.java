package io.sipwright.syntax;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertSame;

import java.nio.charset.StandardCharsets;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** The buffer that messages are encoded into. */
public class ByteSinkTest {
  @Test
  void what_is_put_comes_out_in_order() {
    ByteSink out = new ByteSink(0);
    byte[] some = "xxSIPyy".getBytes(StandardCharsets.US_ASCII);
    out.put(some, 2, 5).put('/').put("2.0").put(' ').put(200L).put(' ').put("\u6c34").crlf();
    assertEquals(out.toString(), "SIP/2.0 200 \u6c34\r\n");
    assertEquals(out.toBytes(), "SIP/2.0 200 \u6c34\r\n".getBytes(StandardCharsets.UTF_8));
    assertEquals(out.length(), out.toBytes().length);
    byte[] array = out.array();
    out.clear();
    assertEquals(out.length(), 0);
    assertEquals(out.toBytes(), new byte[0]);
    assertSame(out.put("x").array(), array);
  }

  @DataProvider
  static Object[][] numbers() {
    return new Object[][] {
      {0L}, {9L}, {10L}, {-1L}, {65535L}, {Long.MAX_VALUE}, {Long.MIN_VALUE},
    };
  }

  @Test(dataProvider = "numbers")
  void numbers_are_decimal(long n) {
    assertEquals(new ByteSink().put(n).toString(), Long.toString(n));
  }

  @Test
  void text_of_any_length_and_letters_fits() {
    ByteSink out = new ByteSink(1);
    String text = "a\u00e9\u6c34\ud83d\ude00".repeat(1000);
    for (int i = 0; i < 100; i++) {
      out.put(text);
    }
    assertEquals(out.toString(), text.repeat(100));
  }

  @Test
  void a_character_is_never_cut_to_another() {
    // the low bytes of these are LF, CR and NUL
    ByteSink out = new ByteSink().put('\u010a').put('\u010d').put('\u0100').put('\u00e9');
    assertEquals(out.toString(), "\u010a\u010d\u0100\u00e9");
  }

  @DataProvider
  static Object[][] quoted() {
    return new Object[][] {
      {"", "\"\""},
      {"abc", "\"abc\""},
      {"a\"b\\c", "\"a\\\"b\\\\c\""},
      {"\"", "\"\\\"\""},
      {"\\", "\"\\\\\""},
      {"a\tb", "\"a\tb\""},
      {"\0\u0007\u007f", "\"\\\0\\\u0007\\\u007f\""},
      {"\u6c34\"", "\"\u6c34\\\"\""},
      {"a\r\nb", "\"a  b\""},
    };
  }

  @Test(dataProvider = "quoted")
  void quoted_strings_are_escaped(String text, String written) throws SyntaxException {
    ByteSink out = new ByteSink().putQuoted(text);
    assertEquals(out.toString(), written);
    Scanner in = new Scanner(out.toString());
    assertEquals(in.quotedString(), text.replace('\r', ' ').replace('\n', ' '));
    in.expectEnd();
  }
}
