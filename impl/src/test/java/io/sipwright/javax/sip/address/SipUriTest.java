package io.sipwright.javax.sip.address;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.syntax.Scanner;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Iterator;
import java.util.StringJoiner;
import javax.sip.InvalidArgumentException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** SIP and SIPS URIs: what is read, what it says, what is written back. */
public class SipUriTest {
  private static final AddressModel MODEL = new AddressModel();

  static SipUri uri(String text) throws ParseException {
    return (SipUri) parse(text);
  }

  static AbstractUri parse(String text) throws ParseException {
    Scanner in = new Scanner(text);
    AbstractUri uri = Uris.parse(in, MODEL);
    in.expectEnd();
    return uri;
  }

  /** The parts as one line: what isn't there is left out. */
  static String parts(SipUri u) {
    StringJoiner s = new StringJoiner(" | ");
    s.add(u.getScheme());
    if (u.getUser() != null) {
      s.add("user " + u.getUser());
    }
    if (u.getUserPassword() != null) {
      s.add("password " + u.getUserPassword());
    }
    s.add("host " + u.getHost());
    if (u.getPort() != -1) {
      s.add("port " + u.getPort());
    }
    for (Iterator<String> i = u.getParameterNames(); i.hasNext(); ) {
      String name = i.next();
      s.add(";" + name + "=" + u.getParameter(name));
    }
    for (Iterator<String> i = u.getHeaderNames(); i.hasNext(); ) {
      String name = i.next();
      s.add("?" + name + "=" + u.getHeader(name));
    }
    return s.toString();
  }

