package io.sipwright.javax.sip.address;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;

import java.text.ParseException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Equivalence of URIs: RFC 3261 §19.1.4, RFC 5954 §4.2, RFC 3966 §4. */
public class UriEqualityTest {
  @DataProvider
  static Object[][] equal() {
    return new Object[][] {
      // RFC 3261 §19.1.4
      {"sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp"},
      {"sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"},
      {"sip:carol@chicago.com", "sip:carol@chicago.com;security=on"},
      {"sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on"},
      {
        "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
        "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com"
      },
      {
        "sip:alice@atlanta.com?subject=project%20x&priority=urgent",
        "sip:alice@atlanta.com?priority=urgent&subject=project%20x"
      },
      {"sip:carol@chicago.com", "sip:carol@chicago.com;security=off"},
      // RFC 5954 §4.2
      {"sip:bob@[::ffff:192.0.2.128]", "sip:bob@[::ffff:c000:280]"},
      {"sip:bob@[2001:db8::9:1]", "sip:bob@[2001:db8::9:01]"},
      {"sip:bob@[0:0:0:0:0:FFFF:129.144.52.38]", "sip:bob@[::FFFF:129.144.52.38]"},
      {"sip:h;maddr=[::1]", "sip:h;maddr=[0::1]"},
      // and further
      {"sip:h", "SIP:h"},
      {"sip:h", "sip:H"},
      {"sip:a@h:5060", "sip:a@h:05060"},
      {"sip:a@h;lr", "sip:a@h"},
      {"sip:a@h;lr", "sip:a@h;LR"},
      {"sip:a@h;x=%61", "sip:a@h;X=A"},
      {"sip:a@h;%78=1", "sip:a@h;x=1"},
      {"sip:a%3bb@h", "sip:a%3Bb@h"},
      {"sip:a%23@h", "sip:a#@h"},
      {"sip:a@h?Priority=Urgent", "sip:a@h?priority=urgent"},
      {"sip:a:%70w@h", "sip:a:pw@h"},
      {"sip:a@h;;x", "sip:a@h;x"},
      // RFC 3966 §4
      {"tel:+1-201-555-0123", "tel:+12015550123"},
      {"tel:+1(201)555.0123", "tel:+12015550123"},
      {"TEL:+1", "tel:+1"},
      {"tel:7a*", "tel:7A*"},
      {"tel:+358-555-1234567;postd=pp22", "tel:+358-555-1234567;POSTD=PP22"},
      {"tel:+358-555-1234567;postd=pp22;isub=1411", "tel:+358-555-1234567;isub=1411;postd=pp22"},
      {"tel:7042;phone-context=+1-914-555", "tel:7042;phone-context=+1914555"},
      {"tel:7042;phone-context=example.com", "tel:7042;phone-context=EXAMPLE.com"},
      {"tel:+1;ext=1-2", "tel:+1;ext=12"},
      {"tel:+1;x=%61", "tel:+1;x=A"},
      {"tel:+1;ext=%31", "tel:+1;ext=1"},
      {"tel:7042;phone-context=%65xample.com", "tel:7042;phone-context=example.com"},
      {"tel:+1;phone-context=+1.2;ext=3", "tel:+1;ext=(3);phone-context=+12"},
      {"tel:+1;isub=aB", "tel:+1;ISUB=Ab"},
      // RFC 8141 §3.2
      {"urn:example:a123,z456", "URN:example:a123,z456"},
      {"urn:example:a123,z456", "urn:EXAMPLE:a123,z456"},
      {"urn:example:a123,z456", "urn:example:a123,z456?+abc"},
      {"urn:example:a123,z456", "urn:example:a123,z456?=xyz"},
      {"urn:example:a123,z456", "urn:example:a123,z456#789"},
      {"urn:example:a123%2Cz456", "URN:EXAMPLE:a123%2cz456"},
      // RFC 5031 §3, RFC 9562 §4
      {"urn:service:sos", "URN:Service:SOS"},
      {
        "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "urn:UUID:F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"
      },
      // RFC 3860, RFC 3859
      {"im:alice@example.com", "IM:alice@EXAMPLE.com"},
      {"pres:%61lice@example.com?a=b", "pres:alice@Example.com?a=b"},
      // RFC 3986 §6.2.2
      {"http://example.com/a", "HTTP://example.com/a"},
      {"http://User@Example.COM:80/a?B#C", "http://User@example.com:80/a?B#C"},
      {"http://h/%7euser%2f", "http://h/~user%2F"},
      {"HTTP://h", "http://H"},
      {"isbn:2983792873", "ISBN:%32983792873"},
    };
  }

  @Test(dataProvider = "equal")
  void equivalent_uris_are_equal_both_ways_and_have_one_hash(String a, String b)
      throws ParseException {
    AbstractUri x = SipUriTest.parse(a);
    AbstractUri y = SipUriTest.parse(b);
    assertEquals(x, y);
    assertEquals(y, x);
    assertEquals(x.hashCode(), y.hashCode());
  }

