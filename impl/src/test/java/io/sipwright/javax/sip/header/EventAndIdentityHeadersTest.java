package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.header.ReferEventsAtHeader;
import io.sipwright.header.SessionIdHeader;
import io.sipwright.javax.sip.address.AddressFactoryImpl;
import java.text.ParseException;
import java.util.List;
import javax.sip.address.URI;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * Suppress-If-Match, Info-Package, Recv-Info, Refer-Events-At; Identity, Identity-Info, Session-ID
 * and User-to-User.
 */
public class EventAndIdentityHeadersTest {
  private static final String A = "ab30317f1a784dc48ff824d0d3715d86";
  private static final String B = "47755a9de7794ba387653f2099600ef2";

  @DataProvider
  static Object[][] values() {
    return new Object[][] {
      // name, value, parts, written back
      {"Suppress-If-Match", "b4cf7", "ETag=b4cf7 | Any=false", "b4cf7"},
      {"suppress-if-match", " * ", "ETag=* | Any=true", "*"},
      {
        "Info-Package",
        "EmergencyCallData.eCall.MSD",
        "InfoPackage=EmergencyCallData.eCall.MSD",
        "EmergencyCallData.eCall.MSD"
      },
      {"info-package", "foo ; a = b;c", "InfoPackage=foo | a=b | c=", "foo;a=b;c"},
      {"Recv-Info", "P", "InfoPackage=P", "P"},
      {"Recv-Info", "", "InfoPackage=", ""},
      {"Recv-Info", " \r\n ", "InfoPackage=", ""},
      {"RECV-INFO", "g.3gpp.x;a=\"b c\"", "InfoPackage=g.3gpp.x | a=b c", "g.3gpp.x;a=\"b c\""},
      {
        "Refer-Events-At",
        "<sips:vPT3izGmo8NTxaPADRZvEAY22BKx@example.com;gr>;x=y",
        "EventsUri=sips:vPT3izGmo8NTxaPADRZvEAY22BKx@example.com;gr | x=y",
        "<sips:vPT3izGmo8NTxaPADRZvEAY22BKx@example.com;gr>;x=y"
      },
      // RFC 8224 §4.1
      {
        "Identity",
        "eyJhbGci.eyJkZXN0.rq3pjT1h-Wn_h0;info=<https://biloxi.example.org/biloxi.cert>",
        "SignedIdentityDigest=eyJhbGci.eyJkZXN0.rq3pjT1h-Wn_h0 | CompactForm=false"
            + " | Info=https://biloxi.example.org/biloxi.cert | Algorithm=null | PassportType=null",
        "eyJhbGci.eyJkZXN0.rq3pjT1h-Wn_h0;info=<https://biloxi.example.org/biloxi.cert>"
      },
      {
        "y",
        "..rq3pjT1h\r\n Wn0 ; alg=ES256; info = <https://a.example/b;c>;ppt=\"shaken\";x",
        "SignedIdentityDigest=..rq3pjT1hWn0 | CompactForm=true | Info=https://a.example/b;c"
            + " | Algorithm=ES256 | PassportType=shaken | x=",
        "..rq3pjT1hWn0;info=<https://a.example/b;c>;alg=ES256;ppt=\"shaken\";x"
      },
      {
        "Identity",
        "\"CyI4+nAkHrH3ntmaxgr01TMx/w==\"",
        "SignedIdentityDigest=CyI4+nAkHrH3ntmaxgr01TMx/w== | Info=null",
        "\"CyI4+nAkHrH3ntmaxgr01TMx/w==\""
      },
      {"Identity", "a.b.c;infos=x", "Info=null | infos=x", "a.b.c;infos=x"},
      {"Identity", "a.b.c;info=x", "Info=null | info=x", "a.b.c;info=x"},
      {
        "Identity-Info",
        "<https://example.com/cert>;alg=rsa-sha1",
        "Info=https://example.com/cert | Algorithm=rsa-sha1",
        "<https://example.com/cert>;alg=rsa-sha1"
      },
      {"n", "https://h/c;x=y", "Info=https://h/c | Algorithm=null", "<https://h/c>;x=y"},
      {
        "Session-ID",
        A + " ;remote=" + B,
        "LocalUuid=" + A + " | RemoteUuid=" + B + " | LogMe=false",
        A + ";remote=" + B
      },
      {
        "SESSION-ID",
        A.toUpperCase(java.util.Locale.ROOT) + ";remote=" + SessionIdHeader.NIL + ";logme",
        "LocalUuid=" + A + " | RemoteUuid=" + SessionIdHeader.NIL + " | LogMe=true",
        A + ";remote=" + SessionIdHeader.NIL + ";logme"
      },
      {"Session-ID", A, "LocalUuid=" + A + " | RemoteUuid=null", A},
      {"Session-ID", A + ";remote=1;x=y", "RemoteUuid=null | x=y", A + ";remote=1;x=y"},
      {
        "User-to-User",
        "56a390f3d2b7310023a2;encoding=hex;purpose=foo;content=bar",
        "Data=56a390f3d2b7310023a2 | Encoding=hex | Purpose=foo | Content=bar",
        "56a390f3d2b7310023a2;encoding=hex;purpose=foo;content=bar"
      },
      {
        "user-to-user",
        "\"a \\\"b\\\"\";x",
        "Data=a \"b\" | Encoding=null | x=",
        "\"a \\\"b\\\"\";x"
      },
      {"User-to-User", "\"token\"", "Data=token", "\"token\""},
    };
  }

