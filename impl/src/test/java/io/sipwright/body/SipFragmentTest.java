package io.sipwright.body;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.SipMessage;
import java.text.ParseException;
import java.util.Arrays;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** The examples are of the kinds that RFC 3420 §3 shows, in words of our own. */
public class SipFragmentTest {
  /** Fragment, start line in words, Call-ID, body. */
  @DataProvider
  static Object[][] valid() {
    return new Object[][] {
      {"INVITE sip:bob@example.com SIP/2.0", "INVITE sip:bob@example.com", null, ""},
      {"SIP/2.0 603 Decline", "603 Decline", null, ""},
      {"SIP/2.0 603 Decline|", "603 Decline", null, ""},
      {"SIP/2.0 603 Decline||", "603 Decline", null, ""},
      {"SIP/2.0 200 |", "200 ", null, ""},
      {"REGISTER sip:x SIP/2.0|Call-ID: c|", "REGISTER sip:x", "c", ""},
      {"Call-ID: c", "", "c", ""},
      {"i : c|Content-Type: a/b||body", "", "c", "body"},
      {"|body", "", null, "body"},
      {"SIP/2.0 200 OK|Content-Type: a/b|Content-Length: 4||body", "200 OK", null, "body"},
      {"SIP/2.0 200 OK|Content-Type: a/b|Content-Length: 4||bodyless", "200 OK", null, null},
      {"SIP/2.0 200 OK|Content-Length: 247", "200 OK", null, ""},
      {"SIP/2.0 200 OK|Content-Length: 247||", "200 OK", null, ""},
      {"Warning: broken|Call-ID: c", "", "c", ""},
      {"", "", null, ""},
    };
  }

  @Test(dataProvider = "valid")
  public void a_fragment_is_read(String text, String start, String callId, String body)
      throws Exception {
    if (body == null) {
      ParseException e =
          expectThrows(ParseException.class, () -> SipFragment.parse(Bytes.of(text)));
      assertTrue(e.getMessage().contains("differs from the body's 8"), e.getMessage());
      return;
    }
    SipFragment fragment = SipFragment.parse(Bytes.of(text));
    String found =
        fragment.status() > 0
            ? fragment.status() + " " + fragment.reasonPhrase()
            : fragment.hasStartLine() ? fragment.method() + " " + fragment.requestUri() : "";
    assertEquals(found, start);
    assertEquals(fragment.hasStartLine(), !start.isEmpty());
    SipMessage message = (SipMessage) fragment.message();
    assertEquals(message.callId(), callId);
    assertEquals(Bytes.shown(message.copyOfBody()), body);
    assertEquals(fragment.bytes(), Bytes.of(text));
  }

  /** Fragment and where it breaks. */
  @DataProvider
  static Object[][] invalid() {
    return new Object[][] {
      {"INVITE", 0},
      {"INVITE sip:a@b SIP/1.09", 15},
      {"SIP/2.0", 0},
      {"404 Not Found", 8},
      {"INVITE sip:a@b SIP/2.0|Via: SIP/2.0/UDP ;branch=z9hG4bK1", 29},
      {"To: <>;tag=1", 4},
      {"To: sip:a@b|Call-ID: this is none", 22},
      {"CSeq: 1", 6},
      {"Call-ID: a|Call-ID: b", 21},
      {"SIP/2.0 200 OK|Content-Length: many", 32},
      {"SIP/2.0 200 OK|Content-Length: 9||body", 37},
    };
  }

  @Test(dataProvider = "invalid")
  public void a_broken_fragment_is_refused_with_the_offset(String text, int offset) {
    ParseException e = expectThrows(ParseException.class, () -> SipFragment.parse(Bytes.of(text)));
    assertEquals(e.getErrorOffset(), offset, e.getMessage());
  }

  @Test
  public void every_beginning_of_a_fragment_is_read_or_refused() {
    byte[] whole = Bytes.of("SIP/2.0 200 OK|To: <sip:a@b>;tag=1|CSeq: 1 A|Content-Length: 2||ab");
    for (int length = 0; length <= whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      try {
        assertEquals(SipFragment.parse(part).bytes(), part);
      } catch (ParseException e) {
        assertTrue(e.getErrorOffset() <= length + 4, e.toString());
      }
    }
  }

  @Test
  public void a_status_line_is_made() throws Exception {
    assertEquals(SipFragment.status(100, "Trying").toString(), "SIP/2.0 100 Trying\r\n");
    assertEquals(SipFragment.status(200, "").toString(), "SIP/2.0 200 \r\n");
    assertEquals(SipFragment.status(200, "OK"), SipFragment.status(200, "OK"));
    expectThrows(ParseException.class, () -> SipFragment.status(99, "x"));
    expectThrows(ParseException.class, () -> SipFragment.status(700, "x"));
    expectThrows(ParseException.class, () -> SipFragment.status(200, "x\r\nEvil: y"));
  }

  private static SipMessage message() {
    return (SipMessage)
        new MessageParser()
            .parse(
                Bytes.of(
                    "SIP/2.0 400 Bad Request|Via: SIP/2.0/UDP a;branch=z9hG4bK1,SIP/2.0/UDP b|"
                        + "From: <sip:a@b>;tag=1|To: <sip:c@d>;tag=2|Call-ID: c|CSeq: 1 INVITE|"
                        + "Warning: 399 x \"Event was malformed\"|Content-Length: 0||"));
  }

  @Test
  public void a_fragment_of_a_message_holds_what_was_chosen_and_leaves_the_message_alone()
      throws Exception {
    SipMessage message = message();
    byte[] before = message.encoded().clone();
    assertEquals(
        SipFragment.of(message, "Warning", "v", "Absent").toString().replace("\r\n", "|"),
        "SIP/2.0 400 Bad Request|Warning: 399 x \"Event was malformed\"|"
            + "Via: SIP/2.0/UDP a;branch=z9hG4bK1|Via: SIP/2.0/UDP b|");
    assertEquals(SipFragment.of(message).toString(), "SIP/2.0 400 Bad Request\r\n");
    SipFragment headers = SipFragment.ofHeaders(message, "Call-ID");
    assertEquals(headers.toString(), "Call-ID: c\r\n");
    assertFalse(headers.hasStartLine());
    assertNull(headers.requestUri());
    assertEquals(message.encoded(), before);
  }

  @Test
  public void a_fragment_is_a_body() throws Exception {
    BodyPart body = SipFragment.status(180, "Ringing").toBodyPart();
    assertEquals(body.header("Content-Type"), "message/sipfrag;version=2.0");
    assertTrue(body.is(SipFragment.MEDIA_TYPE));
    assertEquals(SipFragment.parse(body.bytes()).status(), 180);
  }
}
