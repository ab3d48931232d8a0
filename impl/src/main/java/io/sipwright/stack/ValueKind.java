package io.sipwright.stack;

import io.sipwright.locator.NumericAddress;
import io.sipwright.syntax.Chars;
import io.sipwright.tls.ClientAuth;
import io.sipwright.transport.AddressRanges;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What values a configuration property takes: reads them, and says in words what would be right.
 */
final class ValueKind {
  /** {@code true} or {@code false}; {@code on} and {@code off} in any case are taken too. */
  static final ValueKind FLAG = new ValueKind("`true` or `false`", ValueKind::flag);

  /** {@code on} or {@code off}; {@code true} and {@code false} in any case are taken too. */
  static final ValueKind SWITCH = new ValueKind("`on` or `off`", ValueKind::flag);

  /** Any text on one line. */
  static final ValueKind TEXT =
      new ValueKind("text", text -> Chars.hasLineBreakOrNul(text) ? null : text);

  /** A list of numeric addresses with commas between them; port 53 where none is given. */
  static final ValueKind DNS_ADDRESSES =
      new ValueKind(
          "numeric addresses, `address` or `address:port`, with commas between them",
          ValueKind::dnsAddresses);

  /** {@link ListenerConcurrency}, or {@code true} and {@code false} as the old key has them. */
  static final ValueKind CONCURRENCY =
      new ValueKind(
          "`serial`, `per-call` or `inline` (`false` is `serial`, `true` is `per-call`)",
          text ->
              switch (Chars.lower(text)) {
                case "serial", "false" -> ListenerConcurrency.SERIAL;
                case "per-call", "true" -> ListenerConcurrency.PER_CALL;
                case "inline" -> ListenerConcurrency.INLINE;
                default -> null;
              });

  /** A {@link Charset} that's known here. */
  static final ValueKind CHARSET = new ValueKind("the name of a charset", ValueKind::charset);

  /** Numeric multicast addresses with commas between them: a list of {@code InetAddress}. */
  static final ValueKind MULTICAST =
      new ValueKind("numeric multicast addresses with `,` between them", ValueKind::multicast);

  /** Addresses and networks: an {@link AddressRanges}. */
  static final ValueKind NETWORKS =
      new ValueKind(
          "`all`, or numeric addresses and networks such as `10.0.0.0/8` with `,` between them"
              + " (`::ffff:10.0.0.0/104` is the same one; with less than 96 it's none)",
          AddressRanges::parse);

  /** {@link ClientAuth}, or what the old key has for it. */
  static final ValueKind CLIENT_AUTH =
      new ValueKind(
          "`off`, `wanted` or `needed` (`Disabled`, `Want` and `Enabled` are the same)",
          text ->
              switch (Chars.lower(text)) {
                case "off", "default", "disabled", "disabledall", "false" -> ClientAuth.OFF;
                case "wanted", "want" -> ClientAuth.WANTED;
                case "needed", "enabled", "true" -> ClientAuth.NEEDED;
                default -> null;
              });

  /** A list of texts with commas or white space between them. */
  static final ValueKind WORDS =
      new ValueKind(
          "a list, with commas or blanks between its parts",
          text -> Chars.hasLineBreakOrNul(text) ? null : split(text));

  /** Reads a text without white space at its ends. */
  private interface Reader {
    /** The value, which nobody can change; null if the text is none. */
    @Nullable Object read(String text);
  }

  private final String expected;
  private final Reader reader;

  private ValueKind(String expected, Reader reader) {
    this.expected = expected;
    this.reader = reader;
  }

  /** The value, or null if the text is none. The text has no white space at its ends. */
  @Nullable Object read(String text) {
    return reader.read(text);
  }

  /** What would be right, in words, Markdown allowed. */
  String expected() {
    return expected;
  }

  /** A list of some words in any case, with commas or white space between them. */
  static ValueKind words(List<String> known) {
    return new ValueKind(
        "a list of `" + String.join("` and `", known) + "`, with commas or blanks between them",
        text -> {
          List<String> words = split(Chars.lower(text));
          return known.containsAll(words) ? words : null;
        });
  }

