package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExtensionHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.SubjectHeader;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * Each leniency of docs/parsing.md: what lenient makes of it, and why and where strict refuses it.
 */
public class LeniencyTest {
  private static final MessageParser LENIENT = new MessageParser();
  private static final MessageParser STRICT =
      new MessageParser(MessageModel.DEFAULT, Limits.DEFAULT, true);

  /** {@code |} is a line end; {@code @@@} stands where a row has its header. */
  private static final String REQUEST =
      "OPTIONS sip:b@h SIP/2.0|Via: SIP/2.0/UDP h;branch=z9hG4bK1|Max-Forwards: 70|"
          + "From: <sip:a@h>;tag=1|To: <sip:b@h>|Call-ID: c|CSeq: 1 OPTIONS|@@@Content-Length: 0||";

  private static byte[] bytes(String text) {
    return text.replace("@@@", "").replace("|", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  /** What it is, what of the request is replaced by what, and why strict refuses it. */
  @DataProvider
  static Object[][] messages() {
    return new Object[][] {
      {"LF without CR", "Call-ID: c|", "Call-ID: c\n", "LF without CR", "\nCSeq"},
      {"several blanks", "OPTIONS sip", "OPTIONS  sip", "Malformed Request-URI", " sip"},
      {"HTAB as blank", "b@h SIP", "b@h\tSIP", "Malformed Request-URI", "sip:b@h\tS"},
      {"blank at the end", "SIP/2.0|Via", "SIP/2.0 |Via", null, null},
      {"URI with headers", "sip:b@h SIP", "sip:b@h?a=b SIP", "Malformed Request-URI", "sip:b@h?"},
      {"no header", "@@@", "nonsense|", "Line is not a header", "nonsense"},
      {"no name", "@@@", ": x|", "Line is not a header", ": x"},
      {"no blank line", "0||", "0|", "No blank line behind the headers", ""},
      {"no Max-Forwards", "Max-Forwards: 70|", "", "Missing Max-Forwards", ""},
      {"the same length twice", "@@@", "l: 0|", "More than one Content-Length", "0\r\n\r\n"},
      {"a malformed header", "@@@", "Date: x|", "Malformed Date: ", null},
      {"control character", "@@@", "Subject: a\u0001b|", "Control character in a header", "\u0001"},
      {"control character", "@@@", "X: a\u007fb|", "Control character in a header", "\u007f"},
      {"twice", "@@@", "Expires: 1|Expires: 2|", "More than one Expires", "2\r\nContent"},
      {"twice", "@@@", "Subject: a|s: a|", "More than one Subject", "a\r\nContent"},
    };
  }

  @Test(dataProvider = "messages")
  public void a_message_beyond_the_grammar_is_taken_unless_strict(
      String what, String old, String replacement, String reason, String place) {
    String text = REQUEST.replace(old, replacement);
    byte[] bytes = bytes(text);
    assertTrue(LENIENT.parse(bytes) instanceof SipMessage, LENIENT.parse(bytes).toString());
    Parsed strict = STRICT.parse(bytes);
    assertTrue(strict instanceof Malformed, what);
    Malformed refused = (Malformed) strict;
    assertEquals(refused.status(), 400);
    if (reason != null) {
      assertTrue(refused.reason().startsWith(reason), refused.reason());
    }
    if (place != null) {
      String whole = new String(bytes, StandardCharsets.UTF_8);
      int offset = place.isEmpty() ? bytes.length : whole.lastIndexOf(place);
      assertEquals(refused.offset(), offset, refused.reason());
    }
  }

  @Test
  public void a_status_line_without_blank_is_taken_unless_strict() {
    byte[] bytes =
        bytes(REQUEST.replace("OPTIONS sip:b@h SIP/2.0", "SIP/2.0 200").replace("Max-F", "X-F"));
    assertTrue(LENIENT.parse(bytes) instanceof SipMessage);
    Malformed refused = (Malformed) STRICT.parse(bytes);
    assertEquals(refused.reason(), "Malformed status line");
    assertEquals(refused.offset(), 0);
  }

  @Test
  public void of_a_header_that_stands_twice_the_first_counts() {
    SipMessage message =
        (SipMessage) LENIENT.parse(bytes(REQUEST.replace("@@@", "Expires: 1|Expires: 2|")));
    assertEquals(message.getExpires().getExpires(), 1);
    message =
        (SipMessage) STRICT.parse(bytes(REQUEST.replace("@@@", "Supported: a|Supported: b|")));
    assertNotNull(message.getHeader("Supported"));
  }

  @Test
  public void text_that_is_no_utf_8_is_taken_unless_strict() {
    for (String line :
        new String[] {"Subject: Jos^|", "X-Y: Jos^|", "Contact: \"Jos^\" <sip:a@h>|"}) {
      byte[] bytes = bytes(REQUEST.replace("@@@", line.replace('^', '\u00a7')));
      String text = new String(bytes, StandardCharsets.UTF_8);
      byte[] latin1 = text.getBytes(StandardCharsets.ISO_8859_1);
      SipMessage message = (SipMessage) LENIENT.parse(latin1);
      assertEquals(message.encoded(), latin1);
      assertNotNull(message.getHeader(line.substring(0, line.indexOf(':'))));
      Malformed refused = (Malformed) STRICT.parse(latin1);
      assertEquals(refused.reason(), "Text that is no UTF-8 in a header");
      assertEquals(refused.offset(), text.indexOf('\u00a7'));
      assertTrue(STRICT.parse(bytes) instanceof SipMessage, line);
    }
  }

  @Test
  public void text_that_is_no_utf_8_is_read_as_latin_1_and_written_as_utf_8() throws Exception {
    String text =
        REQUEST
            .replace("From: ", "From: \"Jos\u00e9\" ")
            .replace("@@@", "Subject: \u00c4|X-Y: \u00fc|Contact: <sip:a@h>;x=\"\u00e9\\\\\"|")
            .replace("|", "\r\n");
    byte[] latin1 = text.getBytes(StandardCharsets.ISO_8859_1);
    SipMessage message = (SipMessage) LENIENT.parse(latin1);
    FromHeader from = (FromHeader) message.getHeader("From");
    assertEquals(from.getAddress().getDisplayName(), "Jos\u00e9");
    assertEquals(((SubjectHeader) message.getHeader("Subject")).getSubject(), "\u00c4");
    assertEquals(((ExtensionHeader) message.getHeader("X-Y")).getValue(), "\u00fc");
    ContactHeader contact = (ContactHeader) message.getHeader("Contact");
    assertEquals(contact.getParameter("x"), "\u00e9\\");
    assertEquals(message.encoded(), latin1, "only read");
    contact.setParameter("x", contact.getParameter("x"));
    from.getAddress().setDisplayName(from.getAddress().getDisplayName());
    Readings.replaceAll(message);
    SipMessage again = (SipMessage) STRICT.parse(message.encoded());
    assertEquals(again, message);
    String written = new String(message.encoded(), StandardCharsets.UTF_8);
    assertTrue(written.contains("From: \"Jos\u00e9\" <sip:a@h>"), written);
  }

  /** Phrase with {@code ^} before what's wrong, in ISO-8859-1. */
  @DataProvider
  static Object[][] reasonPhrases() {
    return new Object[][] {
      {"OK ^\"x\""},
      {"OK^{}"},
      {"50 ^% off"},
      {"OK^\u0001"},
      {"Jos^\u00e9!"},
      {"a (b), c/d: 50%25\t= \u00c3\u00a9"},
      {""},
    };
  }

  @Test(dataProvider = "reasonPhrases")
  public void a_reason_phrase_beyond_the_grammar_is_taken_unless_strict(String phrase) {
    String line = "SIP/2.0 200 " + phrase;
    String response = REQUEST.replace("OPTIONS sip:b@h SIP/2.0", line.replace("^", ""));
    byte[] bytes =
        response.replace("@@@", "").replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    assertTrue(LENIENT.parse(bytes) instanceof SipMessage);
    Parsed strict = STRICT.parse(bytes);
    assertEquals(strict instanceof SipMessage, phrase.indexOf('^') < 0, strict.toString());
    if (strict instanceof Malformed refused) {
      assertEquals(refused.reason(), "Malformed reason phrase");
      assertEquals(refused.offset(), line.indexOf('^'));
    }
  }

  @Test
  public void a_message_from_a_stream_without_length_is_taken_unless_strict() {
    byte[] bytes = bytes(REQUEST.replace("Content-Length: 0|", ""));
    assertTrue(LENIENT.parse(bytes, 0, bytes.length, true) instanceof SipMessage);
    Malformed refused = (Malformed) STRICT.parse(bytes, 0, bytes.length, true);
    assertEquals(refused.reason(), "Missing Content-Length");
    assertEquals(refused.offset(), bytes.length);
  }

  /**
   * Header line with {@code ^} before what's beyond the grammar; strict's reason. Lenient makes an
   * object of all of them.
   */
  @DataProvider
  static Object[][] headers() {
    return new Object[][] {
      {"Contact: <sip:a@h>;x=a^/b", "parameter value needs quotes"},
      {"Contact: <sip:a@h>;x=^@b", "parameter value needs quotes"},
      {"Contact: <sip:a@h>;x=1;X=2^", "parameter 'X' stands twice"},
      {"Contact: ^, <sip:a@h>", "expected a URI with its scheme, such as 'sip:'"},
      {"Contact: <sip:a@h>,^", "expected a value after the comma"},
      {"Supported: a,^, b", "expected a value after the comma"},
      {"Contact: <sip:a@h^_1>", "'_' in a host name"},
      {"Contact: <sip:a@^[2001:db8:::192.0.2.1]>", "no IPv6 address"},
      {"Contact: <^ sip:a@h>", "white space within angle brackets"},
      {"Contact: <sip:a@h^ >", "white space within angle brackets"},
      {"Contact: Jos^\u00e9 <sip:a@h>", "display name needs quotes"},
      {"Contact: Room 5^/2 <sip:a@h>", "display name needs quotes"},
      {"Contact: <sip:*21^#@h>", "'#' in the user part of a URI"},
      {"Contact: <sip:a@h;^;lr>", "nothing between the separators of a URI"},
      {"Contact: <sip:a@h;lr;^>", "nothing between the separators of a URI"},
      {"Contact: <sip:a@h;x=Zm9v^==>", "character in a URI that should be escaped"},
      {"Contact: <sip:a@h?x=a^@b>", "character in a URI that should be escaped"},
      {"Contact: <tel:^123>", "local number without phone-context"},
      {"Contact: <tel:+12^#3>", "character that no global number has"},
      {"Contact: <tel:+12;ext=a^>", "ext 'a' is no number"},
      {"Contact: <tel:+12;a.b=c^>", "parameter name 'a.b' is not letters, digits and '-'"},
      {"Contact: <tel:12;phone-context=1^>", "no host name"},
      {"Contact: <sip:a@h;x=^;lr>", "no value behind '='"},
      {"In-Reply-To: a@b^@c", "'@' where a Call-ID has none"},
      {"Alert-Info: ^http://h/x", "URI without angle brackets"},
      {"Error-Info: ^sip:a@h", "URI without angle brackets"},
      {"Geolocation: ^https://h/x", "URI without angle brackets"},
      {"P-Asserted-Service: ^urn:xxx:3gpp-service.a", "service outside urn:urn-7"},
      {"Session-ID: ^AB30317F1A784DC48FF824D0D3715D86", "capital digit in a UUID"},
      {"P-Charging-Vector: ^orig-ioi=a;icid-value=b", "icid-value is not the first"},
      {"P-Charging-Function-Addresses: ccf=a;ccf=b^", "parameter 'ccf' stands twice"},
      {"Identity: a.b.c^ d;info=<https://h>", "white space within a digest"},
      {"Route: ^sip:a@h;lr", "address without angle brackets"},
      {"Record-Route: ^sip:a@h;lr", "address without angle brackets"},
      {"Path: ^sip:a@h;lr", "address without angle brackets"},
      {"Service-Route: ^sip:a@h;lr", "address without angle brackets"},
      {"History-Info: ^sip:a@h;index=1", "address without angle brackets"},
      {"Diversion: ^sip:a@h;reason=unknown", "address without angle brackets"},
      {"Remote-Party-ID: ^sip:a@h;party=calling", "address without angle brackets"},
      {"P-Called-Party-ID: ^sip:a@h", "address without angle brackets"},
      {"P-Associated-URI: <sip:a@h>, ^sip:b@h", "address without angle brackets"},
      {"P-Asserted-Identity: ^<http://h/x>", "neither sip, sips nor tel URI"},
      {"P-Preferred-Identity: sip:a@h, ^<urn:x:y>", "neither sip, sips nor tel URI"},
      {"User-Agent: a^@b/1", "product is not a token"},
      {"Server: a/1^[2]", "product is not a token"},
      {"Server: a/^", "nothing beside the slash of a product"},
      {"Server: a/1^/2", "second slash in a product"},
      {"User-Agent: a^(b)", "expected white space"},
      {"Contact: <sip:a@h>;x=a^:b", "parameter value needs quotes"},
      {"Contact: <sip:a@h>;x=^[::]1", "parameter value needs quotes"},
      {"Contact: <sip:a@a.^.b>", "no host name"},
      {"Contact: <sip:a@a^-.b>", "no host name"},
      {"Contact: <sip:a@^-a.b>", "no host name"},
      {"Contact: <sip:a@192.0.^2>", "no host name"},
      {"Call-Info: <http://h/a^}b>", "character that no URI has"},
      {"Call-Info: <http://h/^%1g>", "character that no URI has"},
      {"Call-Info: <http://h/^[a]>", "character that no URI has"},
      {"Call-Info: <http://h/a#b^#c>", "character that no URI has"},
      {"Call-Info: <http://h^ >", "white space within angle brackets"},
      {"Content-Language: ^1a", "digit in the first part of a language tag"},
      {"Content-Language: de^_CH", "unexpected character in a language tag"},
      {"Accept-Language: da, ^4", "digit in the first part of a language tag"},
      {"Content-Type: a/b;c^", "parameter c needs a token or a quoted string"},
      {"Content-Type: a/b;c=[::1]^", "parameter c needs a token or a quoted string"},
      {"Privacy: id^, user", "comma between values"},
      {"Feature-Caps: *;a=\"b\"^", "feature-capability indicator 'a' is not '+' and a name"},
      {"Feature-Caps: *;+a=b^", "value of +a needs quotes"},
      {"Warning: 399 a^!b:5060 \"c\"", "unexpected character in a host"},
      {"Warning: 399 ^-a:5060 \"c\"", "no host name"},
      {"Warning: 399 a^  \"c\"", "more white space than one space"},
      {"Date: Sat, 13^\tNov 2010 23:29:00 GMT", "more white space than one space"},
      {
        "P-Preferred-Service: urn:urn-7:a..b^",
        "service 'urn:urn-7:a..b' has a label that isn't letters, digits, -"
      },
      {"Event: a..b;id=1^", "nothing beside a point of an event type"},
      {"Allow-Events: a, .b^", "nothing beside a point of an event type"},
      {"Trigger-Consent: pres:a@h^", "neither sip nor sips URI"},
      {"P-Asserted-Identity: <sip:a@h>;x^", "parameter behind an identity"},
      {"WWW-Authenticate: Digest^", "expected name and value of an auth-param"},
      {"Authorization: Digest a^", "expected name and value of an auth-param"},
      {"Authorization: X a b^", "expected name and value of an auth-param"},
      {"Authentication-Info: qop^", "expected name and value of an auth-param"},
      {"Proxy-Authenticate: Digest a=[::1]^", "value of a needs quotes"},
      {"Proxy-Authenticate: Digest a=b, ,^c=d", "nothing between the commas of a list"},
      {"Contact: ^*;x=1", "'*' doesn't stand alone"},
      {"Contact: ^*, <sip:a@h>", "'*' doesn't stand alone"},
      {"Contact: <sip:a@h>, ^*", "'*' doesn't stand alone"},
      {"Contact: <sip:a@h>;q=2^", "q value '2' is not 0 to 1 in digits"},
      {"Contact: <sip:a@h>;q=0.1234^", "q value '0.1234' is not 0 to 1 in digits"},
      {"Contact: <sip:a@h>;expires=x^", "expected a number"},
      {"Session-Expires: 90;refresher=x^", "refresher 'x' is neither uac nor uas"},
      {"History-Info: <sip:a@h>;index=01^", "index '01' is not numbers with dots between them"},
      {"Referred-By: <sip:a@h>;cid=a^", "Content-ID 'a' is not left@right"},
      {
        "Session-ID: 00000000000000000000000000000000^;remote=AB30317F1A784DC48FF824D0D3715D86",
        "capital digit in a UUID"
      },
    };
  }

  @Test(dataProvider = "headers")
  public void a_header_beyond_the_grammar_is_taken_unless_strict(String line, String reason) {
    String name = line.substring(0, line.indexOf(':'));
    byte[] bytes = bytes(REQUEST.replace("@@@", line.replace("^", "") + "|"));
    SipMessage message = (SipMessage) LENIENT.parse(bytes);
    assertEquals(message.encoded(), bytes);
    assertNotNull(message.getHeader(name), name);
    Malformed refused = (Malformed) STRICT.parse(bytes);
    assertEquals(refused.reason(), "Malformed " + name + ": " + reason);
    String before = REQUEST.substring(0, REQUEST.indexOf("@@@"));
    int offset = bytes(before + line.substring(0, line.indexOf('^'))).length;
    assertEquals(refused.offset(), offset);
  }

  @Test
  public void a_uri_whose_header_has_no_angle_brackets_is_taken_by_both() {
    byte[] bytes = bytes(REQUEST.replace("@@@", "Policy-ID: sip:a@h;token=x, sip:b@h|"));
    assertTrue(LENIENT.parse(bytes) instanceof SipMessage);
    assertTrue(STRICT.parse(bytes) instanceof SipMessage, STRICT.parse(bytes).toString());
  }

  /** Identities, and whether one message may have them (RFC 3325 §9.1). */
  @DataProvider
  static Object[][] identities() {
    return new Object[][] {
      {"<sip:a@h>", true},
      {"tel:+1", true},
      {"<sip:a@h>, <tel:+1>", true},
      {"tel:+1, \"A\" <sips:a@h>", true},
      {"<sip:a@h>|@: <tel:+1>", true},
      {"<sip:a@h>, <sip:b@h>", false},
      {"<sip:a@h>, <sips:a@h>", false},
      {"<tel:+1>|@: <tel:+2>", false},
      {"<sip:a@h>, <tel:+1>, <sip:b@h>", false},
    };
  }

  @Test(dataProvider = "identities")
  public void more_identities_than_a_sip_and_a_tel_uri_are_taken_unless_strict(
      String value, boolean strict) {
    for (String name : new String[] {"P-Asserted-Identity", "P-Preferred-Identity"}) {
      String lines = name + ": " + value.replace("@:", name + ":") + "|";
      byte[] bytes = bytes(REQUEST.replace("@@@", lines));
      SipMessage message = (SipMessage) LENIENT.parse(bytes);
      assertNotNull(message.getHeader(name));
      assertFalse(message.getUnrecognizedHeaders().hasNext());
      Parsed parsed = STRICT.parse(bytes);
      assertEquals(parsed instanceof SipMessage, strict, parsed.toString());
      if (!strict) {
        Malformed refused = (Malformed) parsed;
        assertEquals(refused.reason(), name + " is not one URI, or a SIP and a tel URI");
        int offset = bytes(REQUEST.substring(0, REQUEST.indexOf("@@@"))).length;
        assertEquals(refused.offset(), offset);
      }
    }
  }

  @Test
  public void a_tag_without_value_is_taken_unless_strict() {
    byte[] bytes = bytes(REQUEST.replace("<sip:b@h>|", "<sip:b@h>;tag|"));
    SipMessage message = (SipMessage) LENIENT.parse(bytes);
    assertEquals(message.toTag(), null);
    Malformed refused = (Malformed) STRICT.parse(bytes);
    assertEquals(refused.reason(), "Malformed To: tag without value");
  }

  /** From and To are judged at once: such a tag couldn't be sent back (RFC 3261 §19.3). */
  @Test
  public void a_tag_that_is_no_token_is_refused_by_both() {
    for (String tag : new String[] {"a/b", "a@b", "[1]", "\"a b\"", "a:b"}) {
      for (String header : new String[] {"<sip:b@h>|", "<sip:a@h>;tag=1|"}) {
        String changed = header.replaceFirst("(;tag=1)?\\|", ";tag=" + tag + "|");
        byte[] bytes = bytes(REQUEST.replace(header, changed));
        assertEquals(((Malformed) LENIENT.parse(bytes)).status(), 400, tag);
        assertEquals(((Malformed) STRICT.parse(bytes)).status(), 400, tag);
      }
    }
  }

  @Test
  public void received_in_brackets_and_further_ats_are_taken_unless_strict() {
    byte[] via = bytes(REQUEST.replace(";branch", ";received=[::1];branch"));
    assertEquals(((SipMessage) LENIENT.parse(via)).viaReceived(), "::1");
    Malformed refused = (Malformed) STRICT.parse(via);
    assertEquals(refused.reason(), "Malformed Via: received address in brackets");
    byte[] callId = bytes(REQUEST.replace("Call-ID: c", "Call-ID: c@d@e"));
    assertEquals(((SipMessage) LENIENT.parse(callId)).callId(), "c@d@e");
    refused = (Malformed) STRICT.parse(callId);
    assertEquals(refused.reason(), "Malformed Call-ID: '@' where a Call-ID has none");
  }

  @Test
  public void a_malformed_header_that_nobody_reads_fails_nothing_and_is_passed_on()
      throws Exception {
    String broken = "Date: yesterday|Contact: <<>|Accept: ;;;|Warning: x|Require: a b|";
    byte[] bytes = bytes(REQUEST.replace("@@@", broken));
    SipMessage message = (SipMessage) LENIENT.parse(bytes);
    assertEquals(message.encoded(), bytes);
    assertEquals(message.getHeader("Date"), null);
    message.removeFirst("Max-Forwards");
    String text = message.toString();
    for (String line : broken.split("\\|")) {
      assertTrue(text.contains("\r\n" + line + "\r\n"), line);
    }
    Iterator<?> unrecognized = message.getUnrecognizedHeaders();
    assertEquals(unrecognized.next(), "Date: yesterday");
  }

  @Test
  public void white_space_in_the_start_line_is_not_passed_on() throws Exception {
    byte[] bytes = bytes(REQUEST.replace("OPTIONS sip:b@h SIP/2.0", "OPTIONS  sip:b@h\t SIP/2.0 "));
    SipMessage message = (SipMessage) LENIENT.parse(bytes);
    assertEquals(message.encoded(), bytes); // nothing was changed
    message.removeFirst("Max-Forwards");
    assertTrue(message.toString().startsWith("OPTIONS sip:b@h SIP/2.0\r\nVia"), message.toString());
  }

  /** RFC 3261 §7.1: read in any case, sent in capitals. */
  @Test
  public void the_version_is_passed_on_in_capitals() throws Exception {
    byte[] request = bytes(REQUEST.replace("SIP/2.0|", "sip/2.0|"));
    SipMessage message = (SipMessage) STRICT.parse(request);
    assertEquals(message.encoded(), request);
    message.removeFirst("Max-Forwards");
    assertTrue(message.toString().startsWith("OPTIONS sip:b@h SIP/2.0\r\nVia"), message.toString());
    byte[] response = bytes(REQUEST.replace("OPTIONS sip:b@h SIP/2.0", "Sip/2.0 200 OK"));
    message = (SipMessage) STRICT.parse(response);
    message.removeFirst("Max-Forwards");
    assertTrue(message.toString().startsWith("SIP/2.0 200 OK\r\nVia"), message.toString());
  }
}
