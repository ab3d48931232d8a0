package io.sipwright.syntax;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.expectThrows;

import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What setters take. */
public class ChecksTest {
  @DataProvider
  static Object[][] hosts() {
    return new Object[][] {
      // text, host, or the offset of what makes it none
      {"example.com", "example.com"},
      {"a_b.", "a_b."},
      {"192.0.2.1", "192.0.2.1"},
      {"[::1]", "[::1]"},
      {"::1", "[::1]"},
      {"fe80::1%eth0", "[fe80::1]"},
      {"[fe80::1%eth0]", "[fe80::1]"},
      {"", 0},
      {"a b", 1},
      {"h\r\n", 1},
      {"a%41", 1},
      {"h:5060", 0},
      {"[::1", 1},
      {"::1]", 0},
      {"[]", 0},
      {"[:]", 1},
      {"[[::1]]", 1},
      {"[::1]:5060", 1},
      {"%::1", 0},
      {"[%::1]", 1},
      {"::1%", "[::1]"},
    };
  }

  @Test(dataProvider = "hosts")
  void a_host_is_a_name_or_an_address(String text, Object result) throws SyntaxException {
    if (result instanceof String host) {
      assertEquals(Checks.host(text, "host"), host);
    } else {
      SyntaxException e = expectThrows(SyntaxException.class, () -> Checks.host(text, "host"));
      assertEquals(e.getErrorOffset(), (int) result, e.getMessage());
    }
  }

  @Test
  void errors_name_the_thing_and_where_without_breaking_a_line() throws SyntaxException {
    SyntaxException e = expectThrows(SyntaxException.class, () -> Checks.text("ab\r\nc", "thing"));
    assertEquals(e.getErrorOffset(), 2);
    assertEquals(
        e.getMessage(), "thing 'ab\\r\\nc' holds CR, LF, NUL or half a surrogate pair at offset 2");
    e = expectThrows(SyntaxException.class, () -> Checks.token("a b", "thing"));
    assertEquals(e.getMessage(), "thing 'a b' is not a token at offset 1");
    e = expectThrows(SyntaxException.class, () -> Checks.token("", "thing"));
    assertEquals(e.getErrorOffset(), 0);
    e = expectThrows(SyntaxException.class, () -> Checks.text("x\ud800", "thing"));
    assertEquals(e.getErrorOffset(), 1);
    assertEquals(Checks.text("", "thing"), "");
    assertEquals(Checks.text("a \ud83d\ude00", "thing"), "a \ud83d\ude00");
    assertEquals(Checks.all("12", Chars.DIGIT, "thing", "digits"), "12");
    expectThrows(NullPointerException.class, () -> Checks.text(null, "thing"));
    expectThrows(NullPointerException.class, () -> Checks.token(null, "thing"));
    expectThrows(NullPointerException.class, () -> Checks.host(null, "thing"));
  }
}
