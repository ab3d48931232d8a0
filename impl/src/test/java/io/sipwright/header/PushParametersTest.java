package io.sipwright.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.address.AddressFactoryImpl;
import java.text.ParseException;
import javax.sip.address.SipURI;
import org.testng.annotations.Test;

public class PushParametersTest {
  private static SipURI uri(String text) throws ParseException {
    return (SipURI) new AddressFactoryImpl().createURI(text);
  }

  @Test
  void parameters_are_read_without_escapes() throws ParseException {
    PushParameters push =
        PushParameters.of(
            uri(
                "sip:alice@192.0.2.1;transport=tcp;pn-provider=apns;pn-param=DEF123GHIJ.com.example;"
                    + "PN-PRID=https%3A%2F%2Fh%3Bx;pn-purr=abc"));
    assertNotNull(push);
    assertEquals(push.provider(), "apns");
    assertEquals(push.param(), "DEF123GHIJ.com.example");
    assertEquals(push.prid(), "https://h;x");
    assertEquals(push.purr(), "abc");
    assertTrue(push.canNotify());
    assertEquals(
        push.toString(),
        ";pn-provider=apns;pn-param=DEF123GHIJ.com.example;pn-prid=https://h;x;pn-purr=abc");
  }

  @Test
  void a_uri_without_them_has_none() throws ParseException {
    assertNull(PushParameters.of(uri("sip:a@h;pn-prid=x;pn-param=y")));
    PushParameters asks = PushParameters.of(uri("sip:a@h;pn-provider"));
    assertNotNull(asks);
    assertEquals(asks, new PushParameters("", null, null));
    assertFalse(asks.canNotify());
    assertFalse(new PushParameters("fcm", "p", null).canNotify());
    PushParameters midDialog = PushParameters.of(uri("sip:a@h;pn-purr=x"));
    assertEquals(midDialog, new PushParameters("", null, null).withPurr("x"));
  }

  @Test
  void what_is_put_into_a_uri_is_read_out_of_it() throws ParseException {
    SipURI uri = uri("sip:a@h;pn-purr=old;ob;pn-param=old");
    PushParameters push = new PushParameters("webpush", null, "https://h/a;b?c");
    push.putInto(uri);
    assertEquals(uri.toString(), "sip:a@h;ob;pn-provider=webpush;pn-prid=https://h/a%3Bb%3Fc");
    assertEquals(PushParameters.of(uri), push);
    assertEquals(PushParameters.of(uri).hashCode(), push.hashCode());
    new PushParameters("", null, null).withPurr("p").putInto(uri);
    assertEquals(uri.toString(), "sip:a@h;ob;pn-purr=p");
    new PushParameters("", null, null).putInto(uri);
    assertEquals(uri.toString(), "sip:a@h;ob;pn-provider");
    assertNotEquals(push, new PushParameters("webpush", "x", "https://h/a;b?c"));
  }

  @Test
  void a_line_break_is_refused_and_changes_nothing() throws ParseException {
    SipURI uri = uri("sip:a@h;pn-provider=apns;x");
    for (PushParameters evil :
        new PushParameters[] {
          new PushParameters("a\r\nb", null, null),
          new PushParameters("a", "a\nb", null),
          new PushParameters("a", null, "a\0b"),
          new PushParameters("a", "b", "c").withPurr("\r")
        }) {
      expectThrows(ParseException.class, () -> evil.putInto(uri));
      assertEquals(uri.toString(), "sip:a@h;pn-provider=apns;x");
    }
  }
}
