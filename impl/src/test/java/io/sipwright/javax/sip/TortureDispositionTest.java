package io.sipwright.javax.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.body.BodyParser;
import io.sipwright.body.BodyPart;
import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.SipMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.testng.SkipException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * What becomes of torture messages at a parser, a user agent and a proxy, in the words of {@link
 * TortureRoles}: those of RFC 4475 and RFC 5118 where they are at hand, and our own that cover the
 * same points.
 */
public class TortureDispositionTest {
  private static final String OWN = "/io/sipwright/javax/sip/message/torture/";

  /** RFC 4475 and RFC 5118: message, parser, user agent, proxy. */
  private static final String[][] RFC = {
    {"badaspec", "400", "400", "400"},
    {"badbranch", "accept", "200", "forward"},
    {"baddate", "accept", "200", "forward"},
    {"baddn", "400", "400", "400"},
    {"badinv01", "400", "400", "400"},
    {"badvers", "505", "505", "505"},
    {"bcast", "accept", "drop", "drop"},
    {"bext01", "accept", "420", "420"},
    {"bigcode", "drop", "drop", "drop"},
    {"clerr", "400", "400", "400"},
    {"cparam01", "accept", "200", "forward"},
    {"cparam02", "accept", "200", "forward"},
    {"dblreq", "accept", "200", "forward"},
    {"esc01", "accept", "200", "forward"},
    {"esc02", "accept", "501", "forward"},
    {"escnull", "accept", "200", "forward"},
    {"escruri", "accept", "200", "400"},
    {"insuf", "400", "400", "400"},
    {"intmeth", "accept", "501", "forward"},
    {"inv2543", "accept", "200", "forward"},
    {"invut", "accept", "415", "forward"},
    {"longreq", "accept", "200", "forward"},
    {"ltgtruri", "400", "400", "400"},
    {"lwsdisp", "accept", "200", "forward"},
    {"lwsruri", "400", "400", "400"},
    {"lwsstart", "accept", "200", "forward"},
    {"mcl01", "400", "400", "400"},
    {"mismatch01", "400", "400", "400"},
    {"mismatch02", "400", "400", "400"},
    {"mpart01", "accept", "200", "forward"},
    {"multi01", "400", "400", "400"},
    {"ncl", "400", "400", "400"},
    {"noreason", "accept", "match", "forward"},
    {"novelsc", "accept", "416", "416"},
    {"quotbal", "400", "400", "400"},
    {"regaut01", "accept", "200", "forward"},
    {"regbadct", "accept", "400", "forward"},
    {"regescrt", "accept", "200", "forward"},
    {"scalar02", "400", "400", "400"},
    {"scalarlg", "drop", "drop", "drop"},
    {"sdp01", "accept", "406", "forward"},
    {"semiuri", "accept", "200", "forward"},
    {"transports", "accept", "200", "forward"},
    {"trws", "accept", "200", "forward"},
    {"unkscm", "accept", "416", "416"},
    {"unksm2", "accept", "400", "forward"},
    {"unreason", "accept", "match", "forward"},
    {"wsinv", "accept", "200", "forward"},
    {"zeromf", "accept", "200", "483"},
    {"ipv4-mapped-ipv6", "accept", "200", "forward"},
    {"ipv6-bad", "400", "400", "400"},
    {"ipv6-bug-abnf-3-colons", "accept", "200", "forward"},
    {"ipv6-correct-abnf-2-colons", "accept", "200", "forward"},
    {"ipv6-good", "accept", "200", "forward"},
    {"mult-ip-in-header", "accept", "200", "forward"},
    {"mult-ip-in-sdp", "accept", "200", "forward"},
    {"port-ambiguous", "accept", "200", "forward"},
    {"port-unambiguous", "accept", "200", "forward"},
    {"via-received-param-no-delim", "accept", "200", "forward"},
    {"via-received-param-with-delim", "accept", "200", "forward"},
    {"ipv6-in-sdp", "accept", "200", "forward"},
  };

