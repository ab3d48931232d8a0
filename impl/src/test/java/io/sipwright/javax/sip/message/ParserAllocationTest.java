package io.sipwright.javax.sip.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.testng.annotations.Test;

/** What a message of the usual size takes until it's ready for transaction matching. */
public class ParserAllocationTest {
  /** Besides the copy of the input. */
  private static final long MOST = 600;

  /** The 610 bytes of {@code io.sipwright.bench.ParserBenchmark}. */
  private static final byte[] INVITE =
      """
      INVITE sip:bob@biloxi.example.com;user=phone SIP/2.0
      Via: SIP/2.0/UDP pc33.atlanta.example.com:5060;branch=z9hG4bK776asdhds83jd7;rport
      Max-Forwards: 70
      To: "Bob Burroughs" <sip:bob@biloxi.example.com>
      From: "Alice Adams" <sip:alice@atlanta.example.com>;tag=1928301774
      Call-ID: a84b4c76e66710-9a3f@pc33.atlanta.example.com
      CSeq: 314159 INVITE
      Contact: <sip:alice@pc33.atlanta.example.com:5060;transport=udp>
      Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, INFO
      Supported: 100rel, timer, replaces
      User-Agent: ExamplePhone/4.2.1 (build 9817)
      Session-Expires: 1800;refresher=uac
      Content-Length: 0

      """
          .replace("\n", "\r\n")
          .getBytes(US_ASCII);

  /** An array's header has 16 bytes, and arrays begin at multiples of 8. */
  private static final long COPY = (16L + INVITE.length + 7) / 8 * 8;

  private static final int ROUNDS = 2_000;

  @Test
  public void an_invite_takes_its_bytes_and_six_hundred_more() {
    assertEquals(INVITE.length, 610);
    MessageParser parser = new MessageParser();
    readyForMatching(parser); // classes are loaded, words known
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < ROUNDS; i++) {
      readyForMatching(parser);
    }
    long each = (threads.getThreadAllocatedBytes(thread) - before) / ROUNDS;
    assertTrue(each > INVITE.length, each + " bytes measured");
    assertTrue(each <= MOST + COPY, each + " bytes for each message");
  }

  private static void readyForMatching(MessageParser parser) {
    SipMessage message = (SipMessage) parser.parse(INVITE, 0, INVITE.length, false);
    boolean read =
        message.method().equals("INVITE")
            && "z9hG4bK776asdhds83jd7".equals(message.viaBranch())
            && "pc33.atlanta.example.com".equals(message.viaHost())
            && message.viaPort() == 5060
            && "1928301774".equals(message.fromTag())
            && message.toTag() == null
            && "a84b4c76e66710-9a3f@pc33.atlanta.example.com".equals(message.callId())
            && message.cseq() == 314_159
            && message.maxForwards() == 70;
    assertTrue(read, "as it stands");
  }
}