  @Test(dataProvider = "values")
  public void value_is_read_and_written_back(
      String name, String value, String parts, String written) throws Exception {
    HeaderTable.reads(name, value, parts, written);
  }

  @DataProvider
  static Object[][] broken() {
    return new Object[][] {
      // name, value, offset
      {"Suppress-If-Match", "", 0},
      {"Suppress-If-Match", "a b", 2},
      {"Suppress-If-Match", "\"a\"", 0},
      {"Info-Package", "", 0},
      {"Info-Package", "a, b", 1},
      {"Info-Package", "a;", 2},
      {"Recv-Info", ";a", 0},
      {"Recv-Info", "a;b c", 4},
      {"Refer-Events-At", "sip:wsXa9mkHtPcGu8@example.com", 0},
      {"Refer-Events-At", "<https://a.example>", 1},
      {"Refer-Events-At", "<sip:a@b", 8},
      {"Identity", "", 0},
      {"Identity", ";info=<https://a>", 0},
      {"Identity", "a.b;info=<https://a", 19},
      {"Identity", "a.b;info=<>", 10},
      {"Identity", "a.b|c", 3},
      {"Identity", "\"a", 0},
      {"Identity", "a;info=<https://a>;", 19},
      {"Identity-Info", "", 0},
      {"Identity-Info", "<https://a", 10},
      {"Session-ID", "", 0},
      {"Session-ID", A.substring(1), 31},
      {"Session-ID", A + "0", 33},
      {"Session-ID", A + "g", 32},
      {"Session-ID", "ab30317f-1a78-4dc4-8ff8-24d0d3715d86", 8},
      {"Session-ID", A + " " + B, 33},
      {"User-to-User", "", 0},
      {"User-to-User", "a b", 2},
      {"User-to-User", "\"a", 0},
    };
  }

  @Test(dataProvider = "broken")
  public void broken_value_is_refused_with_its_offset(String name, String value, int offset) {
    HeaderTable.rejects(name, value, offset);
  }

  @Test
  public void packages_compare_byte_by_byte_and_without_their_parameters() throws Exception {
    InfoPackage foo = HeaderTable.header(InfoPackage.class, "Info-Package", "foo;a=b");
    assertEquals(HeaderTable.header(InfoPackage.class, "Info-Package", "foo"), foo);
    assertNotEquals(HeaderTable.header(InfoPackage.class, "Info-Package", "Foo;a=b"), foo);
    assertNotEquals(HeaderTable.header(RecvInfo.class, "Recv-Info", "foo"), foo);
    assertEquals(HeaderParser.parseList("Recv-Info", "P, R;x", HeaderModel.DEFAULT).size(), 2);
    RecvInfo none = new RecvInfo();
    none.setInfoPackage("P");
    none.setInfoPackage("");
    assertEquals(none.toString(), "Recv-Info: \r\n");
    expectThrows(ParseException.class, () -> foo.setInfoPackage(""));
    expectThrows(ParseException.class, () -> none.setInfoPackage("a b"));
    assertNotEquals(
        HeaderTable.header(SuppressIfMatch.class, "Suppress-If-Match", "A"),
        HeaderTable.header(SuppressIfMatch.class, "Suppress-If-Match", "a"));
  }

