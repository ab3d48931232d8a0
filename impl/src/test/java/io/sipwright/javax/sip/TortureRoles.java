package io.sipwright.javax.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.message.Malformed;
import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.Parsed;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.transport.Transmission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sip.ClientTransaction;
import javax.sip.RequestEvent;
import javax.sip.header.FromHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;

/**
 * What becomes of one message at a parser, a user agent and a proxy, in a word: {@code accept} of
 * the parser; the status that is answered; {@code match} of a response that finds its transaction;
 * {@code forward} of what a proxy sends on; {@code drop}.
 */
final class TortureRoles {
  private static final String[] OFF = {"javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off"};

  private static final String BLANK_LINE = "\r?\n\r?\n";

  private TortureRoles() {}

  static String parser(byte[] bytes) {
    Parsed parsed = new MessageParser().parse(bytes);
    if (parsed instanceof Malformed malformed) {
      return malformed.status() == 0 ? "drop" : String.valueOf(malformed.status());
    }
    return "accept";
  }

  private static boolean isResponse(byte[] bytes) {
    return new String(bytes, 0, Math.min(8, bytes.length), ISO_8859_1).startsWith("SIP/");
  }

  // --- user agent ---

  static String userAgent(byte[] bytes) throws Exception {
    return isResponse(bytes) ? client(bytes) : server(bytes);
  }

