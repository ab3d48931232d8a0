package io.sipwright.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.transaction.TransactionKey;
import io.sipwright.transaction.TransactionTable;
import io.sipwright.transport.Flow;
import org.jspecify.annotations.Nullable;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Which requests are refused at a glance, and where the response says they came from. */
public class GlanceRefusalsTest {
  private static final String INVITE =
      """
      INVITE sip:bob@example.com SIP/2.0
      Via: SIP/2.0/VIA
      Max-Forwards: 70
      From: Alice <sip:alice@example.com>;tag=a1
      To: Bob <sip:bob@example.com>
      Call-ID: 1@10.0.0.2
      CSeq: 7 INVITE
      Content-Length: 0

      """;

  /** A user who waits for nothing, or for everything. */
  private record Busy(boolean waits, @Nullable String tag) implements CoreUser {
    @Override
    public void onRequest(Flow flow, SipMessage request, TransactionKey key) {
      throw new AssertionError("was to be refused: " + request);
    }

    @Override
    public boolean isWaiting(TransactionKey key) {
      return waits;
    }

    @Override
    public @Nullable String refusalTag(Flow flow) {
      return tag;
    }

    @Override
    public void onStrayResponse(Flow flow, SipMessage response) {
      throw new AssertionError(response);
    }

    @Override
    public boolean isNeeded(Flow flow) {
      return false;
    }
  }

  private static boolean refuse(NotingFlow flow, String via, CoreUser user) {
    byte[] bytes = INVITE.replace("VIA", via).replace("\n", "\r\n").getBytes(US_ASCII);
    WireLog log = new WireLog("test", true);
    return new GlanceRefusals(new DirectWires(log), new TransactionTable(), user, log)
        .refuse(flow, bytes, 0, bytes.length);
  }

  @DataProvider
  public static Object[][] ways() {
    return new Object[][] {
      {"udp", "10.0.0.2", "UDP 10.0.0.2:5062;branch=z9hG4bK1", ""},
      {"udp", "10.0.0.2", "UDP 10.0.0.2:5062;branch=z9hG4bK1;rport", "=5062;received=10.0.0.2"},
      {"udp", "10.0.0.2", "UDP 192.168.0.1:9;branch=z9hG4bK1;rport", "=5062;received=10.0.0.2"},
      {"udp", "10.0.0.2", "UDP alice.test:5062;branch=z9hG4bK1", ";received=10.0.0.2"},
      {"udp", "2001:db8::2", "UDP [2001:db8::2]:5062;branch=z9hG4bK1", ""},
      {"udp", "2001:db8::2", "UDP [2001:DB8:0::2]:5062;branch=z9hG4bK1", ""},
      {
        "udp",
        "2001:db8::2",
        "UDP [2001:db8::3]:5062;branch=z9hG4bK1",
        ";received=2001:db8:0:0:0:0:0:2"
      },
      {"tcp", "10.0.0.2", "TCP 10.0.0.2:5060;branch=z9hG4bK1", ""},
      {"tcp", "10.0.0.2", "TCP alice.test;branch=z9hG4bK1", ";received=10.0.0.2"},
      {"tls", "10.0.0.2", "TLS alice.test;branch=z9hG4bK1", ";received=10.0.0.2"},
      {"tls", "2001:db8::2", "TLS [2001:db8::2];branch=z9hG4bK1", ""},
      {"ws", "10.0.0.2", "WS df7jal23ls0d.invalid;branch=z9hG4bK1", ";received=10.0.0.2"},
      {
        "wss",
        "10.0.0.2",
        "WSS df7jal23ls0d.invalid;rport;branch=z9hG4bK1",
        "rport=5062;received=10.0.0.2"
      },
    };
  }

  @Test(dataProvider = "ways")
  public void the_response_goes_back_and_says_where_the_request_came_from(
      String transport, String source, String via, String stamp) {
    NotingFlow flow = new NotingFlow(source, 5062, transport);
    assertTrue(refuse(flow, via, new Busy(false, "ours")));
    assertEquals(flow.sent.size(), 1);
    SipMessage response = (SipMessage) new MessageParser().parse(flow.sent.get(0));
    assertEquals(response.status(), 503);
    assertEquals(response.toTag(), "ours");
    String expected = stamp.startsWith("r") ? via.replace("rport", stamp) : via + stamp;
    assertEquals(
        String.valueOf(response.header(HeaderType.VIA)).trim(), "Via: SIP/2.0/" + expected);
  }

  @DataProvider
  public static Object[][] others() {
    return new Object[][] {
      {"to another port", "udp", "UDP 10.0.0.2:5070;branch=z9hG4bK1"},
      {"to the default port", "udp", "UDP 10.0.0.2;branch=z9hG4bK1"},
      {"a client of RFC 2543", "udp", "UDP 10.0.0.2:5062;branch=1"},
      {"another transport", "ws", "TCP 10.0.0.2:5062;branch=z9hG4bK1"},
      {"a longer name", "ws", "WSS 10.0.0.2:5062;branch=z9hG4bK1"},
    };
  }

  @Test(dataProvider = "others")
  public void the_rest_is_read_as_a_message(String what, String transport, String via) {
    NotingFlow flow = new NotingFlow("10.0.0.2", 5062, transport);
    assertFalse(refuse(flow, via, new Busy(false, "ours")), what);
    assertEquals(flow.sent.size(), 0, what);
  }

  @Test
  public void what_waits_already_or_the_user_wants_to_see_is_not_refused() {
    NotingFlow flow = new NotingFlow("10.0.0.2", 5062, "tcp");
    String via = "TCP 10.0.0.2:5062;branch=z9hG4bK1";
    assertFalse(refuse(flow, via, new Busy(true, "ours")));
    assertFalse(refuse(flow, via, new Busy(false, null)));
    assertEquals(flow.sent.size(), 0);
    assertTrue(refuse(flow, via, new Busy(false, "ours")));
  }
}
