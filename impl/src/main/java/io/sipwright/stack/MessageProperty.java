package io.sipwright.stack;

import static io.sipwright.stack.Names.BOTH;
import static io.sipwright.stack.Names.OWN;
import static io.sipwright.stack.ValueKind.CHARSET;
import static io.sipwright.stack.ValueKind.FLAG;
import static io.sipwright.stack.ValueKind.limit;
import static io.sipwright.stack.ValueKind.number;

import io.sipwright.body.BodyLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Properties of messages, their limits, and logging. */
enum MessageProperty implements ConfigKey {
  MAX_MESSAGE_SIZE(
      BOTH,
      limit(Integer.MAX_VALUE, "bytes"),
      "1048576",
      "Longest message taken from a stream; less than 4096 counts as 4096, no limit as 64 MiB."),
  MAX_HEADER_COUNT(OWN, number(16, 100_000, ""), "512", "Most header fields in a message."),
  MAX_HEADER_LINE(
      OWN, number(256, 63_999, "bytes"), "16384", "Longest header field or start line."),
  MAX_HEADER_VALUES(
      OWN,
      number(16, 1_000_000, ""),
      "64",
      "Most header lines and values of lists in a message, besides one for each 32 bytes of header"
          + " lines: every one costs memory, however short it is."),
  MAX_HEADER_PARAMETERS(
      OWN,
      number(16, 32_000, ""),
      "256",
      "Most parameters of one header field value; one with more counts as malformed."),
  MAX_BODY_PARTS(
      OWN,
      number(1, 100_000, ""),
      "128",
      "Most parts of a multipart body, those of its parts included."),
  MAX_BODY_NESTING(
      OWN,
      number(1, BodyLimits.MAX_NESTING, ""),
      "8",
      "How deep multiparts may lie within each other."),
  DEFAULT_CHARSET(
      OWN,
      CHARSET,
      "UTF-8",
      "What text in a body is read as, by `io.sipwright.body`, if its sender doesn't say; GB28181"
          + " gear means `GB2312`."),
  COMPUTE_CONTENT_LENGTH_FROM_MESSAGE_BODY(
      BOTH,
      FLAG,
      "false",
      "`true` takes all that follows the headers in a datagram for its body, whatever"
          + " Content-Length says, for peers that miscount; RFC 3261 §18.3 wants what's beyond"
          + " Content-Length dropped, and a datagram that's too short refused."),
  STRICT_PARSING(
      OWN,
      FLAG,
      "false",
      "`true` refuses what breaks the grammar and is forgiven otherwise, with reason and place;"
          + " docs/parsing.md has the list."),
  LOG_MESSAGE_CONTENT(
      BOTH,
      FLAG,
      "true",
      "`false` leaves bodies out of what the logger `io.sipwright.wire` shows at DEBUG.");

  @SuppressWarnings("ImmutableEnumChecker") // nothing of a row changes
  private final ConfigRow row;

  MessageProperty(
      List<String> names, ValueKind kind, @Nullable String defaultText, String meaning) {
    row = new ConfigRow(name(), names, kind, defaultText, meaning);
  }

  @Override
  public ConfigRow row() {
    return row;
  }
}
