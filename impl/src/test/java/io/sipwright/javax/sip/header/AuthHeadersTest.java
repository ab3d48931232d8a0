package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.address.Uris;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import javax.sip.address.URI;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class AuthHeadersTest {
  @DataProvider
  public Object[][] readable() {
    return new Object[][] {
      // RFC 3261 §20.44
      {
        "WWW-Authenticate",
        "Digest realm=\"atlanta.com\", domain=\"sip:boxesbybob.com\", qop=\"auth\","
            + " nonce=\"f84f1cec\", opaque=\"\", stale=FALSE, algorithm=MD5",
        "Scheme=Digest | Realm=atlanta.com | Domain=sip:boxesbybob.com | Qop=auth | Nonce=f84f1cec"
            + " | Opaque= | Stale=false | Algorithm=MD5 | URI=null",
        null
      },
      {
        "Proxy-Authenticate",
        "digest Realm = \"a\\\"b\" ,nonce=\"n\",stale=TRUE,qop=\"auth,auth-int\"",
        "Scheme=digest | Realm=a\"b | Nonce=n | Stale=true | Qop=auth,auth-int | Opaque=null",
        "digest Realm=\"a\\\"b\", nonce=\"n\", stale=TRUE, qop=\"auth,auth-int\""
      },
      // RFC 3261 §20.7
      {
        "Authorization",
        "Digest username=\"Alice\", realm=\"atlanta.com\", nonce=\"84a4cc6f\","
            + " response=\"7587245234b3434cc3412213e5f113a5432\"",
        "Username=Alice | Realm=atlanta.com | Nonce=84a4cc6f |"
            + " Response=7587245234b3434cc3412213e5f113a5432 | NonceCount=-1 | CNonce=null |"
            + " Qop=null",
        null
      },
      {
        "Proxy-Authorization",
        "Digest username=\"bob\", uri=\"sip:a@b;x=y?z=1\", qop=auth, nc=0000000a, cnonce=\"c\","
            + " opaque=\"o\", algorithm=SHA-256, ext=\"1\"",
        "Username=bob | URI=sip:a@b;x=y?z=1 | Qop=auth | NonceCount=10 | CNonce=c | Opaque=o"
            + " | Algorithm=SHA-256",
        null
      },
      // quotes are kept as they came
      {"Authorization", "Digest qop=\"auth\", username=bob", "Qop=auth | Username=bob", null},
      // empty elements between commas
      {
        "Authorization",
        "Digest ,, username=\"bob\", ,realm=\"r\",",
        "Username=bob | Realm=r",
        "Digest username=\"bob\", realm=\"r\""
      },
      // folded over lines
      {
        "Authorization",
        "Digest username=\"bob\",\r\n\trealm=\"r\r\n  s\"",
        "Username=bob | Realm=r s",
        "Digest username=\"bob\", realm=\"r s\""
      },
      {"Authorization", "Digest uri=\"/index.html\"", "URI=null", null},
      {"Authorization", "Digest nc=7fffffff", "NonceCount=2147483647", null},
      {"Authorization", "Digest nc=ffffffff", "NonceCount=2147483647", null},
      {"Authorization", "Digest nc=1", "NonceCount=1", null},
      {"Authorization", "Digest nc=xyz", "NonceCount=-1", null},
      {"Authorization", "Digest nc=000000001", "NonceCount=-1", null},
      {"WWW-Authenticate", "Digest", "Scheme=Digest | Realm=null | Stale=false", null},
      // a NUL may stand in a quoted-pair
      {"WWW-Authenticate", "Digest realm=\"a\\\0b\"", "Realm=a\0b", null},
      // other schemes
      {"Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Scheme=Basic | Realm=null", null},
      {"Authorization", "Bearer a.b-c_d~e+f/g", "Scheme=Bearer", null},
      // no auth-param: written again it must not become a token68
      {"Authorization", "Other , c", "Scheme=Other", null},
      {
        "WWW-Authenticate",
        "Bearer realm=\"example.com\", scope=\"sip\"",
        "Scheme=Bearer | Realm=example.com",
        null
      },
      {
        "WWW-Authenticate",
        "NTLM realm=\"SIP Communications Service\", targetname=\"server.example.com\"",
        "Scheme=NTLM | Realm=SIP Communications Service",
        null
      },
      {"Authorization", "Odd one two; three=\"open", "Scheme=Odd | Realm=null", null},
      // RFC 3261 §20.6
      {
        "Authentication-Info",
        "nextnonce=\"47364c23432d2e131a5fb210812c\"",
        "NextNonce=47364c23432d2e131a5fb210812c | Qop=null | CNonce=null | NonceCount=-1 |"
            + " Response=null",
        null
      },
      {
        "Authentication-Info",
        "qop=auth,rspauth=\"aa\",cnonce=\"c\",nc=0000000F",
        "Qop=auth | Response=aa | CNonce=c | NonceCount=15",
        "qop=auth, rspauth=\"aa\", cnonce=\"c\", nc=0000000F"
      },
    };
  }

  @Test(dataProvider = "readable")
  public void reads_the_parts_and_writes_them_back(
      String name, String value, String parts, String written) throws Exception {
    HeaderTable.reads(name, value, parts, written == null ? value : written);
  }

  @DataProvider
  public Object[][] broken() {
    return new Object[][] {
      {"WWW-Authenticate", "", 0},
      {"WWW-Authenticate", "\"Digest\"", 0},
      {"WWW-Authenticate", "Digest\"x\"", 6},
      {"WWW-Authenticate", "Digest realm=", 13},
      {"WWW-Authenticate", "Digest realm=\"open", 13},
      {"WWW-Authenticate", "Digest realm=\"a\" nonce=\"b\"", 17},
      {"WWW-Authenticate", "Digest realm=\"a\", Digest realm=\"b\"", 25},
      {"Authorization", "Digest =\"a\"", 7},
      {"Authorization", "Digest username=\"a\"; realm=\"b\"", 19},
      {"Authorization", "Other a\0b=", 1},
      {"Authentication-Info", "", 0},
      {"Authentication-Info", "nextnonce=\"a\" qop=auth", 14},
    };
  }

  @Test(dataProvider = "broken")
  public void rejects_what_breaks_the_grammar(String name, String value, int offset) {
    HeaderTable.rejects(name, value, offset);
  }

  @Test
  public void challenge_is_written_with_quotes_where_rfc_3261_has_them() throws ParseException {
    WwwAuthenticate h = new WwwAuthenticate();
    h.setScheme("Digest");
    h.setRealm("r \"q\" \\");
    h.setNonce("n");
    h.setDomain("sip:x sip:y");
    h.setOpaque("");
    h.setQop("auth,auth-int");
    h.setStale(true);
    h.setAlgorithm("SHA-256");
    h.setParameter("charset", "UTF-8");
    h.setParameter("note", "two words");
    assertEquals(
        h.toString(),
        "WWW-Authenticate: Digest realm=\"r \\\"q\\\" \\\\\", nonce=\"n\", domain=\"sip:x sip:y\","
            + " opaque=\"\", qop=\"auth,auth-int\", stale=true, algorithm=SHA-256, charset=UTF-8,"
            + " note=\"two words\"\r\n");
    assertTrue(h.isStale());
    h.setStale(false);
    assertFalse(h.isStale());
  }

  @Test
  public void credentials_are_written_with_quotes_where_rfc_3261_has_them() throws ParseException {
    URI uri = Uris.parse(new Scanner("sip:bob@example.com"), HeaderModel.DEFAULT);
    Authorization h = new Authorization();
    h.setUsername("bob");
    h.setRealm("r");
    h.setNonce("n");
    h.setURI(uri);
    h.setResponse("0123");
    h.setAlgorithm("MD5");
    h.setCNonce("c");
    h.setOpaque("o");
    h.setQop("auth");
    h.setNonceCount(255);
    assertEquals(
        h.getValue(),
        "Digest username=\"bob\", realm=\"r\", nonce=\"n\", uri=\"sip:bob@example.com\","
            + " response=\"0123\", algorithm=MD5, cnonce=\"c\", opaque=\"o\", qop=auth,"
            + " nc=000000ff");
    assertEquals(h.getURI(), uri);
    assertEquals(h.getNonceCount(), 255);
    h.removeParameter("uri");
    assertNull(h.getURI());
  }

  @Test
  public void authentication_info_is_written_with_quotes_where_rfc_3261_has_them()
      throws ParseException {
    AuthenticationInfo h = new AuthenticationInfo();
    h.setNextNonce("nn");
    h.setQop("auth");
    h.setResponse("aa");
    h.setCNonce("c");
    h.setNonceCount(1);
    assertEquals(
        h.getValue(), "nextnonce=\"nn\", qop=auth, rspauth=\"aa\", cnonce=\"c\", nc=00000001");
  }

  @Test
  public void setting_a_parameter_by_name_quotes_as_its_setter_does() throws ParseException {
    ProxyAuthorization h = new ProxyAuthorization();
    h.setParameter("Realm", "r");
    h.setParameter("qop", "auth");
    h.setParameter("OPAQUE", null);
    assertEquals(h.getValue(), "Digest Realm=\"r\", qop=auth, OPAQUE=\"\"");
  }

  @Test
  public void parameter_of_another_scheme_has_its_equals_sign_even_if_empty() throws Exception {
    Authorization h = new Authorization();
    h.setScheme("Other");
    h.setParameter("flag", null);
    assertEquals(h.getValue(), "Other flag=\"\"");
    assertEquals(HeaderParser.parse("Authorization", h.getValue(), HeaderModel.DEFAULT), h);
  }

  @Test
  public void text_of_one_scheme_is_not_kept_for_another() throws Exception {
    Authorization h =
        (Authorization) HeaderParser.parse("Authorization", "Bearer abc==", HeaderModel.DEFAULT);
    h.setScheme("bearer");
    assertEquals(h.getValue(), "bearer abc==");
    h.setNonceCount(1);
    assertEquals(h.getValue(), "bearer nc=00000001");
    h.replaceValue("Bearer abc==");
    h.setScheme("Digest");
    assertEquals(h.getValue(), "Digest");
  }

  @Test
  public void values_without_quotes_must_be_tokens() {
    Authorization h = new Authorization();
    expectThrows(ParseException.class, () -> h.setQop("auth,auth-int"));
    expectThrows(ParseException.class, () -> h.setAlgorithm(""));
    expectThrows(ParseException.class, () -> h.setParameter("nc", "0 1"));
    expectThrows(ParseException.class, () -> h.setNonceCount(-1));
    expectThrows(IllegalArgumentException.class, () -> h.setScheme("Di gest"));
    assertEquals(h.getValue(), "Digest");
  }

  @Test
  public void nothing_may_be_null() {
    Authorization h = new Authorization();
    WwwAuthenticate w = new WwwAuthenticate();
    expectThrows(NullPointerException.class, () -> h.setScheme(null));
    expectThrows(NullPointerException.class, () -> h.setRealm(null));
    expectThrows(NullPointerException.class, () -> h.setUsername(null));
    expectThrows(NullPointerException.class, () -> h.setURI(null));
    expectThrows(NullPointerException.class, () -> h.setQop(null));
    expectThrows(NullPointerException.class, () -> w.setDomain(null));
    expectThrows(NullPointerException.class, () -> w.setURI(null));
    expectThrows(NullPointerException.class, () -> h.setParameter(null, "a"));
  }

  @Test
  public void equal_whatever_the_order_and_the_case_of_scheme_and_names() throws ParseException {
    SipHeader h = parse("Authorization", "Digest realm=\"r\", nonce=\"N\"");
    assertEquals(parse("Authorization", "digest NONCE=\"N\", realm=\"r\""), h);
    assertNotEquals(parse("Authorization", "Digest realm=\"r\", nonce=\"n\""), h);
    assertNotEquals(parse("Authorization", "Digest realm=\"r\""), h);
    assertNotEquals(parse("Proxy-Authorization", "Digest realm=\"r\", nonce=\"N\""), h);
    assertNotEquals(parse("Authorization", "Basic abc="), parse("Authorization", "Basic abd="));
  }

  @Test
  public void changing_a_clone_leaves_the_original_as_it_was() throws ParseException {
    Authorization h = (Authorization) parse("Authorization", "Digest realm=\"r\"");
    Authorization clone = (Authorization) h.clone();
    clone.setRealm("other");
    clone.setScheme("Other");
    assertEquals(h.getValue(), "Digest realm=\"r\"");
    assertEquals(clone.getValue(), "Other realm=\"other\"");
  }

  @Test
  public void parameter_takes_the_place_of_what_another_scheme_kept_as_text()
      throws ParseException {
    Authorization h = (Authorization) parse("Authorization", "Basic abc=");
    h.setScheme("Digest");
    h.setRealm("r");
    assertEquals(h.getValue(), "Digest realm=\"r\"");
  }

  @Test(timeOut = 10_000)
  public void cost_is_linear_in_the_number_of_parameters_and_commas() throws ParseException {
    StringBuilder many = new StringBuilder("Digest ");
    for (int i = 0; i < 200_000; i++) {
      many.append('p').append(i).append("=1,");
    }
    HeaderModel any = new HeaderModel(200_000);
    SipHeader read = HeaderParser.parse("Authorization", many.toString(), any);
    assertEquals(((Authorization) read).getParameter("p9"), "1");
    parse("Authorization", "Digest " + ",".repeat(1_000_000) + "realm=\"r\"");
  }

  private static SipHeader parse(String name, String value) throws ParseException {
    return HeaderParser.parse(name, value, HeaderModel.DEFAULT);
  }
}
