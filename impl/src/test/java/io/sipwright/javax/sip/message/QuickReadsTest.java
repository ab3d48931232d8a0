package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.header.HeaderType;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class QuickReadsTest {
  @Test
  public void all_are_read_from_the_bytes_and_leave_the_message_untouched() {
    SipMessage m = Texts.taken(Texts.INVITE);
    assertTrue(m.isRequest());
    assertSame(m.method(), Request.INVITE);
    assertEquals(m.status(), 0);
    assertEquals(m.callId(), "a84b4c76e66710@pc33.atlanta.example.com");
    assertEquals(m.fromTag(), "1928301774");
    assertNull(m.toTag());
    assertEquals(m.cseq(), 314159);
    assertSame(m.cseqMethod(), Request.INVITE);
    assertEquals(m.viaBranch(), "z9hG4bK776asdhds");
    assertEquals(m.viaHost(), "pc33.atlanta.example.com");
    assertEquals(m.viaPort(), 5066);
    assertEquals(m.viaTransport(), "UDP");
    assertNull(m.viaReceived());
    assertTrue(m.viaHasRport());
    assertEquals(m.viaRport(), -1);
    assertNull(m.viaMaddr());
    assertEquals(m.viaCount(), 3);
    assertEquals(m.maxForwards(), 70);
    assertEquals(m.expires(), 180);
    assertEquals(m.uriScheme(), "sip");
    assertTrue(m.hasHeader(HeaderType.RECORD_ROUTE));
    assertFalse(m.hasHeader(HeaderType.ROUTE));
    assertEquals(Texts.sent(m), Texts.INVITE);
  }

  @Test
  public void they_say_what_setters_and_live_headers_have_changed() throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    ((FromHeader) m.getHeader("From")).setTag("f2");
    ((ToHeader) m.getHeader("t")).setTag("t2");
    ((CallIdHeader) m.getHeader("i")).setCallId("other");
    ((CSeqHeader) m.getHeader("CSeq")).setSeqNumber(7);
    ((MaxForwardsHeader) m.getHeader("max-forwards")).setMaxForwards(3);
    ((ExpiresHeader) m.getHeader("Expires")).setExpires(9);
    ViaHeader via = (ViaHeader) m.getHeader("v");
    via.setBranch("z9hG4bKnew");
    via.setHost("h.example.com");
    via.setPort(99);
    via.setReceived("192.0.2.1");
    via.setMAddr("192.0.2.2");
    via.setParameter("rport", "77");
    m.setMethod("BYE");

    assertEquals(m.method(), "BYE");
    assertEquals(m.cseqMethod(), "BYE");
    assertEquals(m.fromTag(), "f2");
    assertEquals(m.toTag(), "t2");
    assertEquals(m.callId(), "other");
    assertEquals(m.cseq(), 7);
    assertEquals(m.maxForwards(), 3);
    assertEquals(m.expires(), 9);
    assertEquals(m.viaBranch(), "z9hG4bKnew");
    assertEquals(m.viaHost(), "h.example.com");
    assertEquals(m.viaPort(), 99);
    assertEquals(m.viaReceived(), "192.0.2.1");
    assertEquals(m.viaMaddr(), "192.0.2.2");
    assertEquals(m.viaRport(), 77);

    m.removeFirst("Via");
    assertEquals(m.viaBranch(), "z9hG4bKa");
    assertEquals(m.viaTransport(), "TCP");
    m.removeHeader("To");
    assertNull(m.toTag());
  }

  @Test
  public void an_empty_message_has_nothing() {
    SipMessage m = new SipRequest();
    assertEquals(m.method(), "");
    assertNull(m.callId());
    assertNull(m.fromTag());
    assertNull(m.toTag());
    assertEquals(m.cseq(), -1);
    assertNull(m.cseqMethod());
    assertNull(m.viaBranch());
    assertNull(m.viaHost());
    assertEquals(m.viaPort(), -1);
    assertNull(m.viaTransport());
    assertNull(m.viaReceived());
    assertEquals(m.viaRport(), -1);
    assertFalse(m.viaHasRport());
    assertNull(m.viaMaddr());
    assertEquals(m.viaCount(), 0);
    assertEquals(m.maxForwards(), -1);
    assertEquals(m.expires(), -1);
    assertNull(m.uriScheme());
    m.stampVia("192.0.2.1", 5);
    assertTrue(m.isBlank());
  }

  /** A top Via, and what is read of it: host, port, branch, received, rport, maddr. */
  @DataProvider
  static Object[][] vias() {
    return new Object[][] {
      {"SIP/2.0/UDP a.example;branch=z9hG4bK1", "a.example", -1, "z9hG4bK1", null, -1, null},
      {"SIP/2.0/UDP 192.0.2.1:5060 ;branch=b1", "192.0.2.1", 5060, "b1", null, -1, null},
      {"SIP / 2.0 / UDP h : 5060 ; branch = b1", "h", 5060, "b1", null, -1, null},
      {"SIP/2.0/UDP h\r\n ;branch=b1\r\n\t;rport=5", "h", -1, "b1", null, 5, null},
      {"SIP/2.0/UDP h;rport=70000;branch=b", "h", -1, "b", null, -1, null},
      {"SIP/2.0/UDP h;RPORT=7;BRANCH=b", "h", -1, "b", null, 7, null},
      {"SIP/2.0/UDP h;branch=a;branch=b", "h", -1, "a", null, -1, null},
      {"SIP/2.0/UDP h;x=\"a,;branch=no\";branch=b", "h", -1, "b", null, -1, null},
      {"SIP/2.0/UDP h;received=192.0.2.9;rport=9", "h", -1, null, "192.0.2.9", 9, null},
      {
        "SIP/2.0/UDP [2001:db8::1]:5;received=[2001:db8::9]",
        "[2001:db8::1]",
        5,
        null,
        "2001:db8::9",
        -1,
        null
      },
      {
        "SIP/2.0/UDP [2001:db8::1];received=2001:db8::9",
        "[2001:db8::1]",
        -1,
        null,
        "2001:db8::9",
        -1,
        null
      },
      {
        "SIP/2.0/UDP h;maddr=224.0.1.75;ttl=1;branch=b , SIP/2.0/TCP i;branch=c",
        "h",
        -1,
        "b",
        null,
        -1,
        "224.0.1.75"
      },
      {"SIP/2.0/UDP h", "h", -1, null, null, -1, null},
    };
  }

  @Test(dataProvider = "vias")
  public void the_top_via_is_read_in_every_form(
      String via, String host, int port, String branch, String received, int rport, String maddr) {
    SipMessage m = Texts.taken(withVia(via));
    assertEquals(m.viaHost(), host);
    assertEquals(m.viaPort(), port);
    assertEquals(m.viaBranch(), branch);
    assertEquals(m.viaReceived(), received);
    assertEquals(m.viaRport(), rport);
    assertEquals(m.viaMaddr(), maddr);
    assertEquals(m.viaTransport(), "UDP");
  }

  private static String withVia(String via) {
    return Texts.message(
        "OPTIONS sip:h SIP/2.0",
        "Via: " + via,
        "To: <sip:h>",
        "From: <sip:h>;tag=1",
        "Call-ID: c",
        "CSeq: 1 OPTIONS",
        "Content-Length: 0");
  }

  /** A top Via, received, rport, and the Via afterwards. */
  @DataProvider
  static Object[][] stamps() {
    return new Object[][] {
      {"SIP/2.0/UDP h;branch=b", null, -1, "SIP/2.0/UDP h;branch=b"},
      {"SIP/2.0/UDP h;branch=b", "192.0.2.1", -1, "SIP/2.0/UDP h;branch=b;received=192.0.2.1"},
      {
        "SIP/2.0/UDP h;rport;branch=b",
        "192.0.2.1",
        5060,
        "SIP/2.0/UDP h;rport=5060;received=192.0.2.1;branch=b"
      },
      {
        "SIP/2.0/UDP h;rport=1;received=10.0.0.1;branch=b",
        "192.0.2.1",
        5060,
        "SIP/2.0/UDP h;rport=5060;received=192.0.2.1;branch=b"
      },
      {
        "SIP/2.0/UDP h;rport;branch=b  , SIP/2.0/UDP i",
        "192.0.2.1",
        5060,
        "SIP/2.0/UDP h;rport=5060;received=192.0.2.1;branch=b  , SIP/2.0/UDP i"
      },
      {"SIP/2.0/UDP h;branch=b", null, 5060, "SIP/2.0/UDP h;branch=b;rport=5060"},
      {
        "SIP/2.0/UDP h;rport",
        "2001:db8:1111:2222:3333:4444:5555:6666",
        65535,
        "SIP/2.0/UDP h;rport=65535;received=2001:db8:1111:2222:3333:4444:5555:6666"
      },
    };
  }

  @Test(dataProvider = "stamps")
  public void a_stamp_changes_the_top_via_and_nothing_else(
      String via, String received, int rport, String after) {
    SipMessage m = Texts.taken(withVia(via));
    m.viaCount(); // splits lines with several values
    m.stampVia(received, rport);
    assertEquals(Texts.sent(m), withVia(after));
    assertEquals(m.viaHost(), "h");
    assertEquals(m.callId(), "c");
    assertEquals(m.fromTag(), "1");
    if (rport >= 0) {
      assertEquals(m.viaRport(), rport);
    }
    if (received != null) {
      assertEquals(m.viaReceived(), received);
    }
    m.stampVia("192.0.2.200", 1);
    assertEquals(m.viaReceived(), "192.0.2.200");
    assertEquals(m.callId(), "c");
  }

  @Test
  public void a_stamp_does_not_change_bytes_that_were_handed_out_or_a_clone() {
    SipMessage m = Texts.taken(Texts.INVITE);
    byte[] out = m.encoded();
    SipMessage clone = m.clone();
    m.stampVia("192.0.2.1", 5060);
    assertEquals(new String(out, java.nio.charset.StandardCharsets.UTF_8), Texts.INVITE);
    assertEquals(Texts.sent(clone), Texts.INVITE);
    assertEquals(clone.callId(), m.callId());
    clone.stampVia("192.0.2.7", 7);
    assertEquals(clone.viaReceived(), "192.0.2.7");
    assertEquals(m.viaReceived(), "192.0.2.1");
  }

  @Test
  public void a_stamp_on_an_unusual_via_is_set_in_its_object() {
    SipMessage m = Texts.taken(withVia("SIP / 2.0 / UDP h ; rport"));
    m.stampVia("192.0.2.1", 5060);
    assertEquals(m.viaReceived(), "192.0.2.1");
    assertEquals(m.viaRport(), 5060);
    assertEquals(Texts.sent(m), withVia("SIP/2.0/UDP h;rport=5060;received=192.0.2.1"));
  }

  /** A From value and its tag. */
  @DataProvider
  static Object[][] addresses() {
    return new Object[][] {
      {"<sip:a@h>;tag=1", "1"},
      {"<sip:a@h> ; tag = 1", "1"},
      {"sip:a@h;tag=1", "1"},
      {"sip:a@h", null},
      {"<sip:a@h;tag=no>", null},
      {"<sip:a@h;tag=no>;x=2;TAG=yes", "yes"},
      {"\"q;tag=no\" <sip:a@h>;tag=yes", "yes"},
      {"\"\\\"<;tag=no\"<sip:a@h>;tag=yes", "yes"},
      {"Mr. X <sips:a:pw@[::1]:5061;transport=tls;lr>;tag=yes", "yes"},
      {"<tel:+1-234;phone-context=x>;tag=yes", "yes"},
      {"<sip:a%40b@h?x=y>;tag=yes", "yes"},
      {"<sip:a;b=c@h>\r\n ;tag=yes", "yes"},
      {"<sip:h>;x=\"a;tag=no\";tag=yes", "yes"},
      {"<sip:h>;tag=1;tag=2", "1"},
    };
  }

  @Test(dataProvider = "addresses")
  public void tags_are_found_in_every_form(String from, String tag) {
    SipMessage m =
        Texts.taken(withVia("SIP/2.0/UDP h").replace("From: <sip:h>;tag=1", "From: " + from));
    assertEquals(m.fromTag(), tag);
    assertEquals(((FromHeader) m.getHeader("From")).getTag(), tag);
    SipMessage n = Texts.taken(withVia("SIP/2.0/UDP h").replace("To: <sip:h>", "To: " + from));
    assertEquals(n.toTag(), tag);
  }

  /**
   * What the quick look takes for an address, the class must take too, whoever asks for it when.
   */
  @Test
  public void
      an_address_that_is_none_by_its_parameters_or_commas_is_refused_and_never_fails_later() {
    for (String from :
        new String[] {"<sip:a@h;=x>;tag=1", "<sip:a@h;x;=>;tag=1", "sip:a,b@h;tag=1"}) {
      Malformed refused =
          Texts.refused(
              Texts.INVITE.replace("Alice <sip:alice@atlanta.example.com>;tag=1928301774", from));
      assertEquals(refused.reason(), "Malformed From");
    }
    SipMessage message =
        Texts.taken(
            Texts.INVITE.replace(
                "Alice <sip:alice@atlanta.example.com>;tag=1928301774", "<sip:a@h;;x=;y>;tag=1"));
    assertEquals(message.copyOfAddress(HeaderType.FROM).getURI().toString(), "sip:a@h;x=;y");
  }
}
