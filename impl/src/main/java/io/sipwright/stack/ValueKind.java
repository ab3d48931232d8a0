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
abstract class ValueKind {
  /** {@code true} or {@code false}; {@code on} and {@code off} in any case are taken too. */
  static final ValueKind FLAG = new Flag("`true` or `false`");

  /** {@code on} or {@code off}; {@code true} and {@code false} in any case are taken too. */
  static final ValueKind SWITCH = new Flag("`on` or `off`");

  /** Any text on one line. */
  static final ValueKind TEXT =
      new ValueKind() {
        @Override
        @Nullable Object read(String text) {
          return Chars.hasLineBreakOrNul(text) ? null : text;
        }

        @Override
        String expected() {
          return "text";
        }
      };

  /** A list of numeric addresses with commas between them; port 53 where none is given. */
  static final ValueKind DNS_ADDRESSES =
      new ValueKind() {
        @Override
        @Nullable Object read(String text) {
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

        @Override
        String expected() {
          return "numeric addresses, `address` or `address:port`, with commas between them";
        }
      };

  /** {@link ListenerConcurrency}, or {@code true} and {@code false} as the old key has them. */
  static final ValueKind CONCURRENCY =
      new ValueKind() {
        @Override
        @Nullable Object read(String text) {
          return switch (Chars.lower(text)) {
            case "serial", "false" -> ListenerConcurrency.SERIAL;
            case "per-call", "true" -> ListenerConcurrency.PER_CALL;
            case "inline" -> ListenerConcurrency.INLINE;
            default -> null;
          };
        }

        @Override
        String expected() {
          return "`serial`, `per-call` or `inline` (`false` is `serial`, `true` is `per-call`)";
        }
      };

  /** A {@link Charset} that's known here. */
  static final ValueKind CHARSET =
      new ValueKind() {
        @Override
        @Nullable Object read(String text) {
          try {
            return Charset.forName(text);
          } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
          }
        }

        @Override
        String expected() {
          return "the name of a charset";
        }
      };

  /** Numeric multicast addresses with commas between them: a list of {@code InetAddress}. */
  static final ValueKind MULTICAST =
      new ValueKind() {
        @Override
        @Nullable Object read(String text) {
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

        @Override
        String expected() {
          return "numeric multicast addresses with `,` between them";
        }
      };

  /** Addresses and networks: an {@link AddressRanges}. */
  static final ValueKind NETWORKS =
      new ValueKind() {
        @Override
        @Nullable Object read(String text) {
          return AddressRanges.parse(text);
        }

        @Override
        String expected() {
          return "`all`, or numeric addresses and networks such as `10.0.0.0/8` with `,` between"
              + " them";
        }
      };

  /** {@link ClientAuth}, or what the old key has for it. */
  static final ValueKind CLIENT_AUTH =
      new ValueKind() {
        @Override
        @Nullable Object read(String text) {
          return switch (Chars.lower(text)) {
            case "off", "default", "disabled", "disabledall", "false" -> ClientAuth.OFF;
            case "wanted", "want" -> ClientAuth.WANTED;
            case "needed", "enabled", "true" -> ClientAuth.NEEDED;
            default -> null;
          };
        }

        @Override
        String expected() {
          return "`off`, `wanted` or `needed` (`Disabled`, `Want` and `Enabled` are the same)";
        }
      };

  /** A list of texts with commas or white space between them. */
  static final ValueKind WORDS =
      new ValueKind() {
        @Override
        @Nullable Object read(String text) {
          return Chars.hasLineBreakOrNul(text)
              ? null
              : Arrays.stream(text.split("[,\\s]+")).filter(w -> !w.isEmpty()).toList();
        }

        @Override
        String expected() {
          return "a list, with commas or blanks between its parts";
        }
      };

  /** A list of some words in any case, with commas or white space between them. */
  static ValueKind words(List<String> known) {
    return new ValueKind() {
      @Override
      @Nullable Object read(String text) {
        List<String> words =
            Arrays.stream(Chars.lower(text).split("[,\\s]+")).filter(w -> !w.isEmpty()).toList();
        return known.containsAll(words) ? words : null;
      }

      @Override
      String expected() {
        return "a list of `"
            + String.join("` and `", known)
            + "`, with commas or blanks between them";
      }
    };
  }

  /** The value, or null if the text is none. The text has no white space at its ends. */
  abstract @Nullable Object read(String text);

  /** What would be right, in words, Markdown allowed. */
  abstract String expected();

  /** A whole number between two bounds; {@code unit} follows it in words, or is empty. */
  static ValueKind number(int min, int max, String unit) {
    return new Whole(min, max, unit, false);
  }

  /**
   * A positive number, or no limit: {@code 0}, {@code -1}, {@code infinity} and {@code unlimited}
   * all read as 0.
   */
  static ValueKind limit(int max, String unit) {
    return new Whole(1, max, unit, true);
  }

  /** A {@link #limit}, or {@code auto}: as many as half of the heap holds at so many bytes each. */
  static ValueKind limitByHeap(int bytesEach, int max) {
    return new Whole(1, max, "", true) {
      @Override
      @Nullable Object read(String text) {
        if (Chars.lower(text).equals("auto")) {
          long fitting = Runtime.getRuntime().maxMemory() / 2 / bytesEach;
          return (int) Math.min(max, Math.max(1000, fitting));
        }
        return super.read(text);
      }

      @Override
      String expected() {
        return "`auto` (what half of the heap holds, "
            + bytesEach
            + " bytes each), "
            + super.expected();
      }
    };
  }

  /** A list of tokens with a separator between them; some words may not stand in it. */
  static ValueKind tokens(char separator, List<String> forbidden) {
    return new Tokens(separator, forbidden);
  }

  private static final class Flag extends ValueKind {
    private final String expected;

    Flag(String expected) {
      this.expected = expected;
    }

    @Override
    @Nullable Object read(String text) {
      return switch (Chars.lower(text)) {
        case "true", "on", "yes" -> true;
        case "false", "off", "no" -> false;
        default -> null;
      };
    }

    @Override
    String expected() {
      return expected;
    }
  }

  private static class Whole extends ValueKind {
    private final int min;
    private final int max;
    private final String unit;
    private final boolean noLimitAllowed;

    Whole(int min, int max, String unit, boolean noLimitAllowed) {
      this.min = min;
      this.max = max;
      this.unit = unit;
      this.noLimitAllowed = noLimitAllowed;
    }

    @Override
    @Nullable Object read(String text) {
      String word = Chars.lower(text);
      if (noLimitAllowed && (word.equals("infinity") || word.equals("unlimited"))) {
        return 0;
      }
      int number;
      try {
        number = Integer.parseInt(word);
      } catch (NumberFormatException e) {
        return null;
      }
      if (noLimitAllowed && (number == 0 || number == -1)) {
        return 0;
      }
      return number >= min && number <= max ? number : null;
    }

    @Override
    String expected() {
      String range =
          "a whole number from " + min + " to " + max + (unit.isEmpty() ? "" : " (" + unit + ")");
      return noLimitAllowed ? range + ", or `0`, `-1` or `infinity` for no limit" : range;
    }
  }

  private static final class Tokens extends ValueKind {
    private final char separator;
    private final List<String> forbidden;

    Tokens(char separator, List<String> forbidden) {
      this.separator = separator;
      this.forbidden = forbidden;
    }

    @Override
    @Nullable Object read(String text) {
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

    @Override
    String expected() {
      String words = "words with `" + separator + "` between them";
      return forbidden.isEmpty() ? words : words + ", not " + String.join(", ", forbidden);
    }
  }
}
