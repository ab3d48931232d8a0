package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.javax.sip.header.AddressHeader;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;

/** What must hold of everything that the parser gives back, whatever it was fed with. */
final class Invariants {
  private static final List<String> NEEDED = List.of("Via", "From", "To", "Call-ID", "CSeq");

  /** For what has grown by being written anew: quotes round a display name, canonical names. */
  private static final MessageParser ROOMY =
      new MessageParser(MessageModel.DEFAULT, new Limits(1 << 21, 2048, 63_000, 2048), false);

  private Invariants() {}

  /** Checks a message or a refusal, and says which it was. */
  static String check(byte[] bytes) {
    Parsed parsed = new MessageParser().parse(bytes);
    if (parsed instanceof SipMessage message) {
      check(message, bytes);
    } else {
      check((Malformed) parsed);
    }
    new MessageParser(MessageModel.DEFAULT, Limits.DEFAULT, true).parse(bytes);
    return Corpus.disposition(parsed);
  }

  private static void check(Malformed malformed) {
    SipMessage response = malformed.createResponse(MessageModel.DEFAULT);
    if (malformed.status() == 0) {
      assertNull(response);
    } else if (response != null) {
      assertEquals(response.status(), malformed.status());
      new MessageParser().parse(response.encoded());
      response.viaReceived();
      response.stampVia("192.0.2.1", 5060);
    }
    assertNotNull(malformed.reason());
  }

  private static void check(SipMessage message, byte[] bytes) {
    checkBytes(message, bytes);
    checkQuickReads(message);
    checkAddresses(message);
    checkForgotten(message);
    checkEncodedAnew(message);
    if (message.isRequest()) {
      SipMessage response = message.createResponse(200);
      Parsed read = new MessageParser().parse(response.encoded());
      assertTrue(read instanceof SipMessage, read.toString());
      assertEquals(((SipMessage) read).callId(), message.callId());
      assertEquals(((SipMessage) read).fromTag(), message.fromTag());
      assertEquals(((SipMessage) read).toTag(), message.toTag());
      assertEquals(((SipMessage) read).viaBranch(), message.viaBranch());
      assertEquals(((SipMessage) read).viaCount(), message.viaCount());
    }
  }

  /** Untouched it's written as it came, line ends before it and bytes behind it left out. */
  private static void checkBytes(SipMessage message, byte[] bytes) {
    int from = 0;
    while (bytes[from] == '\r' || bytes[from] == '\n') {
      from++;
    }
    byte[] out = message.encoded();
    int to = from + out.length;
    assertTrue(
        to <= bytes.length && Arrays.equals(out, 0, out.length, bytes, from, to), "other bytes");
  }

  /** The quick reads say what the header objects say, and each needed header has one. */
  private static void checkQuickReads(SipMessage message) {
    SipMessage same = message.clone();
    for (String name : NEEDED) {
      assertNotNull(same.getHeader(name), name + " of " + message);
    }
    ViaHeader via = (ViaHeader) same.getHeader("Via");
    assertEquals(message.viaHost(), via.getHost());
    assertEquals(message.viaPort(), via.getPort());
    assertEquals(message.viaBranch(), nonEmpty(via.getBranch()));
    assertEquals(message.viaTransport(), via.getTransport());
    assertEquals(message.viaMaddr(), nonEmpty(via.getMAddr()));
    assertEquals(message.viaHasRport(), via.getParameter("rport") != null);
    assertEquals(message.viaRport(), same.viaRport());
    assertEquals(message.viaReceived(), same.viaReceived());
    assertEquals(message.fromTag(), nonEmpty(((FromHeader) same.getHeader("From")).getTag()));
    assertEquals(message.toTag(), nonEmpty(((ToHeader) same.getHeader("To")).getTag()));
    assertEquals(message.callId(), ((CallIdHeader) same.getHeader("Call-ID")).getCallId());
    CSeqHeader cseq = (CSeqHeader) same.getHeader("CSeq");
    assertEquals(message.cseq(), cseq.getSeqNumber());
    assertEquals(message.cseqMethod(), cseq.getMethod());
    MaxForwardsHeader hops = (MaxForwardsHeader) same.getHeader("Max-Forwards");
    assertEquals(message.maxForwards(), hops == null ? -1 : hops.getMaxForwards());
    if (message.isRequest()) {
      assertNotNull(message.peekRequestUri());
    }
  }

  /** A copy of an address, made from the bytes where they tell, is what the header holds. */
  private static void checkAddresses(SipMessage message) {
    SipMessage same = message.clone();
    for (HeaderType type : List.of(HeaderType.FROM, HeaderType.TO, HeaderType.CONTACT)) {
      NameAddress copy = message.copyOfAddress(type);
      if (!(same.header(type) instanceof AddressHeader header)) {
        assertNull(copy);
        continue;
      }
      assertEquals(copy.isWildcard(), header.getAddress().isWildcard());
      if (!copy.isWildcard()) {
        assertEquals(read(copy.toString()).getURI(), header.getAddress().getURI());
      }
      assertEquals(copy.getURI(), header.getAddress().getURI());
      assertEquals(copy.getURI().toString(), header.getAddress().getURI().toString());
      assertEquals(copy.getDisplayName(), header.getAddress().getDisplayName());
      assertEquals(copy.toString(), header.getAddress().toString());
    }
  }

  private static NameAddress read(String address) {
    try {
      return NameAddress.parse(new Scanner(address), MessageModel.DEFAULT);
    } catch (ParseException e) {
      throw new AssertionError(address, e);
    }
  }

  /** One that has forgotten what it has read, reads the same once more. */
  private static void checkForgotten(SipMessage message) {
    SipMessage before = message.clone();
    SipMessage after = message.clone();
    after.forget();
    assertEquals(after.encoded(), before.encoded());
    after.forget();
    checkQuickReads(after);
    assertEquals(after.method(), before.method());
    assertEquals(after.status(), before.status());
    assertEquals(after.callId(), before.callId());
    assertEquals(after.viaBranch(), before.viaBranch());
    assertEquals(after.cseq(), before.cseq());
    assertEquals(after.maxForwards(), before.maxForwards());
    assertEquals(after.heldBytes(), after.encoded().length);
    after.forget();
    assertEquals(everything(after), everything(before));
    assertEquals(after.encoded(), before.encoded());
    assertEquals(after.encoded(), message.encoded(), "reading has changed it");
  }

  /** All that a program can read. */
  private static List<String> everything(SipMessage message) {
    List<String> texts = new ArrayList<>();
    texts.add(message.reasonPhrase() + " " + message.requestUri());
    for (Iterator<?> names = message.getHeaderNames(); names.hasNext(); ) {
      for (Iterator<?> it = message.getHeaders((String) names.next()); it.hasNext(); ) {
        texts.add(it.next().toString());
      }
    }
    message.getUnrecognizedHeaders().forEachRemaining(each -> texts.add((String) each));
    texts.add(Arrays.toString(message.getRawContent()));
    return texts;
  }

  private static String nonEmpty(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  /** With every header written anew, it's still a message, and says the same. */
  private static void checkEncodedAnew(SipMessage message) {
    SipMessage anew = message.clone();
    Readings.replaceAll(anew);
    Parsed read = ROOMY.parse(anew.encoded());
    assertTrue(read instanceof SipMessage, read + "\n" + anew);
    SipMessage again = (SipMessage) read;
    assertEquals(again.callId(), message.callId());
    assertEquals(again.viaCount(), message.viaCount());
    assertEquals(again.cseq(), message.cseq());
  }
}
