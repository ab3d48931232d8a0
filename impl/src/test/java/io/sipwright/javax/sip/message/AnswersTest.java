package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Whatever is wrong with a request: its answer can be made, sent and read, or there's none. */
public class AnswersTest {
  private static final MessageParser LENIENT = new MessageParser();
  private static final MessageParser STRICT =
      new MessageParser(MessageModel.DEFAULT, Limits.DEFAULT, true);

  private static final String REQUEST =
      "OPTIONS sip:b@h SIP/2.0|v: SIP/2.0/UDP h:5070;branch=z9hG4bK1;rport|Via: SIP/2.0/TCP p|"
          + "Max-Forwards: 70|f: \"A\" <sip:a@h>;tag=1|To: <sip:b@h>|i: c@h|CSeq: 1 OPTIONS|"
          + "Content-Length: 0||";

  /** All of 4xx and 5xx, in turn. */
  private int next = 400;

  private static byte[] bytes(String text) {
    return text.replace("|", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private int check(byte[] request, MessageParser parser) {
    Parsed parsed = parser.parse(request);
    SipMessage response;
    int status = next;
    next = next == 599 ? 400 : next + 1;
    if (parsed instanceof SipMessage message) {
      if (!message.isRequest()) {
        return 0;
      }
      response = message.createResponse(status);
    } else {
      Malformed malformed = (Malformed) parsed;
      response = malformed.createResponse(MessageModel.DEFAULT);
      if (response == null) {
        return 0;
      }
      assertEquals(response.status(), malformed.status());
      checkReadable(response);
      response = malformed.createResponse(status, MessageModel.DEFAULT);
      assertNotNull(response);
    }
    assertEquals(response.status(), status);
    checkReadable(response);
    return 1;
  }

  private static void checkReadable(SipMessage response) {
    byte[] sent = response.encoded();
    Parsed read = LENIENT.parse(sent);
    assertTrue(read instanceof SipMessage, read + "\n" + response);
    SipMessage again = (SipMessage) read;
    assertEquals(again, response);
    assertNotNull(again.viaHost());
    assertNotNull(again.callId());
    assertTrue(again.getHeader("From") != null && again.getHeader("To") != null, again.toString());
    again.stampVia("192.0.2.1", 5060);
    assertEquals(again.viaReceived(), "192.0.2.1");
  }

  @DataProvider
  static Object[][] folders() {
    return new Object[][] {
      {"rfc4475", 30, 40}, {"rfc5118", 8, 40}, {"nist-torture", 90, 4}, {"osip", 50, 4},
    };
  }

  @Test(dataProvider = "folders")
  public void torture_messages_and_mutations_of_them_get_answers_that_can_be_read(
      String folder, int answered, int mutations) {
    int answers = 0;
    Random random = new Random(3261);
    for (Path file : Corpus.shared(folder)) {
      byte[] message = Corpus.read(file);
      answers += check(message, LENIENT);
      check(message, STRICT);
      for (int i = 0; message.length > 0 && i < mutations; i++) {
        check(mutated(message, random), i % 2 == 0 ? LENIENT : STRICT);
      }
    }
    assertTrue(answers >= answered, answers + " were answered");
  }

  @Test
  public void our_own_torture_messages_and_mutations_of_them_get_answers_that_can_be_read() {
    Random random = new Random(4475);
    for (String[] row : Corpus.own()) {
      byte[] message = Corpus.own(row[0]);
      check(message, LENIENT);
      for (int i = 0; message.length < 5_000 && i < 100; i++) {
        check(mutated(message, random), i % 2 == 0 ? LENIENT : STRICT);
      }
    }
  }

  @Test
  public void each_byte_of_a_request_left_out_or_changed_gets_an_answer_that_can_be_read() {
    byte[] request = bytes(REQUEST);
    for (int at = 0; at < request.length; at++) {
      for (byte value : new byte[] {0, '\r', '\n', ' ', '"', ',', ';', '<', '\\', (byte) 0xff}) {
        byte[] changed = request.clone();
        changed[at] = value;
        check(changed, LENIENT);
      }
      byte[] cut = Arrays.copyOf(request, at);
      check(cut, LENIENT);
    }
  }

  @Test
  public void a_sample_of_protos_gets_answers_that_can_be_read() {
    int answers = 0;
    int i = 0;
    for (Path file : Corpus.shared("protos-c07-sip")) {
      if (i++ % 5 == 0) {
        answers += check(Corpus.read(file), i % 2 == 0 ? LENIENT : STRICT);
      }
    }
    assertTrue(answers > 300, answers + " were answered");
  }

  private static byte[] mutated(byte[] message, Random random) {
    byte[] mutated = message.clone();
    int from = random.nextInt(mutated.length);
    switch (random.nextInt(4)) {
      case 0 -> mutated[from] = (byte) random.nextInt(256);
      case 1 -> mutated[from] = (byte) "\r\n \t\",;:<>()\\=@/[]\0".charAt(random.nextInt(19));
      case 2 -> { // some of it again elsewhere
        int length = random.nextInt(Math.min(80, mutated.length - from));
        int to = random.nextInt(mutated.length - length);
        System.arraycopy(message, from, mutated, to, length);
      }
      default -> mutated = Arrays.copyOf(message, from);
    }
    return mutated;
  }

  // --- what stands in the place of what's broken ---

  /** What of the request is replaced by what, and the answer's line of that header. */
  @DataProvider
  static Object[][] broken() {
    return new Object[][] {
      {"f: \"A\" <sip:a@h>;tag=1|", "", "From", "<sip:anonymous@anonymous.invalid>"},
      {"<sip:a@h>;tag=1", "<sip:a@h", "From", "<sip:anonymous@anonymous.invalid>"},
      {"\"A\" <sip:a@h>;tag=1", "< sip:a@h>", "From", "<sip:anonymous@anonymous.invalid>"},
      {"To: <sip:b@h>|", "", "To", "<sip:anonymous@anonymous.invalid>"},
      {"To: <sip:b@h>|", "To: <sip:b@h>|t: <sip:c@h>|", "To", "<sip:b@h>"},
      {"To: <sip:b@h>|", "To: <<>|t: <sip:c@h>|", "To", "<sip:c@h>"},
      {"i: c@h|", "", "Call-ID", "unknown@anonymous.invalid"},
      {"i: c@h|", "i: c h|", "Call-ID", "unknown@anonymous.invalid"},
      {"CSeq: 1 OPTIONS|", "", "CSeq", "0 OPTIONS"},
      {"CSeq: 1 OPTIONS|", "CSeq: x OPTIONS|", "CSeq", "0 OPTIONS"},
      {"CSeq: 1 OPTIONS|", "CSeq: 1 INVITE|", "CSeq", "1 INVITE"},
      {
        ";branch=z9hG4bK1;rport",
        ";branch=z9hG4bK1;;,;",
        "Via",
        "SIP/2.0/UDP h:5070;branch=z9hG4bK1"
      },
      {":5070;branch=z9hG4bK1;rport", ":99999", "Via", "SIP/2.0/UDP h"},
      {"h:5070;branch=z9hG4bK1;rport", "h;;branch=z9hG4bK1", "Via", "SIP/2.0/UDP h"},
    };
  }

  @Test(dataProvider = "broken")
  public void another_stands_in_the_place_of_a_header_that_is_missing_or_broken(
      String old, String replacement, String name, String value) {
    Parsed parsed = LENIENT.parse(bytes(REQUEST.replace(old, replacement)));
    Malformed malformed = (Malformed) parsed;
    assertEquals(malformed.status(), 400);
    SipMessage response = malformed.createResponse(MessageModel.DEFAULT);
    assertNotNull(response);
    checkReadable(response);
    String header = response.getHeader(name).toString();
    assertEquals(header, name + ": " + value + "\r\n");
    String sent = response.toString();
    assertTrue(sent.contains("\r\nVia: SIP/2.0/TCP p\r\n"), sent);
    if (!name.equals("From")) {
      assertTrue(sent.contains("\r\nf: \"A\" <sip:a@h>;tag=1\r\n"), sent);
    }
  }

  /** What of the request is replaced by what. */
  @DataProvider
  static Object[][] unanswerable() {
    return new Object[][] {
      {"v: SIP/2.0/UDP h:5070;branch=z9hG4bK1;rport|Via: SIP/2.0/TCP p|", ""},
      {"SIP/2.0/UDP h:5070;branch=z9hG4bK1;rport", "nonsense"},
      {"SIP/2.0/UDP h:5070;branch=z9hG4bK1;rport", "SIP/2.0/UDP <>"},
      {"SIP/2.0/UDP h:5070;branch=z9hG4bK1;rport", "SIP/2.0/UDP"},
      {"OPTIONS", "ACK"},
    };
  }

  @Test(dataProvider = "unanswerable")
  public void nothing_is_answered_where_nobody_is_told_where_to(String old, String replacement) {
    String text = REQUEST.replace(old, replacement).replace("i: c@h|", "");
    Malformed malformed = (Malformed) LENIENT.parse(bytes(text));
    assertNull(malformed.createResponse(MessageModel.DEFAULT));
    assertNull(malformed.createResponse(500, MessageModel.DEFAULT));
  }

  @Test
  public void a_header_that_a_limit_cut_off_is_not_taken_for_whole() {
    int upTo = bytes(REQUEST.substring(0, REQUEST.indexOf("c@h|") + 2)).length;
    Limits limits = new Limits(upTo, 512, 16 << 10);
    MessageParser parser = new MessageParser(MessageModel.DEFAULT, limits, false);
    Malformed malformed = (Malformed) parser.parse(bytes(REQUEST));
    SipMessage response = malformed.createResponse(MessageModel.DEFAULT);
    assertNotNull(response);
    assertEquals(response.status(), 513);
    assertEquals(response.callId(), "unknown@anonymous.invalid");
  }
}
