package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.transaction.TransactionKey;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** A refusal made at a glance says what one says that was made from the whole message. */
public class RequestGlanceTest {
  private static final String INVITE =
      """
      INVITE sip:bob@example.com SIP/2.0
      Via: SIP/2.0/UDP 10.0.0.2:5062;rport;branch=z9hG4bK-1;x=y
      Max-Forwards: 70
      Via: SIP/2.0/TCP first.example.com;branch=z9hG4bK-0, SIP/2.0/UDP 10.0.0.3
      From: "Alice > ; tag" <sip:alice@example.com>;tag=a1
      To: Bob <sip:bob@example.com>
      Call-ID: 1@10.0.0.2
      CSeq: 7 INVITE
      Content-Length: 4

      v=0
      """;

  @DataProvider
  public static Object[][] usual() {
    return new Object[][] {
      {INVITE},
      {INVITE.replace("Via:", "v:").replace("From:", "f:").replace("To:", "t:")},
      {INVITE.replace("Call-ID:", "i:").replace("10.0.0.2:5062;rport", "10.0.0.2;rport")},
      {INVITE.replace("Via: ", "VIA:\t").replace("7 INVITE", "7 INVITE  ")},
      {INVITE.replace(";rport;", ";").replace("INVITE", "OPTIONS")},
      {INVITE.replace("/UDP 10.0.0.2", "/TCP 10.0.0.2")},
      {INVITE.replace("/UDP 10.0.0.2", "/TLS 10.0.0.2").replace(";rport;", ";")},
      {INVITE.replace("/UDP 10.0.0.2:5062;rport", "/tls 10.0.0.2")},
      {INVITE.replace("/UDP 10.0.0.2:5062;rport", "/WS 10.0.0.2")},
      {INVITE.replace("/UDP 10.0.0.2:5062;rport", "/WSS df7jal23ls0d.invalid")},
      {INVITE.replace("10.0.0.2:5062", "[2001:db8::2]:5062")},
      {INVITE.replace("10.0.0.2:5062;rport", "[2001:db8::2]")},
      {INVITE.replace("10.0.0.2:5062;rport", "alice.example.com")},
      {INVITE.replace(";x=y", ", SIP/2.0/UDP 10.0.0.7;branch=z9hG4bK-3")},
      {INVITE.replace("10.0.0.2:5062;rport", "10.0.0.3").replace(";x=y", ", SIP/2.0/UDP b")},
      {INVITE.replace("Max-Forwards: 70", "Subject: a\n b\n\tc: d\nMax-Forwards: 70")},
      {INVITE.replace("bob@example.com>\nCall", "bob@example.com>;tags=1;x\nCall")},
    };
  }

  @Test(dataProvider = "usual")
  public void it_is_the_response_that_the_whole_message_would_get(String text) {
    byte[] bytes = bytes(text);
    String transport = text.replaceAll("(?s).*?SIP/2.0/(\\w+) .*", "$1").toLowerCase(Locale.ROOT);
    RequestGlance glance = RequestGlance.at(bytes, 0, bytes.length, transport);
    assertNotNull(glance);
    SipMessage request = parse(bytes);
    TransactionKey key = TransactionKey.ofServer(glance);
    assertEquals(key, TransactionKey.ofServer(request));
    String source = text.contains("[2001") ? "2001:db8:0:0:0:0:0:2" : "10.0.0.2";
    boolean sameHost = glance.isViaHost(source);
    boolean rport = request.viaHasRport();
    request.stampVia(sameHost && !rport ? null : source, rport ? 4711 : -1);
    SipMessage expected = request.createResponse(503);
    SipMessage busy = parse(glance.busy("our-tag", source, 4711, sameHost, 8));
    assertEquals(busy.status(), 503);
    assertEquals(busy.reasonPhrase(), expected.reasonPhrase());
    assertEquals(busy.toTag(), "our-tag");
    for (HeaderType type :
        new HeaderType[] {HeaderType.VIA, HeaderType.FROM, HeaderType.CALL_ID, HeaderType.CSEQ}) {
      assertEquals(busy.headers(type).toString(), expected.headers(type).toString());
    }
    assertEquals(
        String.valueOf(busy.header(HeaderType.TO)).trim(),
        String.valueOf(expected.header(HeaderType.TO)).trim() + ";tag=our-tag");
    assertEquals(String.valueOf(busy.header(HeaderType.RETRY_AFTER)).trim(), "Retry-After: 8");
  }