  @DataProvider
  static Object[][] different() {
    return new Object[][] {
      // RFC 3261 §19.1.4
      {"SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP"},
      {"sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"},
      {"sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp"},
      {"sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp"},
      {"sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting"},
      {"sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4"},
      {"sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off"},
      // RFC 3261 §19.1.6
      {
        "sip:+358-555-1234567;postd=pp22@foo.com;user=phone",
        "sip:+358-555-1234567;POSTD=PP22@foo.com;user=phone"
      },
      {
        "sip:+358-555-1234567;postd=pp22;isub=1411@foo.com;user=phone",
        "sip:+358-555-1234567;isub=1411;postd=pp22@foo.com;user=phone"
      },
      // and further
      {"sip:a@h", "sips:a@h"},
      {"sip:a@h", "sip:h"},
      {"sip:a@h", "sip:a:@h"},
      {"sip:a:p@h", "sip:a:P@h"},
      {"sip:a:p@h", "sip:a@h"},
      {"sip:a@h;user=phone", "sip:a@h"},
      {"sip:a@h;ttl=1", "sip:a@h"},
      {"sip:a@h;method=INVITE", "sip:a@h"},
      {"sip:a@h;maddr=1.2.3.4", "sip:a@h"},
      {"sip:a@h;user=phone", "sip:a@h;user=ip"},
      {"sip:a@h;x=1", "sip:a@h;x"},
      {"sip:a%3Bb@h", "sip:a;b@h"},
      {"sip:a%2541@h", "sip:aA@h"},
      {"sip:a%00@h", "sip:a@h"},
      {"sip:a%00b@h", "sip:a%00c@h"},
      {"sip:a@h?a=1", "sip:a@h?a=2"},
      {"sip:a@h?a=1", "sip:a@h?a=1&b=2"},
      {"sip:a@h?a=1&c=2", "sip:a@h?a=1&b=2"},
      {"sip:a@h?a=1&a=2", "sip:a@h?a=1&a=3"},
      {"sip:a@h?a=1&a=2", "sip:a@h?a=1"},
      {
        "sip:a@h?route=%3Csip:a%3E&route=%3Csip:b%3E", "sip:a@h?route=%3Csip:b%3E&route=%3Csip:a%3E"
      },
      {"sip:a@h?body=A", "sip:a@h?body=a"},
      {"sip:a@h?to=sip:B%40h", "sip:a@h?to=sip:b%40h"},
      {"sip:a@h.", "sip:a@h"},
      {"sip:[::1]", "sip:[::2]"},
      {"sip:[::1]", "sip:1"},
      {"tel:+1201", "tel:1201"},
      {"tel:+1", "tel:+2"},
      {"tel:+1;ext=1", "tel:+1"},
      {"tel:+1;ext=1", "tel:+1;isub=1"},
      {"tel:1;phone-context=a.b", "tel:1;phone-context=a.c"},
      {"tel:1;phone-context=+1", "tel:1;phone-context=+2"},
      {"tel:+1", "sip:+1@h;user=phone"},
      {"http://example.com/a", "http://example.com/A"},
      {"http://h", "https://h"},
      {"im:a@h", "sip:a@h"},
      {"tel:+1;ext=1;isub=2", "tel:+1;ext=1"},
      {"tel:+1;isub=1", "tel:+1;isub=2"},
      {"tel:7042;phone-context=+1", "tel:7042"},
      {"tel:+1;x=a%3Bb", "tel:+1;x=a%3Bc"},
      // RFC 8141 §3.2
      {"urn:example:a123,z456", "urn:example:A123,z456"},
      {"urn:example:a123,z456", "urn:example:a123,Z456"},
      {"urn:example:a123,z456", "urn:example:a123%2Cz456"},
      {"urn:example:a123,z456", "urn:example:a123,z456/foo"},
      {"urn:example:a123,z456", "urn:example:a123,z456/bar"},
      {"urn:example:a123", "urn:example:%61123"},
      {"urn:example:a", "urn:examples:a"},
      {"urn:service:sos", "urn:service:sos.fire"},
      {"urn:ab:c", "urn:%61b:c"},
      // others
      {"im:alice@example.com", "im:Alice@example.com"},
      {"im:alice@example.com", "pres:alice@example.com"},
      {"im:a@h?x=1", "im:a@h"},
      {"http://u@h/", "http://U@h/"},
      {"http://h/a%2Fb", "http://h/a/b"},
      {"http://h:80/", "http://h/"},
    };
  }

  @Test(dataProvider = "different")
  void uris_that_are_not_equivalent_are_not_equal_either_way(String a, String b)
      throws ParseException {
    AbstractUri x = SipUriTest.parse(a);
    AbstractUri y = SipUriTest.parse(b);
    assertNotEquals(x, y);
    assertNotEquals(y, x);
  }

  @Test
  void a_uri_is_no_other_thing() throws ParseException {
    for (String text : new String[] {"sip:a@h", "tel:+1", "urn:x"}) {
      AbstractUri u = SipUriTest.parse(text);
      assertEquals(u, u);
      assertFalse(u.equals(null));
      assertFalse(u.equals((Object) text));
    }
  }
}
