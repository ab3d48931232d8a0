package io.sipwright.javax.sip.address;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.expectThrows;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import org.testng.Assert.ThrowingRunnable;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** No setter lets a line break, a NUL or half a character onto the wire. */
public class InjectionTest {
  private static final String[] ATTACKS = {
    "x\r\nVia: SIP/2.0/UDP evil",
    "x\r\n folded",
    "\r",
    "x\n",
    "\nx",
    "a\u0000b",
    "\ud800",
    "\udc00x",
    "x\ud83dx",
  };

  interface Setter {
    void set(SipUri sip, TelUrl tel, NameAddress address, String attack) throws Exception;
  }

  @DataProvider
  static Object[][] setters() {
    return new Object[][] {
      {"setUser", (Setter) (s, t, a, x) -> s.setUser(x)},
      {"setUserPassword", (Setter) (s, t, a, x) -> s.setUserPassword(x)},
      {"setHost", (Setter) (s, t, a, x) -> s.setHost(x)},
      {"setHost of IPv6", (Setter) (s, t, a, x) -> s.setHost("::1" + x)},
      {"setTransportParam", (Setter) (s, t, a, x) -> s.setTransportParam(x)},
      {"setMethodParam", (Setter) (s, t, a, x) -> s.setMethodParam(x)},
      {"setUserParam", (Setter) (s, t, a, x) -> s.setUserParam(x)},
      {"setMAddrParam", (Setter) (s, t, a, x) -> s.setMAddrParam(x)},
      {"setParameter's name", (Setter) (s, t, a, x) -> s.setParameter(x, "v")},
      {"setParameter's value", (Setter) (s, t, a, x) -> s.setParameter("n", x)},
      {"setHeader's name", (Setter) (s, t, a, x) -> s.setHeader(x, "v")},
      {"setHeader's value", (Setter) (s, t, a, x) -> s.setHeader("n", x)},
      {"setPhoneNumber", (Setter) (s, t, a, x) -> t.setPhoneNumber("1" + x)},
      {"setPostDial", (Setter) (s, t, a, x) -> t.setPostDial(x)},
      {"setIsdnSubAddress", (Setter) (s, t, a, x) -> t.setIsdnSubAddress(x)},
      {"setPhoneContext", (Setter) (s, t, a, x) -> t.setPhoneContext(x)},
      {"tel setParameter's name", (Setter) (s, t, a, x) -> t.setParameter(x, "v")},
      {"tel setParameter's value", (Setter) (s, t, a, x) -> t.setParameter("n", x)},
      {"setDisplayName", (Setter) (s, t, a, x) -> a.setDisplayName(x)},
    };
  }

  @Test(dataProvider = "setters")
  void an_attack_is_rejected_and_changes_nothing(String name, Setter setter) throws Exception {
    SipUri sip = SipUriTest.uri("sip:a:b@h;c=d?e=f");
    TelUrl tel = (TelUrl) SipUriTest.parse("tel:+1;x=y");
    NameAddress address = new NameAddress();
    address.setURI(SipUriTest.uri("sip:a@h"));
    for (String attack : ATTACKS) {
      ThrowingRunnable set = () -> setter.set(sip, tel, address, attack);
      expectThrows(ParseException.class, set);
    }
    assertEquals(sip.toString(), "sip:a:b@h;c=d?e=f");
    assertEquals(tel.toString(), "tel:+1;x=y");
    assertEquals(address.toString(), "<sip:a@h>");
  }

  @DataProvider
  static Object[][] delimiters() {
    return new Object[][] {
      {"x>;tag=evil"}, {"x;y=z"}, {"x?y=z"}, {"x&y=z"}, {"x@evil"}, {"x y"}, {"\"x"}, {"x\\"},
      {"<x"}, {"x,y"}, {"%"}, {"x%4"}, {"\u010a\u0100"}, {"x=y"}, {"x:y"}, {"#"},
    };
  }

  @Test(dataProvider = "delimiters")
  void a_delimiter_in_a_value_stays_inside_it(String value) throws Exception {
    SipUri u = SipUriTest.uri("sip:h");
    u.setUser(value);
    u.setUserPassword(value);
    u.setParameter("p", value);
    u.setParameter("q" + value, "1");
    u.setHeader("h", value);
    NameAddress a = new NameAddress();
    a.setURI(u);
    a.setDisplayName(value);
    Object written = new AddressFactoryImpl().createAddress(a.toString());
    NameAddress back = (NameAddress) written;
    SipUri v = (SipUri) back.getURI();
    assertEquals(back.getDisplayName(), value);
    assertEquals(v.getUser(), value);
    assertEquals(v.getUserPassword(), value);
    assertEquals(v.getHost(), "h");
    assertEquals(v.getParameter("p"), value);
    assertEquals(v.getParameter("q" + value), "1");
    assertEquals(v.getHeader("h"), value);
    assertEquals(v.toString(), u.toString());
    for (byte b : a.toString().getBytes(StandardCharsets.UTF_8)) {
      assertFalse(b == '\r' || b == '\n' || b == 0);
    }
  }
}