  @DataProvider
  static Object[][] read() {
    return new Object[][] {
      // text, parts, written back (null: as it came)
      // RFC 3261 §19.1.3
      {"sip:alice@atlanta.com", "sip | user alice | host atlanta.com", null},
      {
        "sip:alice:secretword@atlanta.com;transport=tcp",
        "sip | user alice | password secretword | host atlanta.com | ;transport=tcp",
        null
      },
      {
        "sips:alice@atlanta.com?subject=project%20x&priority=urgent",
        "sips | user alice | host atlanta.com | ?subject=project x | ?priority=urgent",
        null
      },
      {
        "sip:+1-212-555-1212:1234@gateway.com;user=phone",
        "sip | user +1-212-555-1212 | password 1234 | host gateway.com | ;user=phone",
        null
      },
      {"sips:1212@gateway.com", "sips | user 1212 | host gateway.com", null},
      {"sip:alice@192.0.2.4", "sip | user alice | host 192.0.2.4", null},
      {
        "sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com",
        "sip | host atlanta.com | ;method=REGISTER | ?to=alice@atlanta.com",
        null
      },
      {
        "sip:alice;day=tuesday@atlanta.com", "sip | user alice;day=tuesday | host atlanta.com", null
      },
      // scheme, host and port
      {"SIP:a@H", "sip | user a | host H", "sip:a@H"},
      {"SiPs:h", "sips | host h", "sips:h"},
      {"sip:h:5060", "sip | host h | port 5060", null},
      {"sip:h:0", "sip | host h | port 0", null},
      {"sip:h:65535", "sip | host h | port 65535", null},
      {"sip:h:05060", "sip | host h | port 5060", "sip:h:5060"},
      {"sip:h.", "sip | host h.", null},
      {"sip:my_host.example.com", "sip | host my_host.example.com", null},
      {"sip:[2001:db8::10]", "sip | host [2001:db8::10]", null},
      {
        "sip:a@[2001:db8::10]:5070;lr",
        "sip | user a | host [2001:db8::10] | port 5070 | ;lr=",
        null
      },
      {"sip:[2001:db8::10:5070]", "sip | host [2001:db8::10:5070]", null},
      {"sip:[::ffff:192.0.2.128]", "sip | host [::ffff:192.0.2.128]", null},
      // user part
      {"sip:a;b?c/d&e=f+g$h,i@h", "sip | user a;b?c/d&e=f+g$h,i | host h", null},
      {"sip:-_.!~*'()@h", "sip | user -_.!~*'() | host h", null},
      {"sip:*21#@h", "sip | user *21# | host h", null},
      {"sip:#@h", "sip | user # | host h", null},
      {"sip:a:@h", "sip | user a | password  | host h", null},
      {"sip:a:%3A&=+$,@h", "sip | user a | password :&=+$, | host h", null},
      // RFC 4475 §3.1.1.3, §3.1.1.4, §3.1.1.5, §3.1.1.9: unescaped once, NUL is no end
      {
        "sip:sips%3Auser%40example.com@example.net",
        "sip | user sips:user@example.com | host example.net",
        null
      },
      {
        "sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31",
        "sip | user caller | host host5.example.net | ;lr= | ;name=value%41",
        null
      },
      {"sip:null-%00-null@h", "sip | user null-%00-null | host h", null},
      {"sip:%00@h", "sip | user %00 | host h", null},
      {"sip:%00%00@h", "sip | user %00%00 | host h", null},
      {"sip:I%20have%20spaces@h", "sip | user I have spaces | host h", null},
      {
        "sip:user;par=u%40example.net@example.com",
        "sip | user user;par=u@example.net | host example.com",
        null
      },
      {"sip:alice%2541@h", "sip | user alice%41 | host h", null},
      {"sip:jos%C3%a9@h", "sip | user jos\u00e9 | host h", null},
      {"sip:%ff%FE@h", "sip | user %ff%FE | host h", null},
      // parameters
      {"sip:h;lr", "sip | host h | ;lr=", null},
      {"sip:h;LR=on;Transport=TCP", "sip | host h | ;LR=on | ;Transport=TCP", null},
      {"sip:h;x=", "sip | host h | ;x=", null},
      {"sip:h;a=1;b=2;A=3", "sip | host h | ;a=1 | ;b=2", null},
      {"sip:h;x=[2001:db8::1]/:&+$", "sip | host h | ;x=[2001:db8::1]/:&+$", null},
      {"sip:h;rr=Zm9v==;b", "sip | host h | ;rr=Zm9v== | ;b=", null},
      {"sip:h;", "sip | host h", "sip:h"},
      {"sip:h;;lr;", "sip | host h | ;lr=", "sip:h;lr"},
      {"sip:h;;?a=b", "sip | host h | ?a=b", "sip:h?a=b"},
      {"sip:h;maddr=239.255.255.1;ttl=15", "sip | host h | ;maddr=239.255.255.1 | ;ttl=15", null},
      // headers
      {"sip:h?a=&b=", "sip | host h | ?a= | ?b=", null},
      {"sip:h?Route=%3Csip:b;lr%3E", "sip | host h | ?Route=<sip:b;lr>", null},
      {
        "sip:a@h?to=sip:bob@biloxi.com;x,y=z",
        "sip | user a | host h | ?to=sip:bob@biloxi.com;x,y=z",
        null
      },
      // the grammar allows '?' in a user part, and '@' nowhere but behind it
      {"sip:h?to=b@i", "sip | user h?to=b | host i", null},
      {"sip:a@h?body=a%0D%0Ab", "sip | user a | host h | ?body=a%0D%0Ab", null},
      {"sip:h;p=1?h=2", "sip | host h | ;p=1 | ?h=2", null},
    };
  }

  @Test(dataProvider = "read")
  void parts_are_read_and_the_text_is_written_back(String text, String parts, String written)
      throws ParseException {
    SipUri u = uri(text);
    assertEquals(parts(u), parts);
    assertEquals(u.toString(), written == null ? text : written);
    assertEquals(uri(u.toString()), u);
  }

