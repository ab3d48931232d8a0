package io.sipwright.javax.sip.address;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.syntax.Scanner;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import javax.sip.address.SipURI;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Addresses as they stand in header values. */
public class NameAddressTest {
  private static NameAddress address(String text) throws ParseException {
    return NameAddress.parse(new Scanner(text), new AddressModel());
  }

  @DataProvider
  static Object[][] read() {
    return new Object[][] {
      // text, display name, URI, what is left, written back
      // RFC 3261 §20
      {
        "\"A. G. Bell\" <sip:agb@bell-telephone.com> ;tag=a48s",
        "A. G. Bell",
        "sip:agb@bell-telephone.com",
        " ;tag=a48s",
        "\"A. G. Bell\" <sip:agb@bell-telephone.com>"
      },
      {
        "sip:+12125551212@server.phone2net.com;tag=887s",
        null,
        "sip:+12125551212@server.phone2net.com",
        ";tag=887s",
        "<sip:+12125551212@server.phone2net.com>"
      },
      {
        "Anonymous <sip:c8oqz84zk7z@privacy.org>;tag=hyh8",
        "Anonymous",
        "sip:c8oqz84zk7z@privacy.org",
        ";tag=hyh8",
        "\"Anonymous\" <sip:c8oqz84zk7z@privacy.org>"
      },
      {
        "\"Mr. Watson\" <mailto:watson@bell-telephone.com> ;q=0.1",
        "Mr. Watson",
        "mailto:watson@bell-telephone.com",
        " ;q=0.1",
        "\"Mr. Watson\" <mailto:watson@bell-telephone.com>"
      },
      // RFC 4475
      {
        "caller<sip:caller@example.com>;tag=323",
        "caller",
        "sip:caller@example.com",
        ";tag=323",
        "\"caller\" <sip:caller@example.com>"
      },
      {
        "\"Joe\" < sip:joe@example.org > ;x",
        "Joe",
        "sip:joe@example.org",
        " ;x",
        "\"Joe\" <sip:joe@example.org>"
      },
      {
        "\"%Z%45\" <sip:resource@example.com>",
        "%Z%45",
        "sip:resource@example.com",
        "",
        "\"%Z%45\" <sip:resource@example.com>"
      },
      {
        "\"BEL:\\\u0007 NUL:\\\u0000 DEL:\\\u007f\" <sip:a@h>",
        "BEL:\u0007 NUL:\u0000 DEL:\u007f",
        "sip:a@h",
        "",
        "\"BEL:\\\u0007 NUL:\\\u0000 DEL:\\\u007f\" <sip:a@h>"
      },
      // and further
      {"sip:a@h", null, "sip:a@h", "", "<sip:a@h>"},
      {"<sip:a@h;lr>;lr", null, "sip:a@h;lr", ";lr", "<sip:a@h;lr>"},
      {"sip:a@h,sip:b@h", null, "sip:a@h", ",sip:b@h", "<sip:a@h>"},
      {"sip:a@h?x=y", null, "sip:a@h", "?x=y", "<sip:a@h>"},
      {"sip:a@h, <sip:b@h>", null, "sip:a@h", ", <sip:b@h>", "<sip:a@h>"},
      {"<sip:a@h?x=y>", null, "sip:a@h?x=y", "", "<sip:a@h?x=y>"},
      {" \t<sip:a@h>", null, "sip:a@h", "", "<sip:a@h>"},
      {"tel:+1;tag=x", null, "tel:+1", ";tag=x", "<tel:+1>"},
      {"<tel:+1;ext=2>", null, "tel:+1;ext=2", "", "<tel:+1;ext=2>"},
      {"\"\" <sip:a@h>", "", "sip:a@h", "", "\"\" <sip:a@h>"},
      {
        "\"a \\\"b\\\" \\\\ c\"<sip:a@h>",
        "a \"b\" \\ c",
        "sip:a@h",
        "",
        "\"a \\\"b\\\" \\\\ c\" <sip:a@h>"
      },
      {"\"a\r\n b\" <sip:a@h>", "a b", "sip:a@h", "", "\"a b\" <sip:a@h>"},
      {"a  b\r\n c <sip:a@h>", "a  b c", "sip:a@h", "", "\"a  b c\" <sip:a@h>"},
      {"\"Jos\u00e9\" <sip:a@h>", "Jos\u00e9", "sip:a@h", "", "\"Jos\u00e9\" <sip:a@h>"},
      {"Jos\u00e9 <sip:a@h>", "Jos\u00e9", "sip:a@h", "", "\"Jos\u00e9\" <sip:a@h>"},
      {
        "Room 5/2 (left) <sip:a@h>",
        "Room 5/2 (left)",
        "sip:a@h",
        "",
        "\"Room 5/2 (left)\" <sip:a@h>"
      },
      {"sip:a@h <sip:a@h>", "sip:a@h", "sip:a@h", "", "\"sip:a@h\" <sip:a@h>"},
      {"* <sip:a@h>", "*", "sip:a@h", "", "\"*\" <sip:a@h>"},
    };
  }

