package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.header.PrivacyHeader;
import io.sipwright.header.SecurityServerHeader;
import java.text.ParseException;
import java.util.List;
import javax.sip.InvalidArgumentException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Privacy, asserted identities, Path and Service-Route, security mechanisms, authorized media. */
public class IdentityHeadersTest {
  @DataProvider
  static Object[][] values() {
    return new Object[][] {
      // name, value, parts, written back
      {"Privacy", "id", "Privacy=id | PrivacyValues=[id]", "id"},
      {
        "privacy",
        " user ;\r\n id;critical",
        "PrivacyValues=[user, id, critical]",
        "user;id;critical"
      },
      {"Privacy", "user, id", "Privacy=user;id", "user;id"},
      {"Privacy", "id;ID;history", "Privacy=id;history", "id;history"},
      {"Privacy", "none;id", "Privacy=none;id", "none;id"},
      {
        "P-Asserted-Identity",
        "\"Cullen Jennings\" <sip:fluffy@cisco.com>",
        "Address=\"Cullen Jennings\" <sip:fluffy@cisco.com>",
        "\"Cullen Jennings\" <sip:fluffy@cisco.com>"
      },
      {
        "P-Asserted-Identity",
        "tel:+14085264000",
        "Address=<tel:+14085264000>",
        "<tel:+14085264000>"
      },
      {
        "p-asserted-identity",
        "<sip:+1@a.example;user=phone>;x=y",
        "x=y",
        "<sip:+1@a.example;user=phone>;x=y"
      },
      {
        "P-Preferred-Identity",
        "\"Cullen Jennings\" <sip:fluffy@cisco.com>",
        "Address=\"Cullen Jennings\" <sip:fluffy@cisco.com>",
        "\"Cullen Jennings\" <sip:fluffy@cisco.com>"
      },
      {"P-Preferred-Identity", "sip:a@b", "Address=<sip:a@b>", "<sip:a@b>"},
      {
        "Path",
        "<sip:P1.EXAMPLEVISITED.COM;lr>",
        "Address=<sip:P1.EXAMPLEVISITED.COM;lr>",
        "<sip:P1.EXAMPLEVISITED.COM;lr>"
      },
      {"Path", "<sip:a;lr;ob>;foo=bar", "foo=bar", "<sip:a;lr;ob>;foo=bar"},
      {
        "Service-Route",
        "<sip:HSP.HOME.EXAMPLE.COM;lr>",
        "Address=<sip:HSP.HOME.EXAMPLE.COM;lr>",
        "<sip:HSP.HOME.EXAMPLE.COM;lr>"
      },
      {
        "Security-Client",
        "digest",
        "Mechanism=digest | QValue=-1.0 | DigestAlgorithm=null",
        "digest"
      },
      {"Security-Server", "tls ; q=0.2", "Mechanism=tls | QValue=0.2", "tls;q=0.2"},
      {
        "Security-Verify",
        "digest;d-alg=MD5;d-qop=auth;d-ver=\"0000000000000000000000000000a902\"",
        "DigestAlgorithm=MD5 | DigestQop=auth | DigestVerify=0000000000000000000000000000a902",
        "digest;d-alg=MD5;d-qop=auth;d-ver=\"0000000000000000000000000000a902\""
      },
      {
        "Security-Client",
        "ipsec-3gpp;alg=hmac-sha-1-96;spi-c=23456789;port-c=2468;q=x",
        "Mechanism=ipsec-3gpp | spi-c=23456789 | QValue=-1.0",
        "ipsec-3gpp;alg=hmac-sha-1-96;spi-c=23456789;port-c=2468;q=x"
      },
      {
        "P-Media-Authorization",
        "0123456789abcdefABCDEF",
        "Token=0123456789abcdefABCDEF",
        "0123456789abcdefABCDEF"
      },
      {"P-Early-Media", "sendrecv", "EarlyMedia=sendrecv", "sendrecv"},
      {"P-Early-Media", "", "EarlyMedia=", ""},
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
      {"Privacy", "", 0},
      {"Privacy", "id;", 3},
      {"Privacy", "id user", 3},
      {"Privacy", "\"id\"", 0},
      {"P-Asserted-Identity", "", 0},
      {"P-Asserted-Identity", "fluffy", 6},
      {"P-Asserted-Identity", "*", 0},
      {"P-Asserted-Identity", "<sip:a@b>, <tel:+1>", 9},
      {"P-Preferred-Identity", "<sip:a@b", 8},
      {"Path", "", 0},
      {"Path", "<sip:>", 5},
      {"Path", "*", 0},
      {"Service-Route", "<a>", 2},
      {"Security-Client", "", 0},
      {"Security-Client", "digest;", 7},
      {"Security-Server", "tls q=1", 4},
      {"Security-Verify", ";q=1", 0},
      {"P-Media-Authorization", "", 0},
      {"P-Media-Authorization", "12g4", 2},
      {"P-Early-Media", "send recv", 5},
    };
  }

