package io.sipwright.stack;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.dns.TestDnsServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.spi.ToolProvider;
import org.testng.annotations.Test;

/** {@code sipwright-locate}, against a name server on loopback sockets. */
public class LocateToolTest {
  private static final String ZONE =
      """
      example.com.           60 NAPTR 50 50 "s" "SIP+D2T" "" _sip._tcp.example.com.
      _sip._tcp.example.com. 60 SRV 0 0 5070 a.example.com.
      a.example.com.         60 A 192.0.2.1
      a.example.com.         60 AAAA 2001:db8::1
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) throws Exception {
    ToolProvider tool = ToolProvider.findFirst("sipwright-locate").orElseThrow();
    out.getBuffer().setLength(0);
    return tool.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  private static List<String> sorted(String text) {
    return text.lines().sorted().toList();
  }

  @Test
  public void each_question_choice_and_target_is_shown_with_its_rule() throws Exception {
    try (TestDnsServer server = new TestDnsServer().add(ZONE)) {
      String dns = "dns=127.0.0.1:" + server.address().getPort();
      assertEquals(run("sip:alice@example.com", dns), 0);
      assertEquals(
          sorted(out.toString()), // which of the two last questions is answered first is chance
          sorted(
              """
          sip:alice@example.com

          RFC 3263 §4.1   ? example.com NAPTR
                            50 50 "s" "SIP+D2T" "" _sip._tcp.example.com.   (60 s)
          RFC 3263 §4.1   chosen by order and preference: 50 50 "s" "SIP+D2T" "" _sip._tcp.example.com.
          RFC 3263 §4.2   ? _sip._tcp.example.com SRV
                            0 0 5070 a.example.com.   (60 s)
          RFC 2782        in order of priority, and by chance as weights say: 0 0 5070 a.example.com.
          RFC 7984 §3.1   ? a.example.com AAAA
                            2001:db8:0:0:0:0:0:1   (60 s)
          RFC 7984 §3.1   ? a.example.com A
                            192.0.2.1   (60 s)

          Targets, in the order to try them (RFC 3263 §4.3):
            1  [2001:db8:0:0:0:0:0:1]:5070/tcp  for example.com
            2  192.0.2.1:5070/tcp  for example.com
          """));
      assertEquals(run("sip:alice@example.com", dns, "json=true"), 0);
      String json = out.toString();
      assertTrue(
          json.contains(
              "\"question\":{\"name\":\"example.com\",\"type\":\"NAPTR\"},\"outcome\":\"FOUND\",\"records\":[\"50"
                  + " 50 \\\"s\\\" \\\"SIP+D2T\\\" \\\"\\\" _sip._tcp.example.com.\"],\"ttl\":60"),
          json);
      assertTrue(
          json.contains(
              "{\"host\":\"192.0.2.1\",\"port\":5070,\"transport\":\"tcp\",\"domain\":\"example.com\"}]"),
          json);
      assertEquals(run("sip:alice@nowhere.test", dns), 1);
      assertTrue(out.toString().contains("there's no such name"), out.toString());
    }
  }

  @Test
  public void a_wrong_argument_is_told() throws Exception {
    assertEquals(run("sip:[x"), 2);
    assertEquals(run("sip:a@b.test", "dns=ns.example.com"), 2);
    assertTrue(err.toString().contains("DNS_SERVERS"), err.toString());
  }
}