  @DataProvider
  static Object[][] rejected() {
    return new Object[][] {
      // text, offset
      {"", 0},
      {"sip", 3},
      {"alice@h", 5},
      {":h", 0},
      {"5ip:h", 0},
      {"<sip:h>", 0},
      {"sip:", 4},
      {"sip:@h", 4},
      {"sip::pw@h", 4},
      {"sip:a@", 6},
      {"sip:a@@h", 6},
      {"sip:a@b@h", 7},
      {"sip:h:", 6},
      {"sip:h:x", 6},
      {"sip:h:65536", 6},
      {"sip:h:99999999999999999999999", 6},
      {"sip:h:-1", 6},
      {"sip:2001:db8::10", 9},
      {"sip:[2001:db8::10", 17},
      {"sip:[]", 4},
      {"sip:a%@h", 5},
      {"sip:a%4@h", 5},
      {"sip:a%zz@h", 5},
      {"sip:a\"b@h", 5},
      {"sip:a[b@h", 5},
      {"sip:a:b:c@h", 7},
      {"sip:jos\u00e9@h", 7},
      {"sip:a b@h", 6},
      {"sip:a@h%20", 7},
      {"sip:a@h/x", 7},
      {"sip:a@h,sip:b@h", 7},
      {"sip:h;=x", 6},
      {"sip:h;a=\"q\"", 8},
      {"sip:h;a=%0", 8},
      {"sip:h;a,b", 7},
      {"sip:h?", 6},
      {"sip:h?a", 7},
      {"sip:h?a=1&", 10},
      {"sip:h?=1", 6},
      {"sip:h?a=\"", 8},
      {"sip:h; lr", 7},
      {"sip:a\u0000b@h", 5},
      {"sip:a@h\u0000", 7},
      {"sip:a\r\nVia: x@h", 7},
      {"sip:h;a=b\r\nVia:", 11},
    };
  }

  @Test(dataProvider = "rejected")
  void what_breaks_the_grammar_is_rejected_with_its_offset(String text, int offset) {
    ParseException e = expectThrows(ParseException.class, () -> parse(text));
    assertEquals(e.getErrorOffset(), offset, e.getMessage());
  }

  @Test
  void reading_starts_and_ends_within_the_range_of_the_cursor() throws ParseException {
    byte[] b = "xx<sip:a@h;lr>;tag=1".getBytes(StandardCharsets.US_ASCII);
    Scanner in = new Scanner(b, 3, b.length);
    assertEquals(Uris.parse(in, MODEL).toString(), "sip:a@h;lr");
    assertEquals(in.position(), 13);
    assertEquals(Uris.parse(new Scanner(b, 3, 10), MODEL).toString(), "sip:a@h");
    Scanner cut = new Scanner(b, 3, 9);
    ParseException e = expectThrows(ParseException.class, () -> Uris.parse(cut, MODEL));
    assertEquals(e.getErrorOffset(), 6);
  }

  @Test
  void typed_parameters_are_read() throws Exception {
    SipUri u = uri("sip:h;Transport=TCP;ttl=15;method=INVITE;user=phone;maddr=1.2.3.4;LR");
    assertEquals(u.getTransportParam(), "TCP");
    assertEquals(u.getTTLParam(), 15);
    assertEquals(u.getMethodParam(), "INVITE");
    assertEquals(u.getUserParam(), "phone");
    assertEquals(u.getMAddrParam(), "1.2.3.4");
    assertTrue(u.hasLrParam());
    SipUri bare = uri("sip:h");
    assertNull(bare.getTransportParam());
    assertEquals(bare.getTTLParam(), -1);
    assertFalse(bare.hasLrParam());
    assertEquals(uri("sip:h;ttl=256").getTTLParam(), -1);
    assertEquals(uri("sip:h;ttl=x").getTTLParam(), -1);
    assertEquals(uri("sip:h;ttl").getTTLParam(), -1);
  }

  @Test
  void typed_parameters_are_set() throws Exception {
    SipUri u = uri("sip:h");
    u.setTransportParam("TCP");
    u.setTTLParam(15);
    u.setMethodParam("INVITE");
    u.setUserParam("phone");
    u.setMAddrParam("::1");
    u.setLrParam();
    u.setLrParam();
    assertEquals(
        u.toString(), "sip:h;transport=tcp;ttl=15;method=INVITE;user=phone;maddr=[::1];lr");
    u.setTTLParam(-1);
    u.setMethodParam(null);
    u.setUserParam(null);
    assertEquals(u.toString(), "sip:h;transport=tcp;maddr=[::1];lr");
    expectThrows(InvalidArgumentException.class, () -> u.setTTLParam(256));
    expectThrows(InvalidArgumentException.class, () -> u.setTTLParam(-2));
    expectThrows(NullPointerException.class, () -> u.setTransportParam(null));
    expectThrows(NullPointerException.class, () -> u.setMAddrParam(null));
  }