  private static Path shared() {
    String folder = System.getProperty("sipwright.shared");
    Path corpus = Path.of(folder == null ? "shared" : folder, "corpus");
    if (!Files.isDirectory(corpus)) {
      throw new SkipException("there is no " + corpus);
    }
    return corpus;
  }

  private static byte[] rfc(String name) throws IOException {
    Path rfc4475 = shared().resolve("rfc4475/" + name + ".dat");
    return Files.readAllBytes(
        Files.exists(rfc4475) ? rfc4475 : shared().resolve("rfc5118/crlf-cl/" + name));
  }

  @DataProvider
  static Object[][] rfcs() {
    return RFC;
  }

  @Test(dataProvider = "rfcs")
  public void a_message_of_rfc_4475_or_5118_gets_its_disposition(
      String name, String parser, String userAgent, String proxy) throws Exception {
    byte[] bytes = rfc(name);
    assertEquals(TortureRoles.parser(bytes), parser, "parser");
    assertEquals(TortureRoles.userAgent(bytes), userAgent, "user agent");
    assertEquals(TortureRoles.proxy(bytes), proxy, "proxy");
  }

  @Test
  public void all_61_messages_have_a_row_and_the_dispositions_are_what_the_manifests_allow()
      throws Exception {
    Set<String> rows = new TreeSet<>();
    for (String[] row : RFC) {
      rows.add(row[0]);
    }
    Set<String> files = new TreeSet<>();
    for (String line : Files.readString(shared().resolve("rfc4475/MANIFEST.tsv")).split("\n")) {
      String[] columns = line.split("\t", -1);
      if (columns[0].endsWith(".dat") && !columns[0].equals("test.dat")) {
        String name = columns[0].replace(".dat", "");
        files.add(name);
        checkAllowed(name, columns);
      }
    }
    for (String line : Files.readString(shared().resolve("rfc5118/MANIFEST.tsv")).split("\n")) {
      String name = line.substring(0, line.indexOf('\t'));
      if (!name.equals("file")) {
        files.add(name);
        assertEquals(row(name)[1], name.equals("ipv6-bad") ? "400" : "accept", line);
      }
    }
    assertEquals(files.size(), 61);
    assertEquals(rows, files);
  }

  private static String[] row(String name) {
    return Arrays.stream(RFC).filter(row -> row[0].equals(name)).findFirst().orElseThrow();
  }

  /** Each word of ours must stand in its column, or be what the column's words mean. */
  private static void checkAllowed(String name, String[] columns) {
    String[] row = row(name);
    String where = name + " " + List.of(columns);
    boolean rejects = columns[4].startsWith("reject");
    boolean tolerates = columns[4].contains("tolerate") || columns[4].matches(".*(infer|ignore).*");
    if (columns[4].startsWith("accept")) {
      assertEquals(row[1], "accept", where);
    } else if (columns[4].startsWith("discard")) {
      assertEquals(row[1], "drop", where);
    } else if (rejects && !tolerates) {
      assertTrue(row[1].matches("400|505"), where);
    }
    assertTrue(fits(row[2], columns[5]), where);
    assertTrue(fits(row[3], columns[6].equals("same") ? columns[5] : columns[6]), where);
  }

  private static boolean fits(String word, String column) {
    String meaning =
        switch (word) {
          case "200" -> ".*(process|regist|200|ignore|tolerate|RFC 2543 matching|only).*";
          case "match" -> ".*match.*";
          case "drop" -> ".*(discard|drop).*";
          case "forward" -> ".*(forward|RFC 2543 matching).*";
          default -> ".*" + word + ".*";
        };
    boolean acceptable = word.equals("200") && column.matches(".*(acceptable|reasonable).*");
    return column.matches("(?i)" + meaning) || acceptable;
  }

  // --- our own ---

