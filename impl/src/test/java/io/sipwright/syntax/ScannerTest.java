package io.sipwright.syntax;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Random;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** The rules of RFC 3261 §25.1, one by one. */
public class ScannerTest {
  /** One rule, as a function of the cursor. */
  interface Rule {
    Object read(Scanner in) throws ParseException;
  }

  private static final Rule TOKEN = Scanner::token;
  private static final Rule QUOTED = Scanner::quotedString;
  private static final Rule COMMENT = Scanner::comment;
  private static final Rule HOST = Scanner::host;
  private static final Rule PORT = Scanner::port;
  private static final Rule REST = Scanner::rest;
  private static final Rule LONG = in -> in.number(Long.MAX_VALUE);
  private static final Rule TTL = in -> in.number(255);
  private static final Rule FIVE = in -> in.number(5);
  private static final Rule CSEQ = in -> in.number((1L << 31) - 1);

  @DataProvider
  static Object[][] read() {
    return new Object[][] {
      // rule, text, what it gives, what is left
      {TOKEN, "INVITE sip", "INVITE", " sip"},
      {TOKEN, "-.!%*_+`'~aZ09(", "-.!%*_+`'~aZ09", "("},
      {TOKEN, "a\u00e9", "a", "\u00e9"},
      {TOKEN, "a\0", "a", "\0"},
      {QUOTED, "\"\"x", "", "x"},
      {QUOTED, "\"a b\";", "a b", ";"},
      {QUOTED, "\"a\\\"b\\\\\"\"", "a\"b\\", "\""},
      {QUOTED, "\"\\a\\ \"", "a ", ""},
      {QUOTED, "\"\\\0\\\u0007\"", "\0\u0007", ""},
      {QUOTED, "\"\u6c34\"", "\u6c34", ""},
      {QUOTED, "\"\\\u00e9\"", "\u00e9", ""},
      {QUOTED, "\"a\r\n b\"", "a b", ""},
      {QUOTED, "\"a \n\t b\"", "a b", ""},
      {QUOTED, "\"a\tb\"", "a\tb", ""},
      {QUOTED, "\"a\\\\\r\n b\\\"\"", "a\\ b\"", ""},
      {COMMENT, "()x", "()", "x"},
      {COMMENT, "(a (b) \\) c) d", "(a (b) \\) c)", " d"},
      {COMMENT, "(a\r\n  b)", "(a b)", ""},
      {COMMENT, "(\\()", "(\\()", ""},
      {COMMENT, "(\u6c34)", "(\u6c34)", ""},
      {HOST, "example.com:5060", "example.com", ":5060"},
      {HOST, "a_b-c.;", "a_b-c.", ";"},
      {HOST, "192.0.2.1>", "192.0.2.1", ">"},
      {HOST, "[2001:db8::1]:5060", "[2001:db8::1]", ":5060"},
      {HOST, "[::]", "[::]", ""},
      {HOST, "[fe80::1%eth0]", "[fe80::1%eth0]", ""},
      {PORT, "5060;", 5060, ";"},
      {PORT, "0", 0, ""},
      {PORT, "65535", 65535, ""},
      {PORT, "0000005060", 5060, ""},
      {REST, "  a b  ", "a b", ""},
      {REST, "", "", ""},
      {REST, " \r\n ", "", ""},
      {REST, "a\r\n b \r\n\t c\r\n", "a b c", ""},
      {REST, "a  b\tc", "a  b\tc", ""},
      {LONG, "9223372036854775807", Long.MAX_VALUE, ""},
      {LONG, "0009x", 9L, "x"},
      {CSEQ, "2147483647", (1L << 31) - 1, ""},
      {TTL, "255", 255L, ""},
      {FIVE, "5", 5L, ""},
    };
  }

  @Test(dataProvider = "read")
  void a_rule_reads_its_text_and_no_more(Rule rule, String text, Object value, String left)
      throws ParseException {
    Scanner in = new Scanner(text);
    assertEquals(rule.read(in), value);
    assertEquals(in.text(in.position(), in.limit()), left);
    // the same inside a larger array: nothing outside the range is looked at
    byte[] b = ("\"\\)x9" + text + "\"\\)x9").getBytes(StandardCharsets.UTF_8);
    Scanner inside = new Scanner(b, 5, b.length - 5);
    assertEquals(rule.read(inside), value);
    assertEquals(inside.text(inside.position(), inside.limit()), left);
  }

