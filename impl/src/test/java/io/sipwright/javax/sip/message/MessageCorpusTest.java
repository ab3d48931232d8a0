package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.sip.header.ViaHeader;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Messages from RFCs and other people's tests; skipped where they aren't at hand. */
public class MessageCorpusTest {
  /** Where MANIFEST.tsv leaves a choice ("reject or tolerate", "must not break"), what we do. */
  private static final Map<String, String> CHOICES =
      Map.ofEntries(
          Map.entry("badbranch.dat", "accept"),
          Map.entry("insuf.dat", "400"),
          Map.entry("multi01.dat", "400"),
          Map.entry("test.dat", "400"),
          Map.entry("ltgtruri.dat", "400"),
          Map.entry("lwsruri.dat", "400"),
          Map.entry("lwsstart.dat", "accept"),
          Map.entry("trws.dat", "accept"),
          Map.entry("escruri.dat", "accept"),
          Map.entry("regbadct.dat", "accept"),
          Map.entry("badaspec.dat", "400"),
          Map.entry("baddn.dat", "400"));

  @DataProvider
  static Iterator<Object[]> rfc4475() {
    Path folder = Corpus.sharedFolder("rfc4475");
    String table = new String(Corpus.read(folder.resolve("MANIFEST.tsv")), StandardCharsets.UTF_8);
    List<Object[]> rows = new ArrayList<>();
    for (String[] row : Corpus.rows(table)) {
      rows.add(new Object[] {row[0], expected(row[0], row[4], row[5])});
    }
    return rows.iterator();
  }

  private static String expected(String file, String parser, String uas) {
    if (CHOICES.containsKey(file)) {
      return CHOICES.get(file);
    }
    if (parser.startsWith("accept")) {
      return "accept";
    }
    if (parser.startsWith("discard")) {
      return "drop";
    }
    return uas.startsWith("505") ? "505" : "400";
  }

  @Test(dataProvider = "rfc4475")
  public void rfc_4475_messages_get_their_disposition(String file, String expected) {
    byte[] bytes = Corpus.read(Corpus.sharedFolder("rfc4475").resolve(file));
    assertEquals(Invariants.check(bytes), expected);
  }

  @Test
  public void rfc_4475_escaped_headers_of_a_request_uri_become_no_headers() {
    byte[] bytes = Corpus.read(Corpus.sharedFolder("rfc4475").resolve("escruri.dat"));
    SipMessage message = (SipMessage) new MessageParser().parse(bytes);
    assertEquals(message.getHeader("Route"), null);
  }

  @Test
  public void rfc_4475_trailing_octets_are_no_part_of_the_message() {
    byte[] bytes = Corpus.read(Corpus.sharedFolder("rfc4475").resolve("dblreq.dat"));
    SipMessage message = (SipMessage) new MessageParser().parse(bytes);
    assertEquals(message.method(), "REGISTER");
    assertTrue(message.encoded().length < bytes.length);
    assertTrue(message.toString().endsWith("\r\n\r\n"));
  }

  @Test
  public void rfc_4475_long_values_are_read_to_their_end() {
    byte[] bytes = Corpus.read(Corpus.sharedFolder("rfc4475").resolve("longreq.dat"));
    SipMessage message = (SipMessage) new MessageParser().parse(bytes);
    assertEquals(message.viaCount(), 34);
    List<Object> vias = new ArrayList<>();
    message.getHeaders(ViaHeader.NAME).forEachRemaining(vias::add);
    assertEquals(vias.size(), 34);
  }

  @DataProvider
  static Iterator<Object[]> rfc5118() {
    return Corpus.shared("rfc5118/crlf-cl").stream().map(file -> new Object[] {file}).iterator();
  }

  @Test(dataProvider = "rfc5118")
  public void rfc_5118_messages_are_taken_but_for_the_one_without_brackets(Path file) {
    String expected = file.endsWith("ipv6-bad") ? "400" : "accept";
    assertEquals(Invariants.check(Corpus.read(file)), expected);
  }

  /** A folder, and how many of its files are taken at least. */
  @DataProvider
  static Object[][] folders() {
    return new Object[][] {
      {"rfc-messages", 850},
      {"osip", 60},
      {"nist-torture", 240},
      {"lioneagle", 1},
      {"gb28181", 0},
      {"pjsip-seeds", 1},
      {"sipgo-fuzz", 0},
      {"advisory-messages", 1},
      {"rfc5118", 20},
    };
  }

  @Test(dataProvider = "folders")
  public void every_message_is_a_value_and_those_taken_are_written_back_as_they_came(
      String folder, int taken) {
    int accepted = 0;
    for (Path file : Corpus.shared(folder)) {
      try {
        accepted += Invariants.check(Corpus.read(file)).equals("accept") ? 1 : 0;
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(file + ": " + e.getMessage(), e);
      }
    }
    assertTrue(accepted >= taken, accepted + " were taken");
  }

  @Test
  public void protos_messages_are_values() {
    List<Path> files = Corpus.shared("protos-c07-sip");
    for (int i = 0; i < files.size(); i++) {
      try {
        Invariants.check(Corpus.read(files.get(i)));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(files.get(i) + ": " + e.getMessage(), e);
      }
    }
  }
}