  @Test
  public void events_of_a_refer_are_at_a_sip_uri() throws Exception {
    ReferEventsAt at = HeaderTable.header(ReferEventsAt.class, "Refer-Events-At", "<sip:a@b;gr>");
    URI http = new AddressFactoryImpl().createURI("http://a.example");
    expectThrows(IllegalArgumentException.class, () -> at.setEventsUri(http));
    URI sips = new AddressFactoryImpl().createURI("sips:c@d");
    at.setEventsUri(sips);
    assertSame(at.getEventsUri(), sips);
    assertEquals(at.getValue(), "<sips:c@d>");
    assertEquals(ReferEventsAtHeader.EXPLICIT_SUBSCRIPTION, "explicitsub");
    assertEquals(ReferEventsAtHeader.NO_SUBSCRIPTION, "nosub");
  }

  @Test
  public void parts_of_an_identity_are_set() throws Exception {
    Identity h = HeaderTable.header(Identity.class, "Identity", "\"abc=\";alg=x");
    h.setSignedIdentityDigest("..a-b_c");
    h.setInfo(new AddressFactoryImpl().createURI("https://h/c"));
    h.setAlgorithm("ES256");
    h.setPassportType("shaken");
    assertEquals(h.getValue(), "..a-b_c;info=<https://h/c>;alg=ES256;ppt=shaken");
    for (String bad : List.of("", "a b", "a\"", "a;b", "a,b")) {
      expectThrows(ParseException.class, () -> h.setSignedIdentityDigest(bad));
    }
    expectThrows(ParseException.class, () -> h.setParameter("info", "x"));
    expectThrows(ParseException.class, () -> h.setParameter("ALG", "a b"));
    Identity copy = h.clone();
    assertNotSame(copy.getInfo(), h.getInfo());
    assertEquals(copy, h);
  }

  @Test
  public void several_identities_stand_in_fields_of_their_own() {
    HeaderTable.rejects("Identity", "a.b.c;info=<https://a>, d.e.f;info=<https://b>", 22);
    assertEquals(HeaderType.IDENTITY.shape(), HeaderType.Shape.REPEATED);
  }

  @Test
  public void parts_of_a_session_id_are_set() throws Exception {
    SessionId h = new SessionId();
    assertEquals(h.getValue(), SessionIdHeader.NIL);
    h.setLocalUuid(A.toUpperCase(java.util.Locale.ROOT));
    h.setRemoteUuid(B);
    h.setLogMe(true);
    h.setLogMe(true);
    assertEquals(h.getValue(), A + ";remote=" + B + ";logme");
    h.setLogMe(false);
    assertFalse(h.isLogMe());
    for (String bad : List.of("", "1", A + "0", A.substring(1) + "g", A.substring(1) + "\u0661")) {
      expectThrows(ParseException.class, () -> h.setLocalUuid(bad));
      expectThrows(ParseException.class, () -> h.setRemoteUuid(bad));
      expectThrows(ParseException.class, () -> h.setParameter("Remote", bad));
    }
    assertEquals(h.getValue(), A + ";remote=" + B);
  }

  @Test
  public void bytes_of_user_data_are_hexadecimal_digits() throws Exception {
    UserToUser h = HeaderTable.header(UserToUser.class, "User-to-User", "00fFa1;encoding=HEX");
    assertEquals(h.getBytes(), new byte[] {0, -1, (byte) 0xa1});
    h.setBytes(new byte[] {4, -128});
    assertEquals(h.getValue(), "0480;encoding=hex");
    for (String other : List.of("0", "0g", "00;encoding=base64", "\"a b\"")) {
      assertNull(HeaderTable.header(UserToUser.class, "User-to-User", other).getBytes(), other);
    }
    assertTrue(HeaderTable.header(UserToUser.class, "User-to-User", "00").getBytes() != null);
    assertEquals(
        HeaderParser.parseList("User-to-User", "a;purpose=b, \"c,d\"", HeaderModel.DEFAULT).size(),
        2);
  }
}