  @DataProvider
  static Object[][] rejected() {
    return new Object[][] {
      // rule, text, offset
      {TOKEN, "", 0},
      {TOKEN, " a", 0},
      {TOKEN, "\"a\"", 0},
      {TOKEN, "\u00e9", 0},
      {QUOTED, "", 0},
      {QUOTED, "a\"", 0},
      {QUOTED, "\"", 0},
      {QUOTED, "\"abc", 0},
      {QUOTED, "\"abc\\\"", 0},
      {QUOTED, "\"abc\\", 0},
      {QUOTED, "\"a\r\nb\"", 2},
      {QUOTED, "\"a\nb\"", 2},
      {QUOTED, "\"a\rb\"", 2},
      {QUOTED, "\"a\r\n\"", 2},
      {QUOTED, "\"a\0b\"", 2},
      {QUOTED, "\"a\\\nb\"", 3},
      {QUOTED, "\"a\\\r\n b\"", 3},
      {COMMENT, "", 0},
      {COMMENT, "a", 0},
      {COMMENT, "(", 0},
      {COMMENT, "((a)", 0},
      {COMMENT, "(a\\)", 0},
      {COMMENT, "(a\\", 0},
      {COMMENT, "(a\r\nb)", 2},
      {COMMENT, "(a\\\nb)", 3},
      {COMMENT, "(\0)", 1},
      {HOST, "", 0},
      {HOST, ":5060", 0},
      {HOST, "[", 1},
      {HOST, "[]", 0},
      {HOST, "[:]", 0},
      {HOST, "[::1", 4},
      {HOST, "[::1;]", 4},
      {PORT, "", 0},
      {PORT, "x", 0},
      {PORT, "-1", 0},
      {PORT, "65536", 0},
      {PORT, "99999999999999999999999999999999", 0},
      {LONG, "9223372036854775808", 0},
      {LONG, "99999999999999999999", 0},
      {CSEQ, "2147483648", 0},
      {TTL, "256", 0},
      {TTL, "260", 0},
      {TTL, "1000", 0},
      {FIVE, "6", 0},
      {FIVE, "9", 0},
      {FIVE, "10", 0},
      {CSEQ, "36893488147419103232", 0},
    };
  }

  @Test(dataProvider = "rejected")
  void a_broken_rule_is_rejected_with_its_offset(Rule rule, String text, int offset) {
    ParseException e = expectThrows(ParseException.class, () -> rule.read(new Scanner(text)));
    assertEquals(e.getErrorOffset(), offset, e.getMessage());
    byte[] b = ("\"\\)x9" + text + "\"\\)]9").getBytes(StandardCharsets.UTF_8);
    ParseException inside =
        expectThrows(ParseException.class, () -> rule.read(new Scanner(b, 5, b.length - 5)));
    assertEquals(inside.getErrorOffset(), offset, inside.getMessage());
  }