  @Test(dataProvider = "read")
  void an_address_is_read_up_to_what_belongs_to_the_header(
      String text, String name, String uri, String left, String written) throws ParseException {
    Scanner in = new Scanner(text);
    NameAddress a = NameAddress.parse(in, new AddressModel());
    assertEquals(a.getDisplayName(), name);
    assertEquals(a.getURI().toString(), uri);
    assertEquals(in.text(in.position(), in.limit()), left);
    assertEquals(a.toString(), written);
    assertFalse(a.isWildcard());
    assertEquals(address(written), a);
  }

  @DataProvider
  static Object[][] spellings() {
    return new Object[][] {
      {"<sip:a@h>", true},
      {"\"A \\\"B\\\" \\\\ C\" <sip:a@h>", true},
      {"\"tab\tJosé\" <sip:a@h:5060;lr>", true},
      {"\"A \\? B\" <sip:a@h>", false},
      {"\"A \\\u0001\" <sip:a@h>", true},
      {"\"A \u0001\" <sip:a@h>", false},
      {"\"A \u007f\" <sip:a@h>", false},
      {"\"A\"  <sip:a@h>", false},
      {"A <sip:a@h>", false},
      {"<sip:a@h:05060>", false},
      {"<sip:a@h:0>", true},
      {"sip:a@h", false},
    };
  }

  @Test(dataProvider = "spellings")
  void it_is_written_the_same_before_and_after_somebody_asked_for_its_parts(
      String text, boolean asItCame) throws ParseException {
    NameAddress address = address(text);
    String unread = address.toString();
    assertEquals(unread.equals(text), asItCame, unread);
    NameAddress read = address(text);
    read.getURI();
    assertEquals(read.toString(), unread);
    assertEquals(address(unread).toString(), unread);
  }

  @DataProvider
  static Object[][] rejected() {
    return new Object[][] {
      // text, offset
      {"", 0},
      {"<>", 1},
      {"<", 1},
      {"a@h", 1},
      {"<a@h>", 2},
      {"<*>", 1},
      {"**", 0},
      {"<sip:a@h", 8},
      {"<sip:a@h x>", 9},
      {"<sip:a@h<sip:b@h>>", 8},
      {"\"x <sip:a@h>", 0},
      {"\"x\" sip:a@h", 4},
      {"\"x\"", 3},
      {"\"x\r\ny\" <sip:a@h>", 2},
      {"\"x\\\r\n y\" <sip:a@h>", 3},
      {"\"x\u0000\" <sip:a@h>", 2},
      {"x \"y\" <sip:a@h>", 1},
      {"Bell, Alexander <sip:a@h>", 4},
      {"x;y <sip:a@h>", 1},
      {"x\u0000y <sip:a@h>", 1},
      {"sip:a@", 6},
      {"sip:;x", 4},
    };
  }

  @Test(dataProvider = "rejected")
  void what_breaks_the_grammar_is_rejected_with_its_offset(String text, int offset) {
    ParseException e = expectThrows(ParseException.class, () -> address(text));
    assertEquals(e.getErrorOffset(), offset, e.getMessage());
  }

