package io.sipwright.javax.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import java.util.List;
import java.util.Locale;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
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

  /** What of an INVITE is replaced by what, its transport, and how it's refused. */
  @DataProvider
  public Object[][] refusals() {
    return new Object[][] {
      {"Max-Forwards: 70", "Max-Forwards: 7x", "udp", "400 INVITE"},
      {"Max-Forwards: 70", "Max-Forwards: 7x", "tcp", "400 INVITE"},
      {"Max-Forwards: 70", "Supported: " + "a,".repeat(999) + "a", "udp", "513 INVITE"},
      {"Content-Length: 0", "Content-Length: many", "tcp", "400 INVITE"},
      {"Content-Length: 0", "X: 0", "tcp", "400 INVITE"},
    };
  }

  /** RFC 3261 §8.2.6.2, §8.2.7, §17.1.1.3. */
  @Test(dataProvider = "refusals")
  public void a_refusal_has_a_to_tag_and_its_ack_is_not_for_the_listener(
      String old, String replacement, String transport, String refusal) throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", transport);
    String udp = WireEnd.request("INVITE", "bob", 1);
    String invite = udp.replace("/UDP", "/" + transport.toUpperCase(Locale.ROOT));
    assertTrue(invite.contains(old), invite);
    end.send("bob", invite.replace(old, replacement));
    calls.run(10);
    String to = Calls.header(end.last(), "To");
    assertTrue(to.matches("<sip:bob@test>;tag=[^;]+"), to);
    end.send("bob", invite.replace(old, replacement));
    calls.run(10);
    assertEquals(end.heard(), List.of(refusal, refusal));
    assertEquals(Calls.header(end.last(), "To"), to);
    end.send("bob", invite.replace("INVITE", "ACK").replace("To: <sip:bob@test>", "To: " + to));
    calls.run(10);
    assertEquals(bob.heard(), List.of());
  }

  /**
   * What of the request is replaced by what, and what's answered: the headers that every request
   * has (RFC 3261 §8.1.1), missing and repeated. Max-Forwards may be missing, as in RFC 2543.
   */
  @DataProvider
  public Object[][] mandatory() {
    return new Object[][] {
      {"Via: ", "X-Via: ", null, null},
      {"From: ", "X-From: ", "400 Missing From", "400 Missing From"},
      {"To: ", "X-To: ", "400 Missing To", "400 Missing To"},
      {"Call-ID: ", "X-Call-ID: ", "400 Missing Call-ID", "400 Missing Call-ID"},
      {"CSeq: ", "X-CSeq: ", "400 Missing CSeq", "400 Missing CSeq"},
      {"Max-Forwards: ", "X-Max-Forwards: ", "200 OK", "400 Missing Max-Forwards"},
      {"Max-Forwards: ", "Via: SIP/2.0/UDP h\nMax-Forwards: ", "200 OK", "200 OK"},
      {"From: ", "f: <sip:a@h>;tag=2\nFrom: ", "400 More than one From", "400 More than one From"},
      {"To: ", "t: <sip:a@h>\nTo: ", "400 More than one To", "400 More than one To"},
      {"Call-ID: ", "i: 1\nCall-ID: ", "400 More than one Call-ID", "400 More than one Call-ID"},
      {"CSeq: ", "CSeq: 7 OPTIONS\nCSeq: ", "400 More than one CSeq", "400 More than one CSeq"},
      {
        "Max-Forwards: ",
        "Max-Forwards: 7\nMax-Forwards: ",
        "400 More than one Max-Forwards",
        "400 More than one Max-Forwards"
      },
      {"tag=wire", "tag=a/b", "400 Malformed From", "400 Malformed From"},
      {"<sip:bob@test>\n", "<sip:bob@test>;tag=\"x y\"\n", "400 Malformed To", "400 Malformed To"},
    };
  }

  @Test(dataProvider = "mandatory")
  public void headers_that_every_request_has_may_neither_be_missing_nor_repeated(
      String old, String replacement, String lenient, String strict) throws Exception {
    String request = WireEnd.request("OPTIONS", "bob", 1);
    assertTrue(request.contains(old), request);
    String changed = request.replaceFirst("(?m)^" + old, replacement);
    String broken = changed.equals(request) ? request.replace(old, replacement) : changed;
    assertFalse(broken.equals(request), request);
    for (String transport : List.of("udp", "tcp")) {
      for (String mode : List.of("false", "true")) {
        try (Calls net = new Calls()) {
          Party bob = net.party("bob", "io.sipwright.STRICT_PARSING", mode);
          bob.answering("OPTIONS", 200);
          WireEnd end = net.wireEnd("end", transport);
          end.send(
              "bob",
              broken.replace("SIP/2.0/UDP", "SIP/2.0/" + transport.toUpperCase(Locale.ROOT)));
          net.run(100);
          String expected = mode.equals("true") ? strict : lenient;
          assertEquals(bob.heard().isEmpty(), expected == null || !expected.equals("200 OK"));
          assertEquals(end.got.size(), expected == null ? 0 : 1, transport + end.got);
          if (expected != null) {
            assertTrue(end.last().startsWith("SIP/2.0 " + expected), end.last());
          }
        }
      }
    }
  }

  /** What of the copy is damaged: each would be refused with a 400 if it were alone. */
  @DataProvider
  public Object[][] damages() {
    return new Object[][] {
      {"CSeq: 1 INVITE", "CSeq: x INVITE"},
      {"From: <sip:wire", "From: <sip:wi re"},
      {"To: <", "Tx: <"},
      {"Call-ID: wire1", "Call-ID: wi\u0001 re1"},
      {"INVITE sip:", "INVITX sip:"},
      {"Content-Length: 0", "Content-Length: 77"},
    };
  }

  @Test(dataProvider = "damages")
  public void a_damaged_copy_of_a_request_on_its_branch_does_not_end_it(
      String old, String replacement) throws Exception {
    Party bob = calls.party("bob");
    bob.answering("INVITE", 180);
    WireEnd end = calls.wireEnd("end", "udp");
    String invite = WireEnd.request("INVITE", "bob", 1);
    assertTrue(invite.contains(old), invite);
    String damaged = invite.replace(old, replacement);
    end.send("bob", damaged.replace("z9hG4bK", "z9hG4bKother"));
    calls.run(10);
    assertTrue(end.last().startsWith("SIP/2.0 400 "), end.last()); // it's no copy of anything
    end.got.clear();
    end.send("bob", invite);
    end.send("bob", damaged); // while the good one may still wait for its turn
    calls.run(10);
    end.send("bob", damaged);
    calls.run(100);
    assertEquals(end.heard().stream().filter(line -> line.startsWith("400")).toList(), List.of());
    assertEquals(bob.heard(), List.of("INVITE"));
    assertEquals(end.heard(), List.of("180 INVITE"));
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
  public void over_tcp_a_request_that_is_too_long_gets_told_so() throws Exception {
    calls.party("bob");
    WireEnd end = calls.wireEnd("end", "tcp");
    end.send(
        "bob",
        WireEnd.request("OPTIONS", "bob", 1)
            .replace("Content-Length: 0", "Content-Length: 99000000"));
    calls.run(10);
    assertTrue(end.last().startsWith("SIP/2.0 400 The message is longer than "), end.last());
  }

  /** What of a request on a stream is replaced by what, and what strict and lenient answer. */
  @DataProvider
  public Object[][] framings() {
    return new Object[][] {
      {"\r\n", "\n", "200 OK", "400 LF without CR"},
      {
        "Content-Length: 0",
        "l: 0\r\nContent-Length: 0",
        "200 OK",
        "400 More than one Content-Length"
      },
      {"Content-Length: 0\r\n", "", "400 No Content-Length", "400 Missing Content-Length"},
      {
        "Content-Length: 0", "Content-Length: 0\r\nl: 5", "400 ", "400 More than one Content-Length"
      },
      {"Content-Length: 0", "nonsense\r\nContent-Length: 0", "200 OK", "400 Line is not a header"},
    };
  }

  /** The stream is cut into messages before they're read: strict sees all that's wrong with one. */
  @Test(dataProvider = "framings")
  public void strict_parsing_judges_what_a_stream_was_cut_by_too(
      String old, String replacement, String lenient, String strict) throws Exception {
    for (String mode : List.of("false", "true")) {
      try (Calls net = new Calls()) {
        Party bob = net.party("bob", "io.sipwright.STRICT_PARSING", mode);
        bob.answering("OPTIONS", 200);
        WireEnd end = net.wireEnd("end", "tcp");
        String request =
            WireEnd.request("OPTIONS", "bob", 1).replace("/UDP", "/TCP").replace("\n", "\r\n");
        end.sendBytes("bob", request.replace(old, replacement).getBytes(UTF_8));
        net.run(100);
        assertEquals(end.got.size(), 1);
        String expected = mode.equals("true") ? strict : lenient;
        assertTrue(end.last().startsWith("SIP/2.0 " + expected), end.last());
      }
    }
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
