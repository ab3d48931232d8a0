package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class MessageParserTest {
  private static final MessageParser STRICT =
      new MessageParser(MessageModel.DEFAULT, Limits.DEFAULT, true);

  @DataProvider
  static Iterator<Object[]> torture() {
    return Corpus.own().stream().map(row -> (Object[]) row).iterator();
  }

  @Test(dataProvider = "torture")
  public void our_torture_messages_get_their_disposition(
      String file, String lenient, String strict, String userAgent, String proxy, String why) {
    byte[] bytes = Corpus.own(file);
    assertEquals(Invariants.check(bytes), lenient, why);
    assertEquals(Corpus.disposition(STRICT.parse(bytes)), strict, why + " (strict)");
  }

  @Test
  public void a_message_cut_anywhere_is_a_value() {
    for (String[] row : Corpus.own()) {
      byte[] bytes = Corpus.own(row[0]);
      for (int n = 0; n < bytes.length; n++) {
        Invariants.check(Arrays.copyOf(bytes, n));
      }
    }
  }

  @Test
  public void a_message_with_random_bytes_changed_is_a_value() {
    Random random = new Random(4475);
    byte[] special = "\r\n\t ,;:<>\"\\@[]()/=?%\0\u007f0aZ".getBytes(StandardCharsets.ISO_8859_1);
    for (int round = 0; round < 150; round++) {
      for (String[] row : Corpus.own()) {
        byte[] bytes = Corpus.own(row[0]);
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
          int at = random.nextInt(bytes.length);
          bytes[at] =
              random.nextBoolean()
                  ? special[random.nextInt(special.length)]
                  : (byte) random.nextInt(256);
        }
        Invariants.check(bytes);
      }
    }
  }

  @Test
  public void the_buffer_may_be_used_again_and_may_hold_more() {
    byte[] message = Texts.bytes(Texts.INVITE);
    byte[] buffer = new byte[message.length + 200];
    Arrays.fill(buffer, (byte) 'x');
    System.arraycopy(message, 0, buffer, 100, message.length);
    Parsed parsed = new MessageParser().parse(buffer, 100, message.length, false);
    Arrays.fill(buffer, (byte) 0);
    SipMessage taken = (SipMessage) parsed;
    assertEquals(Texts.sent(taken), Texts.INVITE);
    assertNotSame(taken.encoded(), buffer);
  }

  @Test
  public void method_names_are_interned_whether_known_or_not() {
    String text = Texts.INVITE.replace("INVITE", "FROBNICATE");
    SipRequest request = Texts.request(text);
    assertSame(request.getMethod(), "FROBNICATE");
    assertSame(request.cseqMethod(), "FROBNICATE");
    SipMessage response = request.createResponse(200);
    assertSame(response.method(), "FROBNICATE");
  }

  @Test
  public void a_method_is_case_sensitive() {
    assertEquals(Texts.request(Texts.INVITE.replace("INVITE", "invite")).getMethod(), "invite");
  }

  @Test
  public void without_content_length_a_stream_has_no_body_and_a_datagram_its_rest() {
    String text = Texts.INVITE.replace("Content-Length: 0\r\n", "") + "rest";
    byte[] bytes = Texts.bytes(text);
    SipMessage datagram = (SipMessage) new MessageParser().parse(bytes, 0, bytes.length, false);
    assertEquals(new String(datagram.getRawContent(), StandardCharsets.UTF_8), "rest");
    SipMessage stream = (SipMessage) new MessageParser().parse(bytes, 0, bytes.length, true);
    assertEquals(stream.getRawContent(), null);
    Parsed strict = STRICT.parse(bytes, 0, bytes.length, true);
    assertEquals(Corpus.disposition(strict), "400");
  }

  @Test
  public void limits_are_answered_with_513_and_the_answer_is_made_from_what_was_read() {
    Malformed long_line =
        limited(new Limits(9000, 100, 200), Texts.INVITE.replace("one,two", "x".repeat(300)));
    assertEquals(long_line.status(), 513);
    Malformed many = limited(new Limits(9000, 12, 200), Texts.INVITE);
    assertEquals(many.status(), 513);
    Malformed large = limited(new Limits(400, 100, 200), Texts.INVITE);
    assertEquals(large.status(), 513);
    Malformed start =
        limited(new Limits(9000, 100, 200), Texts.INVITE.replace("bob@", "b".repeat(300) + "@"));
    assertEquals(start.status(), 513);
    for (Malformed each : new Malformed[] {long_line, many, large, start}) {
      SipMessage response = each.createResponse(MessageModel.DEFAULT);
      assertEquals(response.status(), 513);
      assertEquals(response.reasonPhrase(), "Message Too Large");
      assertEquals(response.viaBranch(), "z9hG4bK776asdhds");
      assertEquals(each.method(), "INVITE");
    }
  }

  private static Malformed limited(Limits limits, String text) {
    MessageParser parser = new MessageParser(MessageModel.DEFAULT, limits, false);
    return (Malformed) parser.parse(Texts.bytes(text));
  }

  @Test
  public void limits_out_of_range_are_refused() {
    expectThrows(IllegalArgumentException.class, () -> new Limits(0, 1, 1));
    expectThrows(IllegalArgumentException.class, () -> new Limits(1, 0, 1));
    expectThrows(IllegalArgumentException.class, () -> new Limits(1, 1, 0));
    expectThrows(IllegalArgumentException.class, () -> new Limits(1, 1, 1 << 16));
  }

  @Test
  public void a_refusal_says_what_is_wrong_and_where() {
    Malformed malformed = Texts.refused(Texts.INVITE.replace("314159", "4294967296"));
    assertEquals(malformed.status(), 400);
    assertEquals(malformed.reason(), "Malformed CSeq");
    assertEquals(malformed.offset(), Texts.INVITE.indexOf("CSeq: ") + 6, malformed.toString());
    assertEquals(malformed.method(), "INVITE");
    assertEquals(malformed.callId(), "a84b4c76e66710@pc33.atlanta.example.com");
  }

  @Test
  public void a_refused_request_is_answered_with_what_could_be_read() {
    Malformed malformed = Texts.refused(Texts.INVITE.replace("CSeq: 314159 INVITE\r\n", ""));
    SipMessage response = malformed.createResponse(MessageModel.DEFAULT);
    assertEquals(
        Texts.sent(response),
        Texts.message(
            "SIP/2.0 400 Missing CSeq",
            "Via: SIP/2.0/UDP pc33.atlanta.example.com:5066;branch=z9hG4bK776asdhds;rport",
            "v: SIP/2.0/TCP first.example.com;branch=z9hG4bKa , SIP/2.0/TLS second.example.com",
            "t: \"Bob, B.\" <sip:bob@biloxi.example.com>",
            "From: Alice <sip:alice@atlanta.example.com>;tag=1928301774",
            "Call-ID: a84b4c76e66710@pc33.atlanta.example.com",
            "CSeq: 0 INVITE",
            "Content-Length: 0"));
    assertEquals(response.viaHost(), "pc33.atlanta.example.com");
    response.stampVia("192.0.2.1", 5060);
    assertTrue(Texts.sent(response).contains(";rport=5060;received=192.0.2.1\r\n"));
  }

  @Test
  public void a_refused_request_without_via_gets_no_answer() {
    Malformed malformed =
        Texts.refused(Texts.message("OPTIONS sip:h SIP/2.0", "To: <sip:h>", "Call-ID: x"));
    assertEquals(malformed.status(), 400);
    assertEquals(malformed.createResponse(MessageModel.DEFAULT), null);
  }

  @Test
  public void cost_is_linear_in_the_input() {
    // Quadratic behaviour would take minutes here.
    StringBuilder text = new StringBuilder("OPTIONS sip:h SIP/2.0\r\n");
    for (int i = 0; i < 500; i++) {
      text.append("Via: ").append("SIP/2.0/UDP h;x=y, ".repeat(800)).append("SIP/2.0/UDP h\r\n");
    }
    text.append("To: ").append("\"".repeat(15000)).append("\r\n\r\n");
    byte[] bytes = Texts.bytes(text.toString());
    MessageParser parser =
        new MessageParser(MessageModel.DEFAULT, new Limits(1 << 24, 512, 60_000), false);
    Parsed parsed = parser.parse(bytes);
    assertEquals(Corpus.disposition(parsed), "513");
  }
}