  @DataProvider
  public static Object[][] unusual() {
    return new Object[][] {
      {"a tag", INVITE.replace("com>\nCall", "com>;tag=b\nCall")},
      {"an ACK", INVITE.replace("INVITE", "ACK")},
      {"a CANCEL", INVITE.replace("INVITE", "CANCEL")},
      {"a response", INVITE.replace("INVITE sip:bob@example.com SIP/2.0", "SIP/2.0 200 OK")},
      {"two methods", INVITE.replace("7 INVITE", "7 OPTIONS")},
      {"folding of a To", INVITE.replace("To: Bob", "To: Bob\n ")},
      {"folding behind a Via", INVITE.replace(";x=y", ";x=y\n ;z")},
      {"folding behind the first line", INVITE.replace("com SIP/2.0\nVia", "com SIP/2.0\n Via")},
      {"a tag last", INVITE.replace("com>\nCall", "com>;x=y;TAG=b\nCall")},
      {"a quoted parameter", INVITE.replace("com>\nCall", "com>;x=\">;y=z\"\nCall")},
      {"an address without brackets", INVITE.replace("Bob <sip:bob@example.com>", "sip:b@c;tag=x")},
      {"no From", INVITE.replace("From", "Form")},
      {"two From", INVITE.replace("Max-Forwards: 70", "f: <sip:x@y>;tag=1")},
      {"no branch", INVITE.replace("branch=z9hG4bK-1;", "")},
      {"two branches", INVITE.replace(";x=y", ";branch=z9hG4bK-2")},
      {"a way elsewhere", INVITE.replace(";x=y", ";maddr=10.0.0.4")},
      {"received already", INVITE.replace(";x=y", ";received=10.0.0.4")},
      {"a filled rport", INVITE.replace("rport", "rport=5")},
      {"another transport", INVITE.replace("SIP/2.0/UDP 10.0.0.2", "SIP/2.0/TCP 10.0.0.2")},
      {"port 0", INVITE.replace(":5062", ":0")},
      {"another version", INVITE.replace("com SIP/2.0", "com SIP/3.0")},
      {"blanks in the URI", INVITE.replace("sip:bob@example.com SIP", "sip:bob @b SIP")},
      {"a control", INVITE.replace("Alice", "Al\0ice")},
      {"no end", INVITE.substring(0, INVITE.indexOf("\n\nv=0"))},
    };
  }

  @Test(dataProvider = "unusual")
  public void what_is_not_usual_is_left_to_the_parser(String what, String text) {
    assertNull(at(bytes(text)), what);
  }

  @Test
  public void however_it_is_cut_nothing_is_made_of_a_part_of_the_headers() {
    byte[] bytes = bytes(INVITE);
    int body = INVITE.replace("\n", "\r\n").indexOf("\r\n\r\n") + 4;
    for (int length = 0; length < body; length++) {
      assertNull(RequestGlance.at(bytes, 0, length, "udp"), length + " bytes");
    }
    assertNotNull(RequestGlance.at(bytes, 0, body, "udp"));
    for (String other : new String[] {"tcp", "tls", "ws", "wss", "", "u", "ud", "udpx", "sctp"}) {
      assertNull(RequestGlance.at(bytes, 0, body, other), other);
    }
  }

  @Test
  public void whatever_stands_there_it_is_read_or_left_to_the_parser() {
    Random random = new Random(1);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = bytes(INVITE);
      for (int n = random.nextInt(3); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] =
            (byte) " :;,=\r\n<>\"[]/0aV\t\0".charAt(random.nextInt(17));
      }
      RequestGlance glance = at(bytes);
      if (glance != null && glance.busy("t", "10.0.0.2", 1, true, 1).length > 0) {
        read++;
      }
    }
    assertTrue(read > 1_000 && read < 19_000, read + " read");
  }

  @Test
  public void it_is_read_where_it_stands_in_a_larger_buffer() {
    byte[] bytes = bytes("OPTIONS " + INVITE);
    RequestGlance glance = RequestGlance.at(bytes, "OPTIONS ".length(), bytes.length, "udp");
    assertNotNull(glance);
    assertEquals(glance.method(), "INVITE");
    assertEquals(
        glance.busy("t", "10.0.0.2", 1, true, 1),
        at(bytes(INVITE)).busy("t", "10.0.0.2", 1, true, 1));
  }

  private static @Nullable RequestGlance at(byte[] bytes) {
    return RequestGlance.at(bytes, 0, bytes.length, "udp");
  }

  private static SipMessage parse(byte[] bytes) {
    return (SipMessage) new MessageParser(new MessageModel(), Limits.WIDEST, false).parse(bytes);
  }

  private static byte[] bytes(String text) {
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
