package io.sipwright.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Checks inputs made of others at random, without looking at what they reach: a hundred times as
 * many as a fuzzer that does. Feed it with what that one has found.
 */
public final class Hammer {
  private static final int MAX_LENGTH = 2048;
  private static final int MOST_FINDINGS = 20;

  /** What SIP is made of, and what breaks it. */
  private static final String[] PIECES = {
    "\r\n",
    "\n",
    "\r",
    "\r\n ",
    "\n\t",
    " ",
    "\t",
    "\0",
    "\\",
    "\"",
    "\\\"",
    "<",
    ">",
    "<>",
    ";",
    ";;",
    ",",
    ",,",
    "=",
    "==",
    ":",
    "::",
    "?",
    "&",
    "*",
    "(",
    ")",
    "[",
    "]",
    "[::1]",
    "@",
    "/",
    "%",
    "%00",
    "%0d%0a",
    "%41",
    "%C3%A9",
    "'",
    "{",
    "}",
    "|",
    "^",
    "`",
    "~",
    "#",
    "+",
    "-",
    ".",
    "..",
    "_",
    "0",
    "-1",
    "1",
    "65536",
    "2147483648",
    "4294967296",
    "99999999999999999999",
    "1.5",
    "\u00e9",
    "\ud83d\ude00",
    "\u212a",
    "\u0130",
    "\u007f",
    "\u0001",
    "SIP/2.0",
    "sip:",
    "sips:",
    "tel:",
    "urn:",
    "\"\"",
    ";lr",
    ";tag=",
    ";branch=z9hG4bK",
    ";a=\"",
    ";a=b",
    "a@b",
    "--a",
    "--",
    "Content-Length: ",
    "Via: SIP/2.0/UDP a\r\n",
    "\r\n\r\n",
    "l:1\r\n"
  };

  private final Target target;
  private final List<byte[]> inputs;
  private final SplittableRandom random;
  private final byte[][] pieces =
      Arrays.stream(PIECES)
          .map(piece -> piece.getBytes(StandardCharsets.UTF_8))
          .toArray(byte[][]::new);

  private Hammer(Target target, List<byte[]> inputs, long seed) {
    this.target = target;
    this.inputs = inputs;
    random = new SplittableRandom(seed);
  }

  /** One of the inputs, changed in one to six places. */
  private byte[] make() {
    byte[] made = inputs.get(random.nextInt(inputs.size()));
    for (int i = random.nextInt(6); i >= 0; i--) {
      made = changed(made);
    }
    return made.length <= MAX_LENGTH ? made : Arrays.copyOf(made, MAX_LENGTH);
  }

  private byte[] changed(byte[] input) {
    int length = input.length;
    int at = random.nextInt(length + 1);
    int behind = Math.min(length, at + 1 + random.nextInt(random.nextInt(4) == 0 ? 64 : 4));
    return switch (random.nextInt(7)) {
      case 0 -> replaced(input, at, at, pieces[random.nextInt(pieces.length)]);
      case 1 -> replaced(input, at, behind, pieces[random.nextInt(pieces.length)]);
      case 2 -> replaced(input, at, behind, new byte[0]);
      case 3 -> replaced(input, at, at, Arrays.copyOfRange(input, at, behind));
      case 4 -> replaced(input, at, at, some(input));
      case 5 -> replaced(input, at, behind, some(inputs.get(random.nextInt(inputs.size()))));
      default ->
          replaced(input, at, Math.min(length, at + 1), new byte[] {(byte) random.nextInt(256)});
    };
  }

  private byte[] some(byte[] input) {
    int from = random.nextInt(input.length + 1);
    return Arrays.copyOfRange(input, from, Math.min(input.length, from + random.nextInt(40)));
  }

  private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
    byte[] made = new byte[from + by.length + input.length - to];
    System.arraycopy(input, 0, made, 0, from);
    System.arraycopy(by, 0, made, from, by.length);
    System.arraycopy(input, to, made, from + by.length, input.length - to);
    return made;
  }

  /** Says whether all went well; findings go to a folder, one for each place and problem. */
  private boolean run(long seconds, Path findings) throws IOException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    Set<String> found = new TreeSet<>();
    long checked = 0;
    while (found.size() < MOST_FINDINGS && ((checked & 1023) != 0 || System.nanoTime() < end)) {
      byte[] input = make();
      checked++;
      try {
        target.check(input);
      } catch (AssertionError | RuntimeException | StackOverflowError e) {
        if (found.add(place(e))) {
          Path file = findings.resolve(target + "-" + Long.toHexString(random.nextLong()));
          Files.write(file, input);
          System.out.println(file + ": " + e + "\n" + Property.shown(input));
          e.printStackTrace(System.out);
        }
      }
    }
    System.out.println(target + ": " + checked + " inputs checked, made of " + inputs.size());
    return found.isEmpty();
  }

  private static String place(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    StringBuilder place = new StringBuilder(e.getClass().getName());
    for (int i = 0; i < Math.min(4, trace.length); i++) {
      place.append(trace[i]);
    }
    return place.toString();
  }

  /**
   * {@code TARGET FILE} checks one input. {@code TARGET SECONDS FINDINGS SEED [FOLDER...]} changes
   * the seeds, and the inputs in the folders; ends with status 1 if there are findings.
   */
  public static void main(String[] args) throws IOException {
    Target target = Target.valueOf(args[0]);
    if (args.length == 2) {
      target.check(Files.readAllBytes(Path.of(args[1])));
      return;
    }
    List<byte[]> inputs = new ArrayList<>(target.seeds());
    for (int i = 4; i < args.length; i++) {
      try (Stream<Path> files = Files.list(Path.of(args[i]))) {
        for (Path file : files.sorted().toList()) {
          inputs.add(Files.readAllBytes(file));
        }
      }
    }
    Path findings = Files.createDirectories(Path.of(args[2]));
    Hammer hammer = new Hammer(target, inputs, Long.parseLong(args[3]));
    if (!hammer.run(Long.parseLong(args[1]), findings)) {
      System.exit(1);
    }
  }
}