  @Test
  void no_bytes_whatever_lead_out_of_the_range() {
    Random random = new Random(25);
    Rule[] rules = {TOKEN, QUOTED, COMMENT, HOST, PORT, REST, LONG, Parameters::parse};
    byte[] alphabet = "\"\\()[]:;=,<> \r\n\t\0a9%*\u00e9".getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 100_000; round++) {
      byte[] b = new byte[random.nextInt(12)];
      for (int i = 0; i < b.length; i++) {
        b[i] = alphabet[random.nextInt(alphabet.length)];
      }
      Scanner in = new Scanner(b, Math.min(1, b.length), b.length);
      try {
        rules[round % rules.length].read(in);
      } catch (ParseException e) {
        assertTrue(e.getErrorOffset() >= 0 && e.getErrorOffset() <= b.length);
      }
      assertTrue(in.position() <= b.length);
    }
  }

  @Test
  void single_bytes_are_peeked_and_taken() throws ParseException {
    Scanner in = new Scanner("a\u00e9");
    assertEquals(in.peek(), 'a');
    assertEquals(in.peek(1), 0xc3);
    assertEquals(in.peek(9), -1);
    assertFalse(in.accept('b'));
    assertTrue(in.accept('a'));
    assertEquals(in.next(), 0xc3);
    assertEquals(in.next(), 0xa9);
    assertEquals(in.next(), -1);
    assertEquals(in.peek(), -1);
    assertTrue(in.atEnd());
    ParseException e = expectThrows(ParseException.class, () -> in.expect(';'));
    assertEquals(e.getErrorOffset(), 3);
  }

  @Test
  void a_separator_takes_the_white_space_round_it() {
    Scanner in = new Scanner(" \r\n\t; x");
    assertFalse(in.acceptSeparator(','));
    assertEquals(in.position(), 0);
    assertTrue(in.acceptSeparator(';'));
    assertEquals(in.peek(), 'x');
  }

  @Test
  void nothing_but_white_space_may_be_left() throws ParseException {
    new Scanner(" \r\n").expectEnd();
    ParseException e = expectThrows(ParseException.class, () -> new Scanner("  x").expectEnd());
    assertEquals(e.getErrorOffset(), 2);
  }

  @Test
  void runs_of_a_class_are_read() throws ParseException {
    Scanner in = new Scanner("12ab;");
    assertTrue(in.at(Chars.DIGIT));
    assertEquals(in.run(Chars.DIGIT, "digits"), "12");
    assertFalse(in.at(Chars.DIGIT));
    ParseException e = expectThrows(ParseException.class, () -> in.run(Chars.DIGIT, "digits"));
    assertTrue(e.getMessage().contains("digits"));
    in.skip(Chars.ALPHA);
    assertEquals(in.peek(), ';');
    in.position(0);
    assertEquals(in.peek(), '1');
  }

  @Test
  void common_words_are_one_interned_string() throws ParseException {
    for (String word : new String[] {"INVITE", "ACK", "BYE", "PRACK", "tag", "SIP", "2.0", "UDP"}) {
      assertSame(new Scanner("\"" + word + "\"").quotedString(), word.intern());
    }
    assertEquals(new Scanner("Invite").token(), "Invite");
    assertEquals(new Scanner("INVITEE").token(), "INVITEE");
    assertEquals(new Scanner("INVITF").token(), "INVITF");
    assertSame(new Scanner("x").text(0, 0), "");
  }

  @Test
  void every_common_word_is_found_and_nothing_else() {
    Random random = new Random(7);
    for (int round = 0; round < 100_000; round++) {
      byte[] b = new byte[1 + random.nextInt(12)];
      random.nextBytes(b);
      String found = CommonWords.find(b, 0, b.length);
      assertTrue(found == null || found.equals(new String(b, StandardCharsets.UTF_8)));
    }
    for (String word : new String[] {"application", "127.0.0.1", "q", "outbound", "sips"}) {
      byte[] b = ("xx" + word + "yy").getBytes(StandardCharsets.US_ASCII);
      assertSame(CommonWords.find(b, 2, b.length - 2), word.intern());
    }
  }

  @Test
  void comparison_without_case_knows_ascii_only() {
    assertTrue(Scanner.sameIgnoringCase("aB", "Ab"));
    assertTrue(Scanner.sameIgnoringCase(null, null));
    assertFalse(Scanner.sameIgnoringCase("a", null));
    assertFalse(Scanner.sameIgnoringCase(null, "a"));
    assertFalse(Scanner.sameIgnoringCase("k", "\u212a"));
  }

  @Test(timeOut = 60_000)
  void depth_and_length_cost_no_stack_and_no_more_than_linear_time() throws ParseException {
    int n = 1_000_000;
    assertEquals(new Scanner("(".repeat(n) + ")".repeat(n)).comment().length(), 2 * n);
    assertEquals(new Scanner('"' + "\\a".repeat(n) + '"').quotedString().length(), n);
    assertEquals(new Scanner("a\r\n ".repeat(n)).rest().length(), 2 * n - 1);
    expectThrows(ParseException.class, () -> new Scanner("9".repeat(n)).number(Long.MAX_VALUE));
  }

  @Test
  void an_error_says_what_and_where_and_costs_no_stack_trace() {
    SyntaxException e = new Scanner("x").error("expected y");
    assertEquals(e.getMessage(), "expected y at offset 0");
    assertEquals(e.getStackTrace().length, 0);
  }
}