  @Test
  void offsets_and_ends_are_those_of_the_range() throws ParseException {
    byte[] b = "To: \"a\" <sip:a@h>, <sip:b@h>".getBytes(StandardCharsets.US_ASCII);
    Scanner in = new Scanner(b, 4, b.length);
    assertEquals(NameAddress.parse(in, new AddressModel()).toString(), "\"a\" <sip:a@h>");
    assertEquals(in.position(), 17);
    ParseException e =
        expectThrows(
            ParseException.class,
            () -> NameAddress.parse(new Scanner(b, 4, 16), new AddressModel()));
    assertEquals(e.getErrorOffset(), 12);
  }

  @DataProvider
  static Object[][] wildcards() {
    return new Object[][] {{"*", ""}, {"* ", " "}, {" *;expires=0", ";expires=0"}, {"*,", ","}};
  }

  @Test(dataProvider = "wildcards")
  void a_lone_asterisk_is_the_wildcard(String text, String left) throws ParseException {
    Scanner in = new Scanner(text);
    NameAddress a = NameAddress.parse(in, new AddressModel());
    assertTrue(a.isWildcard());
    assertEquals(((SipURI) a.getURI()).getUser(), "*");
    assertEquals(a.toString(), "*");
    assertEquals(a.getURI().toString(), "*");
    assertNull(a.getDisplayName());
    assertEquals(in.text(in.position(), in.limit()), left);
    assertEquals(a, address("*"));
    assertEquals(a.hashCode(), address("*").hashCode());
    assertEquals(a.clone(), a);
    assertNotEquals(a, address("<sip:*@h>"));
    assertNotEquals(address("<sip:*@h>"), a);
    assertFalse(address("<sip:*@h>").isWildcard());
    a.setURI(SipUriTest.uri("sip:b@h"));
    assertFalse(a.isWildcard());
    assertEquals(a.toString(), "<sip:b@h>");
  }

  @Test
  void addresses_are_equal_when_their_uris_are() throws ParseException {
    // RFC 3261 §20.20: display name and angle brackets don't affect matching
    assertEquals(address("\"A\" <sip:a@h>"), address("B <sip:a@H>"));
    assertEquals(address("sip:a@h").hashCode(), address("\"A\" <sip:a@H>").hashCode());
    assertEquals(address("sip:a@h"), address("<sip:%61@h;x>"));
    assertNotEquals(address("\"A\" <sip:a@h>"), address("\"A\" <sip:b@h>"));
    assertNotEquals(address("<tel:+1>"), address("<sip:+1@h>"));
    assertFalse(address("sip:a@h").equals(null));
    assertFalse(address("sip:a@h").equals((Object) "sip:a@h"));
    assertEquals(new NameAddress(), new NameAddress());
    assertEquals(new NameAddress().hashCode(), new NameAddress().hashCode());
    assertNotEquals(new NameAddress(), address("sip:a@h"));
    assertNotEquals(address("sip:a@h"), new NameAddress());
  }

  @Test
  void the_uri_is_the_live_object() throws ParseException {
    SipUri u = SipUriTest.uri("sip:a@h");
    NameAddress a = new NameAddress();
    a.setURI(u);
    assertSame(a.getURI(), u);
    u.setPort(5070);
    assertEquals(a.toString(), "<sip:a@h:5070>");
    expectThrows(NullPointerException.class, () -> a.setURI(null));
  }

  @Test
  void a_display_name_is_quoted_and_escaped() throws ParseException {
    NameAddress a = address("sip:a@h");
    a.setDisplayName("\"Bob\" \\ <b>");
    assertEquals(a.toString(), "\"\\\"Bob\\\" \\\\ <b>\" <sip:a@h>");
    assertEquals(address(a.toString()).getDisplayName(), "\"Bob\" \\ <b>");
    a.setDisplayName("");
    assertEquals(a.toString(), "\"\" <sip:a@h>");
    a.setDisplayName(null);
    assertEquals(a.toString(), "<sip:a@h>");
  }

  @Test
  void an_address_without_uri_says_so_without_failing() {
    NameAddress a = new NameAddress();
    assertNull(a.getURI());
    assertFalse(a.isWildcard());
    assertEquals(a.toString(), "<>");
    assertEquals(a.clone().toString(), "<>");
  }
}
