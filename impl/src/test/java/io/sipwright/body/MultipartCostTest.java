package io.sipwright.body;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * What bodies cost that were made to cost much: bytes allocated while they're read, all parts at
 * every depth included, which are the same in every run and at least what's held.
 */
public class MultipartCostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** As docs/bodies.md has them. */
  private static final int FACTOR = 20;

  private static final int LEAST = 4 << 10;

  /** Anything goes, so that what grows can grow. */
  private static final BodyLimits ROOMIEST =
      new BodyLimits(Integer.MAX_VALUE, BodyLimits.MAX_NESTING);

  private static final BodyParser ROOMY = new BodyParser(ROOMIEST, StandardCharsets.UTF_8, false);
  private static final BodyParser STRICT = new BodyParser(ROOMIEST, StandardCharsets.UTF_8, true);

  private static final String MIXED = "multipart/mixed;boundary=b";
  private static final String INNER = "c:multipart/a;boundary=a||--a|";

  /** What it is, a body of so many of them, and the greatest number that's tried. */
  @DataProvider
  static Object[][] shapes() {
    return new Object[][] {
      shape("nothing between delimiters", n -> "--b\n".repeat(n), 20_000),
      shape("nothing between delimiters with CRLF", n -> "--b|".repeat(n) + "--b--", 20_000),
      shape("empty parts", n -> "--b|||".repeat(n) + "--b--|", 20_000),
      shape("tiny parts", n -> "--b||x|".repeat(n) + "--b--|", 20_000),
      shape("a type each", n -> "--b|c:a/a||x|".repeat(n) + "--b--|", 20_000),
      shape("a usual type each", n -> "--b|Content-Type: text/plain||x|".repeat(n), 10_000),
      shape("a type with parameters", n -> "--b|c:a/a;a;b=c||x|".repeat(n), 10_000),
      shape("no type", n -> "--b|c:a||x|".repeat(n) + "--b--|", 20_000),
      shape("many headers", n -> "--b|" + "A:|".repeat(n) + "|x|--b--|", 20_000),
      shape("many types", n -> "--b|" + "c:a|".repeat(n) + "|x|--b--|", 20_000),
      shape("many multipart types", n -> "--b|" + "c:multipart|".repeat(n) + "|x", 20_000),
      shape("names", n -> "--b|c:multipart/a;boundary=a" + ";p".repeat(n) + "||--a||--a--", 200),
      shape("multiparts", n -> ("--b|" + INNER).repeat(n), 5_000),
      shape("multiparts with LF", n -> ("--b|" + INNER).replace("|", "\n").repeat(n), 5_000),
      shape("packed", n -> "--b|e:identity|c:multipart/a;boundary=a||--a|".repeat(n), 5_000),
      shape(
          "packings",
          n -> "--b|e:identity" + ",identity".repeat(n) + "|c:multipart/a;boundary=a||--a|",
          5_000),
      shape("long boundary", n -> "--b|c:multipart/a;boundary=" + longest(n, "--%1$s|"), 20_000),
      shape("lines that nearly are it", n -> "--b||" + "--a|".repeat(n) + "--b--", 20_000),
      shape("hyphens", n -> "--b||" + "-".repeat(n), 60_000),
      shape("preamble", n -> "a|".repeat(n) + "--b||--b--", 20_000),
      shape("epilogue", n -> "--b||--b--" + "|--b".repeat(n), 20_000),
      shape("line ends", n -> "\n".repeat(n) + "--b||--b--", 60_000),
      shape("folds", n -> "--b|A:" + "| b".repeat(n) + "||--b--", 20_000),
      shape("folds of a type", n -> "--b|c:multipart/a" + "| ".repeat(n) + "||--b--", 20_000),
    };
  }

  private static Object[] shape(String name, IntFunction<String> make, int most) {
    IntFunction<byte[]> bytes =
        n -> make.apply(n).replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII);
    return new Object[] {name, bytes, most};
  }

  private static String longest(int n, String line) {
    String boundary = "x".repeat(n);
    return boundary + "||" + line.formatted(boundary);
  }

  /** Each multipart within another. */
  private static byte[] nested(int depth) {
    StringBuilder body = new StringBuilder("--b|");
    for (int i = 1; i < depth; i++) {
      String mark = Integer.toString(i, 36);
      body.append("c:multipart/a;boundary=").append(mark).append("||--").append(mark).append('|');
    }
    return body.toString().replace("|", "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** Bytes that the second of two runs allocates. */
  private static long allocated(Supplier<?> action) {
    assertNotNull(action.get());
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Object result = action.get();
    long after = THREADS.getCurrentThreadAllocatedBytes();
    assertNotNull(result);
    return after - before;
  }

  private static Object read(BodyParser parser, byte[] body) {
    ParsedBody parsed = parser.parse(MIXED, body);
    return parsed instanceof BodyPart part ? last(part) : parsed;
  }

  /** Asks for all parts. */
  private static BodyPart last(BodyPart part) {
    BodyPart last = part;
    List<BodyPart> parts = part.parts();
    for (int i = 0; i < parts.size(); i++) {
      last = last(parts.get(i));
    }
    return last;
  }

  private static void assertCheap(String what, byte[] body) {
    for (BodyParser parser : List.of(ROOMY, STRICT)) {
      long all = allocated(() -> read(parser, body));
      assertTrue(
          all <= (long) FACTOR * body.length + LEAST, what + ": " + all + " of " + body.length);
    }
  }

  @Test(dataProvider = "shapes")
  public void a_body_and_all_its_parts_allocate_at_most_twenty_times_its_length(
      String name, IntFunction<byte[]> make, int most) {
    for (int n = 1; n <= most; n *= 3) {
      assertCheap(name + " x " + n, make.apply(n));
    }
    assertCheap(name + " x " + most, make.apply(most));
  }

  @Test
  public void so_do_multiparts_within_each_other() {
    for (int depth = 1; depth <= BodyLimits.MAX_NESTING; depth++) {
      assertCheap(depth + " deep", nested(depth));
    }
    BodyPart deep = (BodyPart) ROOMY.parse(MIXED, nested(BodyLimits.MAX_NESTING));
    assertEquals(last(deep).mediaType(), "text/plain");
  }
}