  @Test(dataProvider = "broken")
  public void broken_value_is_refused_with_its_offset(String name, String value, int offset) {
    HeaderTable.rejects(name, value, offset);
  }

  @Test
  public void privacy_is_asked_for_by_value_and_compared_as_a_set() throws Exception {
    PrivacyHeader privacy = HeaderTable.header(PrivacyHeader.class, "Privacy", "user;ID");
    assertTrue(privacy.hasPrivacy("id"));
    assertFalse(privacy.hasPrivacy("none"));
    assertEquals(privacy, HeaderTable.header(PrivacyHeader.class, "Privacy", "id;user"));
    privacy.setPrivacy("header; session");
    assertEquals(privacy.getPrivacyValues(), List.of("header", "session"));
  }

  @Test
  public void privacy_that_rfc_3323_forbids_to_write_is_refused() {
    for (String bad : List.of("none;id", "id;ID", "id,user", "id;", "")) {
      expectThrows(ParseException.class, () -> new Privacy().setPrivacy(bad));
    }
  }

  @Test
  public void security_setters_take_what_rfc_3329_has_and_nothing_else() throws Exception {
    SecurityServerHeader header = new SecurityServer();
    header.setMechanism("digest");
    header.setQValue(0.25f);
    header.setDigestAlgorithm("MD5");
    header.setDigestQop("auth");
    header.setDigestVerify("0123456789abcdef0123456789abcdef");
    assertEquals(
        header.toString(),
        "Security-Server: digest;q=0.25;d-alg=MD5;d-qop=auth;"
            + "d-ver=\"0123456789abcdef0123456789abcdef\"\r\n");
    for (String bad : List.of("0123456789ABCDEF0123456789abcdef", "0123", "")) {
      expectThrows(ParseException.class, () -> header.setDigestVerify(bad));
      expectThrows(ParseException.class, () -> header.setParameter("D-VER", bad));
    }
    expectThrows(InvalidArgumentException.class, () -> header.setQValue(2));
    expectThrows(ParseException.class, () -> header.setParameter("q", "2"));
    expectThrows(ParseException.class, () -> header.setMechanism("a b"));
  }

  @Test
  public void headers_of_the_same_shape_but_another_name_are_not_equal() throws Exception {
    assertNotEquals(
        HeaderParser.parse("Security-Client", "tls", HeaderModel.DEFAULT),
        HeaderParser.parse("Security-Server", "tls", HeaderModel.DEFAULT));
    assertNotEquals(
        HeaderParser.parse("P-Asserted-Identity", "sip:a@b", HeaderModel.DEFAULT),
        HeaderParser.parse("P-Preferred-Identity", "sip:a@b", HeaderModel.DEFAULT));
  }

  @DataProvider
  static Object[][] lists() {
    return new Object[][] {
      {"P-Asserted-Identity", "\"A, B\" <sip:a@b>, tel:+1", 2},
      {"P-Preferred-Identity", "sip:a@b,<tel:+1>", 2},
      {"Path", "<sip:a;lr>,<sip:b;lr>", 2},
      {"Service-Route", "<sip:a;lr>,<sip:b;lr>", 2},
      {"Security-Client", "ipsec-ike, digest;d-alg=MD5", 2},
      {"Security-Server", "tls;q=0.2,digest;q=0.1", 2},
      {"Security-Verify", "tls;q=0.2,digest;q=0.1", 2},
      {"P-Media-Authorization", "0a, 1b", 2},
      {"P-Early-Media", "sendrecv , gated", 2},
      {"P-Early-Media", "", 1},
      {"Privacy", "user,id", 1},
    };
  }

  @Test(dataProvider = "lists")
  public void values_between_commas_become_headers_of_their_own(
      String name, String field, int headers) throws Exception {
    assertEquals(HeaderParser.parseList(name, field, HeaderModel.DEFAULT).size(), headers);
  }
}