  @Test
  void a_parameter_that_is_set_keeps_its_place_and_stands_once() throws Exception {
    SipUri u = uri("sip:h;a=1;B=2;b=3;c");
    u.setParameter("b", "x y");
    assertEquals(u.toString(), "sip:h;a=1;b=x%20y;c");
    u.setParameter("a", null);
    u.setParameter("c", "");
    u.setParameter("d", "[::1]");
    assertEquals(u.toString(), "sip:h;a;b=x%20y;c;d=[::1]");
    u.removeParameter("A");
    u.removeParameter("nothing");
    assertEquals(u.toString(), "sip:h;b=x%20y;c;d=[::1]");
    u.removeParameter("d");
    u.removeParameter("b");
    u.removeParameter("c");
    assertEquals(u.toString(), "sip:h");
    assertFalse(u.getParameterNames().hasNext());
  }

  @Test
  void an_escaped_parameter_name_is_the_name_it_stands_for() throws Exception {
    SipUri u = uri("sip:h;%6C%72;%74tl=3");
    assertTrue(u.hasLrParam());
    assertEquals(u.getTTLParam(), 3);
    u.removeParameter("lr");
    u.setTTLParam(4);
    assertEquals(u.toString(), "sip:h;ttl=4");
  }

  @Test
  void headers_are_set_and_taken_away() throws Exception {
    SipUri u = uri("sip:h?a=1&Subject=x");
    u.setHeader("subject", "100% & more");
    u.setHeader("Replaces", "id%40host%3Bto-tag%3D1");
    assertEquals(
        u.toString(), "sip:h?a=1&subject=100%25%20%26%20more&Replaces=id%40host%3Bto-tag%3D1");
    assertEquals(u.getHeader("SUBJECT"), "100% & more");
    assertEquals(u.getHeader("replaces"), "id@host;to-tag=1");
    u.setHeader("a", null);
    assertEquals(u.getHeader("a"), "");
    u.removeHeader("subject");
    u.removeHeader("Replaces");
    assertEquals(u.toString(), "sip:h?a=");
    u.removeHeaders();
    assertEquals(u.toString(), "sip:h");
    assertNull(u.getHeader("a"));
  }

  @DataProvider
  static Object[][] users() {
    return new Object[][] {
      // set, written, what is got
      {"alice", "alice", "alice"},
      {"j@s0n", "j%40s0n", "j@s0n"},
      {"a b", "a%20b", "a b"},
      {"a:b", "a%3Ab", "a:b"},
      {"a;b=c", "a;b=c", "a;b=c"},
      {"*21#", "*21%23", "*21#"},
      {"jos\u00e9", "jos%C3%A9", "jos\u00e9"},
      {"\ud83d\ude00", "%F0%9F%98%80", "\ud83d\ude00"},
      {"50%", "50%25", "50%"},
      {"50%off", "50%25off", "50%off"},
      {"a\tb", "a%09b", "a%09b"},
      // escaped beforehand: stays
      {"j%40s0n", "j%40s0n", "j@s0n"},
      {"jos%C3%A9", "jos%C3%A9", "jos\u00e9"},
      {"%00", "%00", "%00"},
      // nobody escapes a letter: a plain percent sign
      {"alice%41", "alice%2541", "alice%41"},
    };
  }

  @Test(dataProvider = "users")
  void a_user_is_escaped_where_it_must(String set, String written, String got) throws Exception {
    SipUri u = uri("sip:h");
    u.setUser(set);
    assertEquals(u.toString(), "sip:" + written + "@h");
    assertEquals(u.getUser(), got);
    SipUri copy = uri("sip:h");
    copy.setUser(u.getUser());
    assertEquals(copy.toString(), u.toString());
  }

