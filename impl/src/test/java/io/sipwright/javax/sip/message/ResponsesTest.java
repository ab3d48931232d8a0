package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ListIterator;
import java.util.function.Supplier;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ViaHeader;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Any refusal can be made from any request, taken or refused itself, and can be read. */
public class ResponsesTest {
  private static final MessageParser PARSER = new MessageParser();

  @DataProvider
  static Object[][] folders() {
    return new Object[][] {
      {"rfc-messages", 1},
      {"osip", 1},
      {"nist-torture", 1},
      {"lioneagle", 1},
      {"gb28181", 1},
      {"pjsip-seeds", 1},
      {"sipgo-fuzz", 1},
      {"advisory-messages", 1},
      {"rfc4475", 1},
      {"rfc5118", 1},
      {"protos-c07-sip", 23},
    };
  }

  /**
   * Of the longest collection, each message gets some of the codes, and each code some messages.
   */
  @Test(dataProvider = "folders")
  public void requests_of_others_can_be_refused(String folder, int step) {
    List<Path> files = Corpus.shared(folder);
    for (int i = 0; i < files.size(); i++) {
      check(files.get(i).toString(), Corpus.read(files.get(i)), i % step, step);
    }
  }

  @Test
  public void our_own_requests_can_be_refused() {
    for (String[] row : Corpus.own()) {
      check(row[0], Corpus.own(row[0]), 0, 1);
    }
  }

  private static void check(String name, byte[] bytes, int first, int step) {
    Parsed parsed = PARSER.parse(bytes);
    for (int status = 400 + first; status < 600; status += step) {
      try {
        check(parsed, status);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(name + " " + status + ": " + e.getMessage(), e);
      }
    }
  }

  // --- requests as long as a raised MAX_MESSAGE_SIZE takes them ---

  private static final MessageParser ROOMY =
      new MessageParser(MessageModel.DEFAULT, new Limits(1 << 22, 100_000, 60_000, 100_000), false);

  /** Lines of many short Vias, and others before and behind them. */
  private static SipRequest longest(int lines) {
    String via = "v:SIP/2.0/UDP h" + ",SIP/2.0/UDP h".repeat(3_999) + "\r\n";
    String text =
        Texts.INVITE.replace("Max-Forwards: 70\r\n", via.repeat(lines) + "Max-Forwards: 70\r\n");
    return (SipRequest) ROOMY.parse(Texts.bytes(text));
  }

  @DataProvider
  static Object[][] lengths() {
    return new Object[][] {{1}, {24}, {25}, {26}, {30}, {37}};
  }

  @Test(dataProvider = "lengths")
  public void a_response_to_the_longest_request_is_no_longer_than_that(int lines) {
    SipRequest request = longest(lines);
    byte[] unread = request.createResponse(500).encoded();
    assertTrue(unread.length < request.encoded().length);
    assertEquals(request.viaCount(), 3 + lines * 4_000); // which parts the values
    for (int status : new int[] {100, 183, 400, 503, 699}) {
      SipMessage response = request.createResponse(status);
      SipMessage read = (SipMessage) ROOMY.parse(response.encoded());
      assertEquals(read.viaCount(), 3 + lines * 4_000);
      assertEquals(response.viaCount(), 3 + lines * 4_000);
      assertEquals(read, response);
    }
    assertEquals(request.createResponse(500).encoded(), unread);
  }

  @Test
  public void one_that_grows_as_it_is_written_anew_has_all_headers_too() throws Exception {
    SipRequest request = longest(37);
    for (ListIterator<?> it = request.getHeaders("Via"); it.hasNext(); ) {
      ((ViaHeader) it.next()).setPort(5);
    }
    SipMessage response = request.createResponse(486);
    assertTrue(response.encoded().length > 3_000_000);
    assertEquals(response.viaCount(), 3 + 37 * 4_000);
    assertEquals(response.callId(), request.callId());
    assertEquals(response.viaPort(), 5);
    String text = Texts.sent(response);
    assertTrue(text.endsWith("\r\nContent-Length: 0\r\n\r\n"));
    assertEquals(text.split("\r\n(?i)Via: ", -1).length - 1, 3 + 37 * 4_000);
    SipMessage wordy = longest(1).createResponse(500, "x".repeat(HeaderIndex.MAX_HEAD));
    assertEquals(wordy.viaCount(), 4_003);
    assertTrue(Texts.sent(wordy).contains("CSeq: 314159 INVITE\r\n"));
  }

  @Test
  public void a_later_response_is_one_to_the_request_as_it_was() throws Exception {
    SipRequest request = Texts.request(Texts.INVITE);
    request.stampVia("192.0.2.7", 5070);
    byte[] now = request.createResponse(100).encoded();
    Supplier<byte[]> later = request.laterResponse(100);
    request.stampVia("192.0.2.99", 5099);
    ((CSeqHeader) request.getHeader("CSeq")).setSeqNumber(99);
    assertEquals(later.get(), now);
    assertEquals(later.get(), now, "asked twice");

    byte[] changed = request.createResponse(100).encoded();
    Supplier<byte[]> ofChanged = request.laterResponse(100);
    ((CSeqHeader) request.getHeader("CSeq")).setSeqNumber(100);
    assertEquals(ofChanged.get(), changed);
  }

  /** The response may take these from the request, which has read them before. */
  private static List<Object> quickReads(SipMessage m) {
    return Arrays.asList(
        m.callId(),
        m.fromTag(),
        m.toTag(),
        m.cseq(),
        m.cseqMethod(),
        m.maxForwards(),
        m.viaBranch(),
        m.viaHost(),
        m.viaPort());
  }

  private static void check(Parsed parsed, int status) {
    if (parsed instanceof SipMessage message) {
      if (message.isRequest()) {
        SipMessage response = message.createResponse(status);
        SipMessage read = (SipMessage) PARSER.parse(response.encoded());
        assertEquals(read.status(), status);
        assertEquals(read.callId(), message.callId());
        assertEquals(quickReads(response), quickReads(read));
      }
      return;
    }
    Malformed malformed = (Malformed) parsed;
    SipMessage response = malformed.createResponse(status, MessageModel.DEFAULT);
    assertEquals(response == null, malformed.createResponse(MessageModel.DEFAULT) == null);
    if (response != null) {
      assertEquals(response.status(), status);
      Parsed read = PARSER.parse(response.encoded());
      boolean copiedWhatIsBroken =
          read instanceof Malformed still
              && still
                  .reason()
                  .matches("(Malformed|Missing|More than one|White space).*|CR.*|Hea.*");
      assertTrue(read instanceof SipMessage || copiedWhatIsBroken, read.toString());
    }
  }
}
