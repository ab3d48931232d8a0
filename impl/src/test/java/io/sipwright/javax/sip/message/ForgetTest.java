package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import javax.sip.address.SipURI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.MaxForwardsHeader;
import org.testng.annotations.Test;

/** {@link SipMessage#forget}: that all corpus messages read the same afterwards, see Invariants. */
public class ForgetTest {
  private static final int ROUNDS = 20_000;

  @Test
  public void what_was_only_read_is_forgotten_and_read_again() {
    SipRequest m = Texts.request(Texts.INVITE);
    m.stampVia("192.0.2.1", 5060);
    SipHeader contact = m.peek(HeaderType.CONTACT);
    byte[] bytes = m.encoded();
    m.forget();
    assertNotSame(m.peek(HeaderType.CONTACT), contact);
    assertEquals(m.peek(HeaderType.CONTACT), contact);
    assertSame(m.encoded(), bytes);
    assertEquals(m.viaReceived(), "192.0.2.1");
    assertEquals(m.method(), "INVITE");
    m.stampVia("192.0.2.22", 5061);
    assertEquals(m.viaReceived(), "192.0.2.22");
    assertEquals(m.viaRport(), 5061);
    assertTrue(
        new String(bytes, StandardCharsets.US_ASCII).contains("received=192.0.2.1"),
        "bytes of others changed");
  }

  @Test
  public void a_header_that_a_program_has_stays_the_live_one() throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    MaxForwardsHeader hops = (MaxForwardsHeader) m.getHeader("Max-Forwards");
    m.forget();
    hops.setMaxForwards(5);
    assertEquals(m.maxForwards(), 5);
    assertTrue(Texts.sent(m).contains("Max-Forwards: 5"));
  }

  @Test
  public void a_request_uri_and_a_body_that_a_program_has_stay_the_live_ones() throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    SipURI uri = (SipURI) m.getRequestURI();
    m.forget();
    uri.setUser("carol");
    assertTrue(Texts.sent(m).startsWith("INVITE sip:carol@"));

    SipRequest withBody = Texts.request(Texts.INVITE.replace("Length: 0", "Length: 2") + "ab");
    byte[] body = (byte[]) withBody.getContent();
    withBody.forget();
    body[0] = 'X';
    assertTrue(Texts.sent(withBody).endsWith("Xb"));
    assertSame(withBody.getContent(), body);
  }

  @Test
  public void a_message_that_a_program_made_is_left_alone() throws Exception {
    SipRequest m = new SipRequest();
    m.setMethod("OPTIONS");
    m.forget();
    assertEquals(m.getMethod(), "OPTIONS");
    SipMessage response = Texts.request(Texts.INVITE).createResponse(200);
    response.setReason("Fine");
    response.forget();
    assertEquals(response.reasonPhrase(), "Fine");
  }

  @Test
  public void a_change_is_never_lost_to_another_thread_that_makes_the_message_forget()
      throws Exception {
    AtomicReference<SipRequest> shared = new AtomicReference<>();
    CyclicBarrier barrier = new CyclicBarrier(2);
    Thread other =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < ROUNDS; i++) {
                  barrier.await();
                  shared.get().forget();
                  barrier.await();
                }
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    other.start();
    byte[] bytes = Texts.bytes(Texts.INVITE);
    int lost = 0;
    for (int i = 0; i < ROUNDS; i++) {
      SipRequest m = (SipRequest) new MessageParser().parse(bytes);
      shared.set(m);
      barrier.await();
      m.peek(HeaderType.CONTACT);
      ((CSeqHeader) m.getHeader("CSeq")).setSeqNumber(7);
      lost += m.cseq() == 7 && m.callId().startsWith("a84") ? 0 : 1;
      barrier.await();
      lost += m.cseq() == 7 && Texts.sent(m).contains("CSeq: 7 INVITE") ? 0 : 1;
    }
    other.join();
    assertEquals(lost, 0);
  }
}