  /** A list of tokens with a separator between them; some words may not stand in it. */
  static ValueKind tokens(char separator, List<String> forbidden) {
    String words = "words with `" + separator + "` between them";
    return new ValueKind(
        forbidden.isEmpty() ? words : words + ", not " + String.join(", ", forbidden),
        text -> tokens(text, separator, forbidden));
  }

  /** A whole number between two bounds; {@code unit} follows it in words, or is empty. */
  static ValueKind number(int min, int max, String unit) {
    return new ValueKind(range(min, max, unit), text -> within(min, max, whole(text)));
  }

  /**
   * A positive number, or no limit: {@code 0}, {@code -1}, {@code infinity} and {@code unlimited}
   * all read as 0.
   */
  static ValueKind limit(int max, String unit) {
    return new ValueKind(
        range(1, max, unit) + ", or `0`, `-1` or `infinity` for no limit",
        text -> unlimitedOrWithin(max, Chars.lower(text)));
  }

  /** A {@link #limit}, or {@code auto}: as many as half of the heap holds at so many bytes each. */
  static ValueKind limitByHeap(int bytesEach, int max) {
    ValueKind limit = limit(max, "");
    return new ValueKind(
        "`auto` (what half of the heap holds, " + bytesEach + " bytes each), " + limit.expected,
        text ->
            Chars.lower(text).equals("auto") ? byHeap(bytesEach, max) : limit.reader.read(text));
  }

  private static int byHeap(int bytesEach, int max) {
    long fitting = Runtime.getRuntime().maxMemory() / 2 / bytesEach;
    return (int) Math.min(max, Math.max(1000, fitting));
  }

  private static String range(int min, int max, String unit) {
    return "a whole number from " + min + " to " + max + (unit.isEmpty() ? "" : " (" + unit + ")");
  }

  private static @Nullable Integer within(int min, int max, @Nullable Integer number) {
    return number != null && number >= min && number <= max ? number : null;
  }

  private static @Nullable Integer unlimitedOrWithin(int max, String word) {
    if (word.equals("infinity") || word.equals("unlimited")) {
      return 0;
    }
    Integer number = whole(word);
    return number != null && (number == 0 || number == -1)
        ? Integer.valueOf(0)
        : within(1, max, number);
  }

  private static @Nullable Integer whole(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
  }

  private static @Nullable Boolean flag(String text) {
    return switch (Chars.lower(text)) {
      case "true", "on", "yes" -> true;
      case "false", "off", "no" -> false;
      default -> null;
    };
  }

  private static @Nullable Charset charset(String text) {
    try {
      return Charset.forName(text);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return null;
    }
  }

  private static @Nullable List<InetSocketAddress> dnsAddresses(String text) {
    List<InetSocketAddress> all = new ArrayList<>();
    for (String part : text.split(",")) {
      String one = part.strip();
      if (!one.isEmpty()) {
        InetSocketAddress address = Addresses.withPort(one, 53);
        if (address == null) {
          return null;
        }
        all.add(address);
      }
    }
    return List.copyOf(all);
  }

  private static @Nullable List<InetAddress> multicast(String text) {
    List<InetAddress> groups = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String word = part.strip();
      InetAddress group = word.isEmpty() ? null : NumericAddress.parse(word);
      if (group != null && group.isMulticastAddress()) {
        groups.add(group);
      } else if (!word.isEmpty()) {
        return null;
      }
    }
    return List.copyOf(groups);
  }

  private static @Nullable List<String> tokens(
      String text, char separator, List<String> forbidden) {
    List<String> list = new ArrayList<>();
    for (String part : text.split(String.valueOf(separator), -1)) {
      String word = part.strip();
      if (word.isEmpty()) {
        continue;
      }
      if (!Chars.isToken(word) || forbidden.contains(word)) {
        return null;
      }
      if (!list.contains(word)) {
        list.add(word);
      }
    }
    return List.copyOf(list);
  }
}
