package io.sipwright.fuzz;

import static io.sipwright.fuzz.Property.holds;
import static io.sipwright.fuzz.Property.same;
import static io.sipwright.fuzz.Property.within;

import io.sipwright.javax.sip.header.HeaderModel;
import io.sipwright.javax.sip.header.HeaderParser;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value is refused with its offset, or read as headers that are written as one line each, which
 * reads as the same header.
 */
final class HeaderFuzz {
  private static final HeaderType[] TYPES = HeaderType.values();

  /** Of one that's no value at all, and of an error. */
  private static final int LEAST = 8 << 10;

  /** A list of tokens of one letter makes a header, a String and its bytes of two. */
  private static final int FACTOR = 64;

  private HeaderFuzz() {}

  /** The row that a number stands for; one more is for headers that no row has. */
  static @Nullable HeaderType row(int number) {
    int i = number % (TYPES.length + 1);
    return i < TYPES.length ? TYPES[i] : null;
  }

  static void check(byte[] input) {
    if (input.length == 0) {
      return;
    }
    HeaderType type = row(input[0] & 0xff);
    String name = type == null ? "X-Any" : type.canonicalName();
    List<SipHeader> headers =
        within(
            LEAST + (long) FACTOR * input.length,
            () -> {
              try {
                return type == null ? extension(input) : known(type, input);
              } catch (ParseException e) {
                int offset = e.getErrorOffset();
                holds(offset >= 0 && offset < input.length, "offset", offset, e);
                return List.of();
              }
            });
    if (!isFramed(input)) {
      return;
    }
    for (SipHeader header : headers) {
      check(header, name);
    }
    if (type != null) {
      checkStrictly(type, input, !headers.isEmpty());
    }
  }

  /** Whether it's what framing leaves of a field: behind a line end comes white space. */
  private static boolean isFramed(byte[] input) {
    for (int i = 1; i < input.length; i++) {
      boolean end = input[i] == '\n' || input[i] == '\r';
      int behind = i + 1 < input.length ? input[i + 1] : ' ';
      boolean pair = input[i] == '\r' && behind == '\n';
      if (end && !pair && behind != ' ' && behind != '\t') {
        return false;
      }
    }
    return true;
  }

  private static List<SipHeader> known(HeaderType type, byte[] input) throws ParseException {
    return HeaderParser.parseList(type, input, 1, input.length, HeaderModel.DEFAULT);
  }

  private static List<SipHeader> extension(byte[] input) throws ParseException {
    String value = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
    return HeaderParser.parseList("X-Any", value, HeaderModel.DEFAULT);
  }

  /** Strict takes nothing that lenient refuses. */
  private static void checkStrictly(HeaderType type, byte[] input, boolean taken) {
    try {
      HeaderParser.checkStrictly(type, input, 1, input.length, HeaderModel.DEFAULT);
      holds(taken, "only strict takes it", Property.shown(input));
    } catch (ParseException e) {
      holds(e.getErrorOffset() >= 0 && e.getErrorOffset() < input.length, "offset", e);
    }
  }

  /** One line that reads as the same header. */
  static void check(SipHeader header, String name) {
    String written = header.getValue();
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      holds(c != '\r' && c != '\n', "line break", written);
      holds(c != 0 || (i > 0 && written.charAt(i - 1) == '\\'), "NUL", written);
    }
    holds(header.getName().equals(name), "name", header.getName());
    SipHeader again;
    try {
      again = HeaderParser.parse(name, written, HeaderModel.DEFAULT);
    } catch (ParseException e) {
      throw new AssertionError(name + " can't be read again: " + written, e);
    }
    same(again, header, "other header");
    holds(again.getValue().equals(written), "not stable", again);
    SipHeader clone = header.clone();
    same(clone, header, "other clone");
    holds(clone.getValue().equals(written), "clone", clone);
  }
}