  @Test
  void no_user_means_no_password() throws Exception {
    SipUri u = uri("sip:a:p@h");
    u.setUser(null);
    assertEquals(u.toString(), "sip:h");
    expectThrows(ParseException.class, () -> u.setUserPassword("p"));
    u.setUser("b");
    u.setUserPassword("p:@");
    assertEquals(u.toString(), "sip:b:p%3A%40@h");
    u.setUserPassword("");
    assertEquals(u.toString(), "sip:b:@h");
    u.setUserPassword(null);
    assertEquals(u.toString(), "sip:b@h");
    u.setUser("");
    assertEquals(u.toString(), "sip:h");
  }

  @DataProvider
  static Object[][] hosts() {
    return new Object[][] {
      // set, host (null: rejected)
      {"example.com", "example.com"},
      {"Example.COM.", "Example.COM."},
      {"a_b", "a_b"},
      {"192.0.2.1", "192.0.2.1"},
      {"::1", "[::1]"},
      {"[::1]", "[::1]"},
      {"fe80:0:0:0:0:0:0:1%eth0", "[fe80:0:0:0:0:0:0:1]"},
      {"[fe80::1%1]", "[fe80::1]"},
      {"", null},
      {"h:5060", null},
      {"h;lr", null},
      {"a@h", null},
      {"h ", null},
      {"h/x", null},
      {"h>", null},
      {"jos\u00e9.es", null},
      {"[::1", null},
      {"::1]", null},
      {"[[::1]]", null},
      {"[h]", null},
      {"1:2:3", null},
      {"[::1]:5060", null},
    };
  }

  @Test(dataProvider = "hosts")
  void a_host_is_a_name_or_an_address(String set, String host) throws Exception {
    SipUri u = uri("sip:a@old");
    if (host == null) {
      expectThrows(ParseException.class, () -> u.setHost(set));
      expectThrows(ParseException.class, () -> u.setMAddrParam(set));
      assertEquals(u.toString(), "sip:a@old");
    } else {
      u.setHost(set);
      assertEquals(u.getHost(), host);
      u.setMAddrParam(set);
      assertEquals(u.toString(), "sip:a@" + host + ";maddr=" + host);
    }
  }

  @Test
  void a_port_is_in_its_range() throws Exception {
    SipUri u = uri("sip:h");
    u.setPort(5070);
    assertEquals(u.toString(), "sip:h:5070");
    expectThrows(IllegalArgumentException.class, () -> u.setPort(65536));
    expectThrows(IllegalArgumentException.class, () -> u.setPort(-2));
    assertEquals(u.getPort(), 5070);
    u.setPort(-1);
    assertEquals(u.toString(), "sip:h");
    u.setPort(1);
    u.removePort();
    assertEquals(u.toString(), "sip:h");
    expectThrows(IllegalArgumentException.class, () -> u.setHost(null));
  }

  @Test
  void secure_is_the_scheme() throws Exception {
    SipUri u = uri("sip:h");
    assertFalse(u.isSecure());
    assertTrue(u.isSipURI());
    u.setSecure(true);
    assertEquals(u.getScheme(), "sips");
    assertEquals(u.toString(), "sips:h");
    assertTrue(uri("sips:h").isSecure());
  }

  @Test(timeOut = 60_000)
  void cost_grows_with_the_length_and_no_faster() throws Exception {
    int n = 200_000;
    StringBuilder sb = new StringBuilder("sip:").append("%25".repeat(n)).append("@h");
    for (int i = 0; i < n; i++) {
      sb.append(";p").append(i);
    }
    String text = sb.append("?a=").append("b".repeat(n)).toString();
    SipUri u = uri(text);
    assertEquals(u.getUser(), "%".repeat(n));
    assertNotEquals(uri(text + "&z=1"), u);
    assertEquals(uri(text.replace(";p0;", ";P0;")), u);
    assertEquals(u.getParameter("p" + (n - 1)), "");
    u.getParameterNames();
    u.removeParameter("p7");
    u.setParameter("p8", "x");
    assertEquals(uri("sip:h;" + ";a".repeat(n)).toString().length(), 5 + 2 * n);
  }
}