  private static String server(byte[] bytes) throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob", OFF);
      bob.onAnyRequest(event -> TortureUas.onRequest(bob, event));
      WireEnd end = calls.wireEnd("end", "udp");
      end.sendBytes("bob", bytes);
      calls.run(100);
      return answer(calls);
    }
  }

  /** The last status that bob sent, to whatever address; drop if none. */
  private static String answer(Calls calls) {
    String found = "drop";
    for (String line : calls.wire()) {
      String[] words = line.split(" ", -1);
      if (words[0].startsWith("bob>") && words[1].matches("\\d{3}") && !words[1].equals("100")) {
        found = words[1];
      }
    }
    return found;
  }

  /** A client that has sent the request which the response is for. */
  private static String client(byte[] bytes) throws Exception {
    try (Calls calls = new Calls()) {
      Parsed parsed = new MessageParser().parse(bytes);
      SipMessage response = parsed instanceof SipMessage taken ? taken : null;
      Party bob = party(calls, response, OFF);
      WireEnd end = calls.wireEnd("end", "udp");
      ClientTransaction sent = response == null ? null : request(bob, calls, response);
      end.sendBytes("bob", bytes);
      calls.run(100);
      if (bob.responses.isEmpty()) {
        return "drop";
      }
      assertEquals(bob.lastResponse().getClientTransaction(), sent);
      int vias = ((SipMessage) bob.lastResponse().getResponse()).viaCount();
      return vias > 1 ? "drop" : "match"; // RFC 3261 §8.1.3.3
    }
  }

  /** At the address that the response is for, if it says one. */
  private static Party party(Calls calls, SipMessage response, String... settings)
      throws Exception {
    String host = response == null ? "" : response.viaHost();
    return host.matches("[0-9.]+")
        ? calls.partyAt(host, "bob", settings)
        : calls.party("bob", settings);
  }

  private static ClientTransaction request(Party bob, Calls calls, SipMessage response)
      throws Exception {
    Request request =
        bob.request(response.method(), "sip:end@" + calls.address("end").getHostString(), "udp");
    ViaHeader via = Party.HEADERS.createViaHeader(bob.host(), bob.port, "udp", null);
    via.setBranch(response.viaBranch());
    request.setHeader(via);
    copyIdentity(response, request);
    return bob.send(request);
  }

  private static void copyIdentity(SipMessage response, Request request) throws Exception {
    SipMessage copy = response.clone();
    for (String name : List.of("Call-ID", "CSeq", FromHeader.NAME)) {
      request.setHeader((javax.sip.header.Header) copy.getHeader(name).clone());
    }
    ToHeader to = (ToHeader) copy.getHeader(ToHeader.NAME).clone();
    to.removeParameter("tag");
    request.setHeader(to);
  }

  // --- proxy ---

  static String proxy(byte[] bytes) throws Exception {
    return isResponse(bytes) ? proxyResponse(bytes) : proxyRequest(bytes);
  }

  private static String proxyRequest(byte[] bytes) throws Exception {
    try (Calls calls = new Calls()) {
      WireEnd end = calls.wireEnd("end", "udp");
      WireEnd next = calls.wireEnd("next", "udp");
      calls.name("services.example.com", "next");
      Party bob =
          calls.party("bob", OFF[0], OFF[1], "javax.sip.OUTBOUND_PROXY", "10.0.0.2:5060/udp");
      TortureProxy proxy = new TortureProxy(bob, null);
      bob.onAnyRequest(proxy::onRequest);
      end.sendBytes("bob", bytes);
      calls.run(100);
      assertTrue(next.got.size() <= 1);
      List<Transmission> sentOn =
          calls.network.trace().stream()
              .filter(t -> t.from().equals(calls.address("bob")) && !t.text().startsWith("SIP/"))
              .filter(t -> t.bytes()[0] > ' ') // what STUN says starts with 0 or 1
              .toList();
      if (sentOn.isEmpty()) {
        return answer(calls);
      }
      assertEquals(sentOn.size(), 1);
      checkForwarded(bytes, sentOn.get(0).bytes());
      return "forward";
    }
  }

  /** But for what a proxy has to change, all lines and the body are what they were. */
  static void checkForwarded(byte[] sent, byte[] got) {
    SipMessage original = (SipMessage) new MessageParser().parse(sent);
    String before = forStrictRouter(text(original.encoded())); // what's behind it is left out
    String after = text(got);
    assertTrue(new MessageParser().parse(got) instanceof SipMessage, after);
    List<String> lines = comparable(before);
    String blanks = lines.get(0).strip().replaceAll("[ \t]+", " ");
    assertEquals(comparable(after).get(0), blanks); // a clean start line (RFC 4475 §3.1.2.9)
    lines.set(0, blanks);
    List<String> arrived = comparable(after);
    assertEquals(arrived.stream().filter(TortureRoles::isOwnVia).count(), 1, after);
    arrived.removeIf(TortureRoles::isOwnVia);
    lines.removeIf(line -> line.startsWith("Max-Forwards"));
    arrived.removeIf(line -> line.startsWith("Max-Forwards"));
    if (!lines.stream().anyMatch(line -> line.matches("(?is)(content-length|l)\\s*:.*"))) {
      arrived.removeIf(line -> line.startsWith("Content-Length:"));
    }
    assertEquals(arrived, lines);
    assertEquals(bodyOf(after), bodyOf(before));
  }

  /** The Route of a strict router takes the place of the Request-URI (RFC 3261 §16.6 step 6). */
  private static String forStrictRouter(String message) {
    return message.replaceFirst(
        "(?s)^(\\w+) (\\S+) (.*?\r\n)Route: <([^;>]*)>\r\n", "$1 $4 $3Route: <$2>\r\n");
  }

  private static boolean isOwnVia(String line) {
    return line.startsWith("Via:SIP/2.0/UDP10.0.0.3:5060;branch=z9hG4bKproxy");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static String bodyOf(String message) {
    String[] parts = message.split(BLANK_LINE, 2);
    return parts.length < 2 ? "" : parts[1];
  }

  /** Start line and header lines, folds kept, without what the stack notes in the top Via. */
  private static List<String> comparable(String message) {
    String head = message.split(BLANK_LINE, 2)[0].stripTrailing();
    List<String> lines = new ArrayList<>(List.of(head.split("\r?\n(?![ \t])")));
    List<String> values = new ArrayList<>();
    for (String line : lines) {
      if (line.matches("(?is)(via|v)\\s*:.*")) { // the top one is written anew
        String value = line.substring(line.indexOf(':') + 1).replaceAll("\\s", "");
        for (String each : value.split(",", -1)) {
          values.add("Via:" + each.replaceAll("(?i);received=[^;]*|(?<=;rport)=\\d+", ""));
        }
      } else {
        boolean hops = line.toLowerCase(Locale.ROOT).startsWith("max-forwards");
        values.add(hops ? "Max-Forwards" : line);
      }
    }
    return values;
  }

  /** A proxy that has sent on the request which the response is for. */
  private static String proxyResponse(byte[] bytes) throws Exception {
    try (Calls calls = new Calls()) {
      Parsed parsed = new MessageParser().parse(bytes);
      SipMessage response = parsed instanceof SipMessage taken ? taken : null;
      WireEnd end = calls.wireEnd("end", "udp");
      WireEnd next = calls.wireEnd("next", "udp");
      Party bob =
          party(calls, response, OFF[0], OFF[1], "javax.sip.OUTBOUND_PROXY", "10.0.0.2:5060/udp");
      TortureProxy proxy = new TortureProxy(bob, response == null ? null : response.viaBranch());
      bob.onAnyRequest((RequestEvent event) -> proxy.onRequest(event));
      bob.onAnyResponse(proxy::onResponse);
      if (response != null) {
        end.send("bob", upstreamRequest(response));
        calls.run(10);
        assertEquals(next.heard(), List.of(response.method()));
      }
      byte[] onItsWay = response != null && response.viaCount() == 1 ? withSecondVia(bytes) : bytes;
      int before = end.got.size();
      next.sendBytes("bob", onItsWay);
      calls.run(100);
      assertTrue(calls.wire().stream().noneMatch(line -> line.contains("255.255.255.255")));
      if (end.got.size() == before) {
        return "drop";
      }
      byte[] got = end.gotBytes.get(end.gotBytes.size() - 1);
      String line = text(bytes).split("\r\n")[0];
      boolean untidy = line.length() == "SIP/2.0 200".length(); // a blank is missing
      assertEquals(text(got).split("\r\n")[0], untidy ? line + " " : line);
      assertEquals(bodyOf(text(got)), bodyOf(text(bytes)));
      return "forward";
    }
  }

  private static String upstreamRequest(SipMessage response) {
    SipMessage copy = response.clone();
    return response.method()
        + " sip:x@10.0.0.2 SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKupstream\n"
        + copy.getHeader("From")
        + ((ToHeader) copy.getHeader("To")).toString().replaceAll(";tag=[^;\r]*", "")
        + copy.getHeader("Call-ID")
        + copy.getHeader("CSeq")
        + "Max-Forwards: 9\nContent-Length: 0\n\n";
  }

  /** A response on its way through a proxy has the Via of the one before it too. */
  private static byte[] withSecondVia(byte[] bytes) {
    return text(bytes)
        .replaceFirst("(Via: [^\r]*\r\n)", "$1Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKupstream\r\n")
        .getBytes(ISO_8859_1);
  }
}