  private static byte[] own(String file) {
    try (InputStream in = TortureDispositionTest.class.getResourceAsStream(OWN + file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @DataProvider
  static Object[][] own() {
    List<Object[]> rows = new ArrayList<>();
    for (String line : new String(own("MANIFEST.tsv"), UTF_8).split("\n")) {
      String[] columns = line.split("\t", -1);
      if (!columns[0].equals("file")) {
        rows.add(new Object[] {columns[0], columns[1], columns[3], columns[4]});
      }
    }
    return rows.toArray(new Object[0][]);
  }

  @Test(dataProvider = "own")
  public void a_message_of_our_own_gets_its_disposition(
      String name, String parser, String userAgent, String proxy) throws Exception {
    byte[] bytes = own(name + ".sip");
    assertEquals(TortureRoles.parser(bytes), parser, "parser");
    assertEquals(TortureRoles.userAgent(bytes), userAgent, "user agent");
    assertEquals(TortureRoles.proxy(bytes), proxy, "proxy");
  }

  // --- details ---

  private static SipMessage message(byte[] bytes) {
    return (SipMessage) new MessageParser().parse(bytes);
  }

  @Test
  public void every_byte_of_a_multipart_comes_through() {
    BodyPart body = (BodyPart) new BodyParser().parse(message(own("multipart-binary.sip")));
    byte[] all = body.find("application/octet-stream").bytes();
    assertEquals(all.length, 256);
    for (int i = 0; i < all.length; i++) {
      assertEquals(all[i], (byte) i);
    }
    assertEquals(body.find("text/plain").text(), "lamp on");
  }

  @Test
  public void the_multipart_of_rfc_4475_comes_through() throws Exception {
    SipMessage message = message(rfc("mpart01"));
    byte[] bytes = message.copyOfBody();
    BodyPart body = (BodyPart) new BodyParser().parse(message);
    assertEquals(body.bytes(), bytes);
    assertEquals(body.parts().size(), 2);
    assertEquals(body.parts().get(0).text(), "Hello");
    BodyPart binary = body.parts().get(1);
    assertEquals(binary.mediaType(), "application/octet-stream");
    String head = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    int start = head.lastIndexOf("Content-Transfer-Encoding: binary\r\n\r\n") + 37;
    int end = head.lastIndexOf("\r\n--7a9cbec02ceef655--");
    assertEquals(binary.bytes(), Arrays.copyOfRange(bytes, start, end));
  }

  /** Our own messages of which a stream can't be read on, and what is answered. */
  @DataProvider
  static Object[][] endsOfStreams() {
    return new Object[][] {
      {"content-length-negative"}, {"content-length-conflict"}, {"content-length-huge"},
    };
  }

  @Test(dataProvider = "endsOfStreams")
  public void over_tcp_a_length_that_cannot_be_gets_a_400_and_ends_the_connection(String name)
      throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob");
      WireEnd end = calls.wireEnd("end", "tcp");
      byte[] bytes =
          new String(own(name + ".sip"), UTF_8)
              .replace("2147483648", "9".repeat(25))
              .replace("SIP/2.0/UDP", "SIP/2.0/TCP")
              .getBytes(UTF_8);
      end.sendBytes("bob", bytes);
      calls.run(100);
      assertTrue(end.got.get(0).startsWith("SIP/2.0 4"), end.got.toString());
      assertEquals(end.got.size(), 1);
      assertEquals(bob.heard(), List.of());
      assertEquals(end.closed, 1);
    }
  }

  @Test
  public void over_tcp_what_a_length_that_is_too_large_promises_is_waited_for() throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob");
      WireEnd end = calls.wireEnd("end", "tcp");
      end.sendBytes("bob", own("content-length-too-large.sip"));
      calls.run(10_000);
      assertEquals(end.got, List.of());
      assertEquals(end.closed, 0);
      assertEquals(bob.heard(), List.of()); // StreamEndpointTest: the socket is closed in the end
    }
  }

  @Test
  public void over_tcp_what_stands_behind_a_request_is_the_next_one() throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob", "javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
      WireEnd end = calls.wireEnd("end", "tcp");
      end.sendBytes("bob", own("request-behind-request.sip"));
      calls.run(100);
      assertEquals(bob.heard(), List.of("REGISTER", "INVITE"));
    }
  }
}
