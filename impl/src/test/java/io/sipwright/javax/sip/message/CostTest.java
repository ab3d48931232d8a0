package io.sipwright.javax.sip.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import com.sun.management.ThreadMXBean;
import io.sipwright.body.BodyParser;
import io.sipwright.body.BodyPart;
import io.sipwright.javax.sip.header.HeaderType;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * What messages cost that were made to cost much: bytes allocated while they're read, which are the
 * same in every run, and the limits.
 */
public class CostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Anything goes, so that what grows can grow. */
  private static final Limits ROOMIEST = new Limits(1 << 22, 100_000, 63_999, 100_000);

  private static final MessageParser ROOMY =
      new MessageParser(new MessageModel(32_000), ROOMIEST, false);

  private static final String HEAD =
      "OPTIONS sip:b@h SIP/2.0|Via: SIP/2.0/UDP h;branch=z9hG4bK1|Max-Forwards: 70|"
          + "From: <sip:a@h>;tag=1|To: <sip:b@h>|Call-ID: c|CSeq: 1 OPTIONS|";

  private static byte[] message(String more) {
    return (HEAD + more + "|Content-Length: 0||")
        .replace("|", "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] with(String old, String replacement) {
    return (HEAD.replace(old, replacement) + "Content-Length: 0||")
        .replace("|", "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** What it is, messages of a size of one's choice, and the greatest size that's tried. */
  @DataProvider
  static Object[][] shapes() {
    return new Object[][] {
      shape("many headers", n -> message("A: b|".repeat(n) + "A: b"), 20_000),
      shape("many known headers", n -> message("k: b|".repeat(n) + "k: b"), 20_000),
      shape("junk lines", n -> message("x|".repeat(n) + "x"), 20_000),
      shape("many Vias", n -> message("v: SIP/2.0/UDP h|".repeat(n) + "A: b"), 20_000),
      shape("long name", n -> message("A".repeat(n) + ": b"), 60_000),
      shape("long token", n -> message("Event: " + "a".repeat(n)), 60_000),
      shape("long Call-ID", n -> with("Call-ID: c", "Call-ID: " + "c".repeat(n)), 60_000),
      shape("long tag", n -> with("tag=1", "tag=" + "1".repeat(n)), 60_000),
      shape("deep comment", n -> message("Server: " + "(".repeat(n) + ")".repeat(n)), 30_000),
      shape("open comment", n -> message("Server: " + "(".repeat(n)), 60_000),
      shape("many commas", n -> message("Supported: a" + ",".repeat(n)), 60_000),
      shape("many values", n -> message("Supported: a" + ",a".repeat(n)), 30_000),
      shape("folds", n -> message("Subject: a" + "| b".repeat(n)), 15_000),
      shape("folded nothing", n -> message("Subject:" + "| ".repeat(n)), 15_000),
      shape("huge number", n -> message("Expires: " + "9".repeat(n)), 60_000),
      shape("huge CSeq", n -> with("CSeq: 1", "CSeq: " + "9".repeat(n)), 60_000),
      shape("huge zero", n -> with("CSeq: 1", "CSeq: " + "0".repeat(n) + "1"), 60_000),
      shape("open quote", n -> with("From: ", "From: \"" + "a".repeat(n)), 60_000),
      shape("backslashes", n -> with("From: ", "From: \"" + "\\\\".repeat(n) + "\" "), 30_000),
      shape("parameters", n -> with("tag=1", "tag=1" + ";a".repeat(n)), 25_000),
      shape("some parameters twice", n -> message("m:a:a" + twiceTheSame(n)), 120),
      shape("URI parameters", n -> with("sip:a@h", "sip:a@h" + ";a".repeat(n)), 30_000),
      shape("escapes", n -> with("sip:a@h", "sip:" + "%41".repeat(n) + "@h"), 20_000),
      shape("blanks", n -> message("Subject:" + " ".repeat(n) + "x"), 60_000),
      shape(
          "line ends",
          n -> ("|".repeat(n) + HEAD + "|").replace("|", "\r\n").getBytes(US_ASCII),
          60_000),
      shape("nothing but NUL", n -> new byte[n], 100_000),
    };
  }

  private static String twiceTheSame(int n) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < n; i++) {
      text.append(';').append(Integer.toString(36 * 36 + i, 36));
    }
    return text.toString().repeat(2);
  }

  private static Object[] shape(String name, IntFunction<byte[]> make, int size) {
    return new Object[] {name, make, size};
  }

  /** Bytes that the second of two runs allocates. */
  private static long allocated(Supplier<?> action) {
    assertNotNull(action.get());
    long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    Object result = action.get();
    long after = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    assertNotNull(result);
    return after - before;
  }

  @Test(dataProvider = "shapes")
  public void twice_the_input_allocates_at_most_two_and_a_half_times_as_much(
      String name, IntFunction<byte[]> make, int size) {
    byte[] half = make.apply(size / 2);
    byte[] whole = make.apply(size);
    long once = allocated(() -> ROOMY.parse(half));
    long twice = allocated(() -> ROOMY.parse(whole));
    assertTrue(twice <= 2.5 * once + 4096, name + ": " + once + ", " + twice);
    assertTrue(twice <= 20L * whole.length + 4096, name + ": " + twice + " of " + whole.length);
  }

  @Test(dataProvider = "shapes")
  public void reading_every_header_is_linear_too(String name, IntFunction<byte[]> make, int size) {
    byte[] half = make.apply(size / 4);
    byte[] whole = make.apply(size / 2);
    long once = allocated(() -> readAll(ROOMY.parse(half)));
    long twice = allocated(() -> readAll(ROOMY.parse(whole)));
    assertTrue(twice <= 2.5 * once + 65_536, name + ": " + once + ", " + twice);
  }

  private static Object readAll(Parsed parsed) {
    if (parsed instanceof SipMessage message) {
      for (Iterator<?> names = message.getHeaderNames(); names.hasNext(); ) {
        message.getHeaders((String) names.next());
      }
      return message.getUnrecognizedHeaders();
    }
    return ((Malformed) parsed).reason();
  }

  // --- at most twenty bytes of heap for each byte, and a fixed amount ---

  private static final int FACTOR = 20;
  private static final int LEAST = 48 << 10;

  private static void assertCheap(String what, byte[] bytes) {
    MessageParser parser = new MessageParser();
    long all = allocated(() -> readAll(parser.parse(bytes)));
    assertTrue(
        all <= (long) FACTOR * bytes.length + LEAST, what + ": " + all + " of " + bytes.length);
  }

  @Test(dataProvider = "shapes")
  public void every_header_read_allocates_at_most_twenty_times_the_input(
      String name, IntFunction<byte[]> make, int size) {
    for (int n = 1; n <= size; n *= 3) {
      assertCheap(name + ' ' + n, make.apply(n));
    }
  }

  /** Values as short as they come, well-formed for some headers and malformed for the others. */
  private static final List<String> SHORTEST =
      List.of(
          "",
          "a",
          "aa",
          "a:a",
          "<a:a>",
          "1",
          "a/a",
          "a a=a",
          "*",
          "SIP/2.0/a a",
          "1 a \"\"",
          "a;aa;ab",
          "a=a",
          "a.a;info=<a:a>",
          "Mon, 01 Jan 2026 00:00:00 GMT");

  @Test
  public void
      the_most_and_shortest_values_of_each_header_allocate_at_most_twenty_times_the_input() {
    for (HeaderType type : HeaderType.values()) {
      String name = type.compactName() == null ? type.canonicalName() : type.compactName();
      for (String value : SHORTEST) {
        String line = name + ':' + value;
        assertMostIsCheap(line, n -> message((line + '|').repeat(n - 1) + line));
        if (type.shape() == HeaderType.Shape.LIST) {
          assertMostIsCheap(line + ",…", n -> message(line + (',' + value).repeat(n - 1)));
        }
      }
    }
    assertMostIsCheap("names", CostTest::manyNames);
    for (String parameter : List.of(";%s", " ; %s", ";%s=a", ";%s=\"\"")) {
      assertMostIsCheap(
          parameter, n -> message(("m:a:a" + manyParameters(parameter) + '|').repeat(n) + "A: b"));
    }
  }

  private static byte[] manyNames(int n) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < n; i++) {
      lines.append(Integer.toString(36 * 36 + i, 36)).append(":|");
    }
    return message(lines + "A: b");
  }

  private static String manyParameters(String form) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 250; i++) {
      text.append(form.formatted(Integer.toString(36 * 36 + i, 36)));
    }
    return text.toString();
  }

  /** The greatest number that isn't refused for its values alone. */
  private static void assertMostIsCheap(String what, IntFunction<byte[]> make) {
    MessageParser parser = new MessageParser();
    for (int n : new int[] {500, 200, 130, 90, 65}) {
      byte[] bytes = make.apply(n);
      boolean tooMany =
          parser.parse(bytes) instanceof Malformed m && m.reason().contains(" header values in ");
      if (!tooMany) {
        assertCheap(what + " x " + n, bytes);
        return;
      }
    }
    assertCheap(what + " x 20", make.apply(20));
  }

  @Test
  public void messages_of_others_allocate_at_most_twenty_times_their_length() {
    MessageParser parser = new MessageParser();
    for (String folder : List.of("rfc4475", "lioneagle", "nist-torture", "protos-c07-sip")) {
      for (Path file : Corpus.shared(folder)) {
        byte[] bytes = Corpus.read(file);
        long parse = allocated(() -> parser.parse(bytes));
        assertTrue(parse <= 20L * bytes.length + 4096, file + ": " + parse);
      }
    }
  }

  @Test
  public void a_multipart_allocates_little_besides_a_copy() {
    String part = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n";
    byte[] body = (part.repeat(120) + "--b--").getBytes(StandardCharsets.UTF_8);
    BodyParser parser = new BodyParser();
    long bytes = allocated(() -> parser.parse("multipart/mixed;boundary=b", body));
    assertTrue(bytes <= 20L * body.length, bytes + " of " + body.length);
    byte[] long1 = ("--b\r\n\r\n" + "--a".repeat(20_000)).getBytes(StandardCharsets.UTF_8);
    bytes = allocated(() -> parser.parse("multipart/mixed;boundary=b", long1));
    assertTrue(bytes <= 2L * long1.length, bytes + " of " + long1.length);
    BodyPart read = (BodyPart) parser.parse("multipart/mixed;boundary=b", body);
    assertEquals(read.parts().size(), 120);
  }

  // --- limits ---

  @Test
  public void so_many_parameters_are_taken_and_one_more_is_not() {
    String fits = "tag=1" + ";a".repeat(255);
    SipMessage message = (SipMessage) new MessageParser().parse(with("tag=1", fits));
    assertEquals(message.fromTag(), "1");
    Malformed refused = (Malformed) new MessageParser().parse(with("tag=1", fits + ";a"));
    assertEquals(refused.status(), 400);
    assertEquals(refused.reason(), "Malformed From");
    message = taken("Contact: <sip:a@h>" + ";a".repeat(256));
    assertNotNull(message.getHeader("Contact"));
    message = taken("Contact: <sip:a@h>" + ";a".repeat(257));
    assertNull(message.getHeader("Contact"));
    MessageModel few = new MessageModel(2);
    MessageParser parser = new MessageParser(few, Limits.DEFAULT, false);
    assertTrue(parser.parse(with("h;branch", "h;a;branch")) instanceof SipMessage);
    refused = (Malformed) parser.parse(with("h;branch", "h;a;b;branch"));
    assertEquals(refused.reason(), "Malformed Via");
  }

  private static SipMessage taken(String header) {
    return (SipMessage) new MessageParser().parse(message(header));
  }

  @Test
  public void size_count_and_line_are_taken_at_the_limit_and_not_beyond() {
    byte[] bytes = message("A: " + "b".repeat(300));
    assertTrue(limited(bytes.length, 9, 303).parse(bytes) instanceof SipMessage);
    assertRefused(limited(bytes.length - 1, 9, 303).parse(bytes), "Message longer than ");
    assertRefused(limited(bytes.length, 7, 303).parse(bytes), "More than 7 header lines");
    assertTrue(limited(bytes.length, 8, 303).parse(bytes) instanceof SipMessage);
    assertRefused(limited(bytes.length, 9, 302).parse(bytes), "Header line longer than 302 bytes");
  }

  @Test
  public void some_short_values_are_taken_and_more_only_as_bytes_pay_for_them() {
    // of the message's own header lines there are seven, Content-Length and the list itself
    // included
    assertTrue(valued(56) instanceof SipMessage);
    int taken = 56;
    while (valued(taken + 1) instanceof SipMessage) {
      taken++;
    }
    byte[] most = manyValues(taken);
    int bytes = most.length;
    assertEquals(taken + 7, 64 + bytes / 32, "values and lines");
    assertRefused(valued(taken + 1), "More than " + (64 + (bytes + 2) / 32) + " header values in ");
    Limits roomier = new Limits(1 << 20, 512, 16 << 10, 65);
    MessageParser parser = new MessageParser(MessageModel.DEFAULT, roomier, false);
    assertTrue(parser.parse(manyValues(taken + 1)) instanceof SipMessage);
    // what's between quotes or in other headers is no value
    assertTrue(parsed("Contact: \"" + ",".repeat(999) + "\" <sip:a@h>") instanceof SipMessage);
    assertTrue(parsed("Subject: " + ",".repeat(999)) instanceof SipMessage);
    // long ones are paid for
    assertTrue(parsed("Supported: a" + (", " + "b".repeat(31)).repeat(450)) instanceof SipMessage);
  }

  private static Parsed parsed(String header) {
    return new MessageParser().parse(message(header));
  }

  private static byte[] manyValues(int n) {
    return message("Supported: a" + ",a".repeat(n - 1));
  }

  private static Parsed valued(int n) {
    return new MessageParser().parse(manyValues(n));
  }

  private static MessageParser limited(int size, int count, int line) {
    return new MessageParser(MessageModel.DEFAULT, new Limits(size, count, line), false);
  }

  private static void assertRefused(Parsed parsed, String reason) {
    Malformed refused = (Malformed) parsed;
    assertEquals(refused.status(), 513);
    assertTrue(refused.reason().startsWith(reason), refused.reason());
  }
}
