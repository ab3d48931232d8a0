package io.sipwright.javax.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import java.util.List;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** What becomes of messages that can't be read, and of those that can but for a header. */
public class UnreadableMessagesTest {
  private Calls calls = new Calls();

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  @Test
  public void a_request_that_cannot_be_read_gets_a_400_with_its_own_headers() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1).replace("CSeq: 1 ", "CSeq: one "));
    calls.run(10);
    assertEquals(bob.heard(), List.of());
    assertEquals(end.got.size(), 1);
    String answer = end.last();
    assertTrue(answer.startsWith("SIP/2.0 400 "), answer);
    assertTrue(Calls.header(answer, "Via").contains("branch=z9hG4bKwire1"), answer);
    assertEquals(Calls.header(answer, "From"), "<sip:wire@test>;tag=wire");
    assertTrue(Calls.header(answer, "To").startsWith("<sip:bob@test>"), answer);
    assertEquals(Calls.header(answer, "Call-ID"), "wire1");
    assertEquals(Calls.header(answer, "Content-Length"), "0");
  }

  @Test
  public void over_tcp_a_broken_content_length_gets_a_400() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "tcp");
    end.send(
        "bob",
        WireEnd.request("OPTIONS", "bob", 1).replace("Content-Length: 0", "Content-Length: many"));
    calls.run(10);
    assertEquals(end.heard(), List.of("400 OPTIONS"));
    assertEquals(bob.heard(), List.of());
  }

  @Test
  public void another_version_of_sip_gets_505() throws Exception {
    calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1).replace("test SIP/2.0", "test SIP/7.0"));
    calls.run(10);
    assertEquals(end.heard(), List.of("505 OPTIONS"));
  }

  @Test
  public void an_ack_is_never_answered() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    String ack = WireEnd.request("ACK", "bob", 1);
    end.send("bob", ack.replace("CSeq: 1 ", "CSeq: one "));
    end.send("bob", ack.replace("test SIP/2.0", "test SIP/7.0"));
    end.send("bob", ack.replace("Call-ID: wire1\n", ""));
    end.send("bob", ack);
    end.send("bob", ack.replace("To: <sip:bob@test>", "To: <sip:bob@test>;tag=x"));
    calls.run(40_000);
    assertEquals(end.heard(), List.of());
    assertEquals(bob.heard(), List.of("ACK", "ACK"));
  }

  @Test
  public void a_broken_response_and_what_is_no_sip_are_dropped() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", "SIP/2.0 200 OK\nVia: nonsense\n");
    end.send("bob", "GET / HTTP/1.1\nHost: bob\n");
    end.sendBytes("bob", new byte[] {0, 1, 2, 3, -1});
    end.sendBytes("bob", "\r\n\r\n".getBytes(UTF_8));
    end.sendBytes("bob", "\r\n".getBytes(UTF_8));
    end.sendBytes("bob", new byte[0]);
    calls.run(10);
    assertEquals(end.heard().stream().filter(line -> !line.startsWith("400")).toList(), List.of());
    assertEquals(bob.heard(), List.of());
  }

  @Test
  public void a_broken_header_that_nobody_needs_fails_nothing() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1, "Accept: ;;;", "Date: yesterday"));
    calls.run(10);
    assertEquals(bob.heard(), List.of("OPTIONS"));
    assertNull(bob.lastRequest().getRequest().getHeader("Date"));
    assertTrue(bob.lastRequest().getRequest().getUnrecognizedHeaders().hasNext());
    assertFalse(bob.lastRequest().getRequest().toString().isEmpty());
  }
}
