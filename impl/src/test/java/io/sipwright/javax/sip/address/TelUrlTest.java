package io.sipwright.javax.sip.address;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.expectThrows;

import java.text.ParseException;
import java.util.Iterator;
import java.util.StringJoiner;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** tel URIs and URIs of schemes that the stack knows nothing about. */
public class TelUrlTest {
  private static String parts(TelUrl u) {
    StringJoiner s = new StringJoiner(" | ");
    s.add((u.isGlobal() ? "global " : "local ") + u.getPhoneNumber());
    for (Iterator<String> i = u.getParameterNames(); i.hasNext(); ) {
      String name = i.next();
      s.add(";" + name + "=" + u.getParameter(name));
    }
    return s.toString();
  }

  @DataProvider
  static Object[][] read() {
    return new Object[][] {
      // text, parts, written back (null: as it came)
      // RFC 3966 §6
      {"tel:+1-201-555-0123", "global 1-201-555-0123", null},
      {"tel:7042;phone-context=example.com", "local 7042 | ;phone-context=example.com", null},
      {"tel:863-1234;phone-context=+1-914-555", "local 863-1234 | ;phone-context=+1-914-555", null},
      // and further
      {"TEL:+1", "global 1", "tel:+1"},
      {"tel:(201)555.0123", "local (201)555.0123", null},
      {"tel:*31#", "local *31#", null},
      {"tel:aBc", "local aBc", null},
      {"tel:+1;ext=12;x", "global 1 | ;ext=12 | ;x=", null},
      {"tel:+1;isub=a%3Bb", "global 1 | ;isub=a;b", null},
      {"tel:+1;isub=a?b@c,d", "global 1 | ;isub=a?b@c,d", null},
      {"tel:+1;;m-x=1;", "global 1 | ;m-x=1", "tel:+1;m-x=1"},
      {"tel:+358-555-1234567;postd=pp22", "global 358-555-1234567 | ;postd=pp22", null},
    };
  }

  @Test(dataProvider = "read")
  void parts_are_read_and_the_text_is_written_back(String text, String parts, String written)
      throws ParseException {
    TelUrl u = (TelUrl) SipUriTest.parse(text);
    assertEquals(parts(u), parts);
    assertEquals(u.toString(), written == null ? text : written);
    assertEquals(u.getScheme(), "tel");
    assertFalse(u.isSipURI());
  }

  @DataProvider
  static Object[][] rejected() {
    return new Object[][] {
      // text, offset
      {"tel:", 4},
      {"tel:+", 5},
      {"tel:+-()", 8},
      {"tel:;ext=1", 4},
      {"tel:xyz", 4},
      {"tel:12x", 6},
      {"tel:++1", 5},
      {"tel:1%32", 5},
      {"tel:1;=x", 6},
      {"tel:1;a=\"b\"", 8},
      {"tel:1 2", 6},
      {"http:", 5},
      {"urn:\u00e9", 4},
      {"urn:a<b", 5},
      {"urn:a\"b", 5},
      {"urn:a\u0000", 5},
      {"urn:a\u007f", 5},
      {"a_b:c", 1},
    };
  }

  @Test(dataProvider = "rejected")
  void what_breaks_the_grammar_is_rejected_with_its_offset(String text, int offset) {
    ParseException e = expectThrows(ParseException.class, () -> SipUriTest.parse(text));
    assertEquals(e.getErrorOffset(), offset, e.getMessage());
  }

