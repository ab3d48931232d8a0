package io.sipwright.javax.sip.address;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** URNs, im and pres URIs: what is read out of them, and what is left as its text. */
public class OtherUrisTest {
  @DataProvider
  static Object[][] urns() {
    return new Object[][] {
      // text, name space, name, fragment, service labels
      {"urn:service:sos", "service", "sos", null, List.of("sos")},
      {"URN:Service:SOS.Police", "service", "SOS.Police", null, List.of("sos", "police")},
      {
        "urn:service:sos.ecall.automatic",
        "service",
        "sos.ecall.automatic",
        null,
        List.of("sos", "ecall", "automatic")
      },
      {"urn:service:sos.", "service", "sos.", null, List.of()},
      {"urn:service:-sos", "service", "-sos", null, List.of()},
      {"urn:service:so_s", "service", "so_s", null, List.of()},
      {
        "urn:service:a2345678901234567890123456z",
        "service",
        "a2345678901234567890123456z",
        null,
        List.of("a2345678901234567890123456z")
      },
      {
        "urn:service:a23456789012345678901234567z",
        "service",
        "a23456789012345678901234567z",
        null,
        List.of()
      },
      {
        "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "uuid",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        null,
        List.of()
      },
      {
        "urn:gsma:imei:90420156-025763-0;vers=0",
        "gsma",
        "imei:90420156-025763-0;vers=0",
        null,
        List.of()
      },
      {
        "urn:urn-7:3gpp-service.ims.icsi.mmtel",
        "urn-7",
        "3gpp-service.ims.icsi.mmtel",
        null,
        List.of()
      },
      // RFC 8141 §3.2
      {"urn:example:a123,z456?+abc", "example", "a123,z456", null, List.of()},
      {"urn:example:a123,z456?=xyz", "example", "a123,z456", null, List.of()},
      {"urn:example:a123,z456#789", "example", "a123,z456", "789", List.of()},
      {"urn:example:a/b?+r?x?=q?y/z#f?/", "example", "a/b", "f?/", List.of()},
      {"urn:example:a123%2Cz456", "example", "a123%2Cz456", null, List.of()},
      {"urn:example:%D0%B0123#", "example", "%D0%B0123", "", List.of()},
    };
  }

  @Test(dataProvider = "urns")
  void the_parts_of_a_urn_are_read(
      String text, String space, String name, String fragment, List<String> labels)
      throws ParseException {
    Urn u = (Urn) SipUriTest.parse(text);
    assertEquals(u.toString(), text);
    assertEquals(u.getNamespace(), space);
    assertEquals(u.getName(), name);
    assertEquals(u.getFragment(), fragment);
    assertEquals(u.getServiceLabels(), labels);
    assertEquals(u.isService(), !labels.isEmpty());
    assertEquals(u.clone(), u);
    assertSame(u.clone().getClass(), Urn.class);
  }

  @DataProvider
  static Object[][] texts() {
    return new Object[][] {
      {"urn:x"},
      {"urn:x:y"}, // a name space has two characters at least
      {"urn:-ab:y"},
      {"urn:ab-:y"},
      {"urn:a_b:y"},
      {"urn:example:"},
      {"urn:example:/a"},
      {"urn:example:a?b"},
      {"urn:example:a?+"},
      {"urn:example:a?=/x"},
      {"urn:example:a?=q?+r#f#g"},
      {"urn:example:a%4"},
      {"urn:example:a|b"},
      {"urn:" + "a".repeat(33) + ":b"},
      {"im:alice"},
      {"im:@example.com"},
      {"pres:alice@"},
      {"pres:?a=b@c"},
    };
  }

  @Test(dataProvider = "texts")
  void what_breaks_the_rules_of_its_scheme_is_kept_as_its_text(String text) throws ParseException {
    AbstractUri u = SipUriTest.parse(text);
    assertSame(u.getClass(), GenericUri.class);
    assertEquals(u.toString(), text);
    assertEquals(u, SipUriTest.parse(text));
  }

  @Test
  void an_emergency_service_is_known_with_all_below_it() throws ParseException {
    Urn sos = (Urn) SipUriTest.parse("urn:service:sos");
    Urn police = (Urn) SipUriTest.parse("URN:SERVICE:SOS.police");
    Urn counseling = (Urn) SipUriTest.parse("urn:service:counseling.children");
    Urn test = (Urn) SipUriTest.parse("urn:service:test.sos");
    Urn uuid = (Urn) SipUriTest.parse("urn:uuid:sos");
    assertTrue(sos.isEmergencyService() && police.isEmergencyService());
    assertFalse(counseling.isEmergencyService() || test.isEmergencyService());
    assertFalse(uuid.isEmergencyService());
    assertTrue(police.isWithin(sos) && sos.isWithin(sos));
    assertFalse(sos.isWithin(police));
    assertFalse(test.isWithin(sos));
    assertFalse(sos.isWithin(uuid));
  }

  @DataProvider
  static Object[][] mailboxes() {
    return new Object[][] {
      // text, user, host, headers
      {"im:fred@example.com", "fred", "example.com", List.of()},
      {"IM:fred@example.com?Subject=a%20b&x=", "fred", "example.com", List.of("Subject", "x")},
      {"pres:a%40b@Example.com", "a@b", "Example.com", List.of()},
      {"pres:%22a@b%22@example.com", "\"a@b\"", "example.com", List.of()},
      {"pres:j%C3%B6rg@xn--bcher-kva.example", "jörg", "xn--bcher-kva.example", List.of()},
      {"im:a@b?to=c@d", "a", "b", List.of("to")},
    };
  }

  @Test(dataProvider = "mailboxes")
  void the_parts_of_an_im_or_pres_uri_are_read(
      String text, String user, String host, List<String> headers) throws ParseException {
    MailboxUri u = (MailboxUri) SipUriTest.parse(text);
    assertEquals(u.toString(), text);
    assertEquals(u.getUser(), user);
    assertEquals(u.getHost(), host);
    List<String> names = new ArrayList<>();
    u.getHeaderNames().forEachRemaining(names::add);
    assertEquals(names, headers);
    assertEquals(u.clone(), u);
    assertSame(u.clone().getClass(), MailboxUri.class);
  }

  @Test
  void headers_of_an_im_uri_are_found_by_name() throws ParseException {
    MailboxUri u = (MailboxUri) SipUriTest.parse("im:fred@example.com?Subject=a%20b&x=");
    assertEquals(u.getHeader("subject"), "a b");
    assertEquals(u.getHeader("x"), "");
    assertNull(u.getHeader("y"));
  }

  @Test
  void what_is_not_ascii_stays_as_its_escapes_and_is_refused_without_them() throws ParseException {
    for (String text :
        new String[] {
          "sip:j%C3%B6rg@xn--bcher-kva.example;x=%E2%82%AC?subject=%C3%BC",
          "tel:+1;isub=%C3%B6",
          "http://xn--bcher-kva.example/%C3%B6",
          "urn:example:%D0%B0123"
        }) {
      assertEquals(SipUriTest.parse(text).toString(), text);
      assertEquals(SipUriTest.parse(text).clone().toString(), text);
    }
    assertEquals(
        ((SipUri) SipUriTest.parse("sip:j%C3%B6rg@xn--bcher-kva.example")).getUser(), "jörg");
  }
}
