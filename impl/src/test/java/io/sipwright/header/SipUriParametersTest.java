package io.sipwright.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.address.AddressFactoryImpl;
import java.text.ParseException;
import javax.sip.address.SipURI;
import org.testng.annotations.Test;

/** {@code ob} and {@code gr}. */
public class SipUriParametersTest {
  private static SipURI uri(String text) throws ParseException {
    return (SipURI) new AddressFactoryImpl().createURI(text);
  }

  @Test
  public void ob_is_seen_set_and_taken_away() throws Exception {
    SipURI uri = uri("sip:line-1@192.0.2.2;transport=tcp;ob");
    assertTrue(SipUriParameters.isOutbound(uri));
    SipUriParameters.setOutbound(uri, false);
    assertEquals(uri.toString(), "sip:line-1@192.0.2.2;transport=tcp");
    assertFalse(SipUriParameters.isOutbound(uri));
    SipUriParameters.setOutbound(uri, true);
    assertEquals(uri.toString(), "sip:line-1@192.0.2.2;transport=tcp;ob");
  }

  @Test
  public void gruus_public_and_temporary_are_told_apart() throws Exception {
    SipURI open = uri("sip:callee@example.com;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    assertTrue(SipUriParameters.isGruu(open));
    assertEquals(
        SipUriParameters.instanceOf(open), "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    SipURI temporary = uri("sip:tgruu.7hs==jd7vnzga5w7fajsc7-ajd6fabz0f8g5@example.com;gr");
    assertTrue(SipUriParameters.isGruu(temporary));
    assertNull(SipUriParameters.instanceOf(temporary));
    assertFalse(SipUriParameters.isGruu(uri("sip:callee@example.com")));
    assertNull(SipUriParameters.instanceOf(uri("sip:callee@example.com")));
  }

  @Test
  public void uri_becomes_a_gruu() throws Exception {
    SipURI uri = uri("sip:callee@example.com");
    SipUriParameters.setGruu(uri, "urn:x:1");
    assertEquals(uri.toString(), "sip:callee@example.com;gr=urn:x:1");
    SipUriParameters.setGruu(uri, null);
    assertEquals(uri.toString(), "sip:callee@example.com;gr");
    expectThrows(ParseException.class, () -> SipUriParameters.setGruu(uri, "a\r\nb"));
  }
}