  @Test
  void parts_are_set() throws ParseException {
    TelUrl u = new TelUrl();
    assertFalse(u.isGlobal());
    u.setPhoneNumber("1-201");
    u.setGlobal(true);
    u.setPhoneContext("example.com");
    u.setIsdnSubAddress("12;34");
    u.setPostDial("p22");
    u.setParameter("x", "a b");
    assertEquals(
        u.toString(), "tel:+1-201;isub=12%3B34;phone-context=example.com;postd=p22;x=a%20b");
    assertEquals(u.getIsdnSubAddress(), "12;34");
    assertEquals(u.getPostDial(), "p22");
    assertEquals(u.getPhoneContext(), "example.com");
    u.setPhoneContext(null);
    u.setIsdnSubAddress(null);
    u.setPostDial(null);
    u.removeParameter("X");
    u.setParameter("y", null);
    assertEquals(u.toString(), "tel:+1-201;y");
    assertNull(u.getPostDial());
    assertEquals(
        ((TelUrl) SipUriTest.parse("tel:1;postdial=w5")).getPostDial(), "w5", "another's spelling");
  }

  @Test
  void a_new_parameter_goes_where_it_belongs_and_one_that_was_there_stays() throws ParseException {
    TelUrl u = (TelUrl) SipUriTest.parse("tel:1");
    for (String name : new String[] {"z", "a", "M", "postd"}) {
      u.setParameter(name, "1");
    }
    u.setPhoneContext("+1-2");
    u.setExtension("3.4");
    assertEquals(u.toString(), "tel:1;ext=3.4;phone-context=+1-2;a=1;M=1;postd=1;z=1");
    assertEquals(u.getExtension(), "3.4");
    TelUrl read = (TelUrl) SipUriTest.parse("tel:1;z;phone-context=a.b;b=%41;ext=5");
    read.setPhoneContext("c.d");
    read.setParameter("c", "=");
    assertEquals(read.toString(), "tel:1;c=%3D;z;phone-context=c.d;b=%41;ext=5");
    read.setExtension(null);
    assertNull(read.getExtension());
  }

  @DataProvider
  static Object[][] badParameters() {
    return new Object[][] {
      {"ext", "1a"},
      {"ext", "+1"},
      {"ext", "-"},
      {"ext", ""},
      {"EXT", "x"},
      {"ext", null},
      {"phone-context", ""},
      {"phone-context", "+"},
      {"phone-context", "+x"},
      {"phone-context", "a b"},
      {"Phone-Context", "a;b"},
      {"phone-context", "[::1]"},
    };
  }

  @Test(dataProvider = "badParameters")
  void an_extension_or_context_that_is_none_is_not_set(String name, String value)
      throws ParseException {
    TelUrl u = (TelUrl) SipUriTest.parse("tel:1;ext=2;phone-context=+1");
    expectThrows(ParseException.class, () -> u.setParameter(name, value));
    assertEquals(u.toString(), "tel:1;ext=2;phone-context=+1");
  }

  @DataProvider
  static Object[][] badNumbers() {
    return new Object[][] {{"+1"}, {""}, {"-"}, {"1 2"}, {"1;x"}, {"x"}, {"1\r\n"}, {"\u0661"}};
  }

  @Test(dataProvider = "badNumbers")
  void a_number_that_is_none_is_not_set(String number) throws ParseException {
    TelUrl u = (TelUrl) SipUriTest.parse("tel:+1");
    expectThrows(ParseException.class, () -> u.setPhoneNumber(number));
    assertEquals(u.toString(), "tel:+1");
  }

  @DataProvider
  static Object[][] otherSchemes() {
    return new Object[][] {
      {"http://example.com:8080/a?b=c#d", "http"},
      {"urn:service:sos", "urn"},
      {"im:alice@example.com", "im"},
      {"nobodyKnowsThisScheme:totallyopaquecontent", "nobodyKnowsThisScheme"},
      {"soap.beep://192.0.2.103:3002", "soap.beep"},
      {"isbn:2983792873", "isbn"},
      {"sipx:a@h", "sipx"},
      {"s:a", "s"},
    };
  }

  @Test(dataProvider = "otherSchemes")
  void other_schemes_are_kept_as_their_text(String text, String scheme) throws ParseException {
    GenericUri u = (GenericUri) SipUriTest.parse(text);
    assertEquals(u.getScheme(), scheme);
    assertEquals(u.toString(), text);
    assertFalse(u.isSipURI());
  }
}
