package io.sipwright.body;

import io.sipwright.javax.sip.header.HeaderModel;
import io.sipwright.javax.sip.header.HeaderParser;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.javax.sip.message.SipMessage;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import javax.sip.header.Header;
import javax.sip.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Bodies to their parts (RFC 5621, RFC 2046). Cost is linear in the bytes. Safe for use by several
 * threads.
 *
 * <p>Lenient, the usual mode, takes lines that end in LF alone, a last part that no closing
 * delimiter ends, a part without headers that no blank line begins, boundaries of any text, a body
 * without Content-Type. Strict refuses all that.
 */
public final class BodyParser {
  /** What describes a body, and goes with it. */
  static final List<String> ENTITY_HEADERS =
      List.of(
          "Content-Type",
          "Content-Disposition",
          "Content-Encoding",
          "Content-Language",
          "Content-ID",
          "Content-Transfer-Encoding");

  private final BodyLimits limits;
  private final Charset defaultCharset;
  private final boolean strict;

  /**
   * A parser.
   *
   * @param defaultCharset of text whose sender doesn't say
   */
  public BodyParser(BodyLimits limits, Charset defaultCharset, boolean strict) {
    this.limits = limits;
    this.defaultCharset = defaultCharset;
    this.strict = strict;
  }

  /** A lenient parser with the usual limits, to which text is UTF-8 (RFC 3261 §7.4.1). */
  public BodyParser() {
    this(BodyLimits.DEFAULT, StandardCharsets.UTF_8, false);
  }

  /**
   * Reads the body of a message, any vendor's, and leaves the message as it is: a received one is
   * still forwarded byte for byte. Without body it's a part of no bytes. Never throws.
   */
  public ParsedBody parse(Message message) {
    List<SipHeader> headers = new ArrayList<>(2);
    for (String name : ENTITY_HEADERS) {
      SipHeader header = header(message, name);
      if (header != null) {
        headers.add(header.clone());
      }
    }
    byte[] body = message instanceof SipMessage ours ? ours.copyOfBody() : copy(message);
    BodyReading reading = new BodyReading(limits, defaultCharset, strict, body);
    return reading.read(PartHeaders.of(headers));
  }

  private static @Nullable SipHeader header(Message message, String name) {
    if (message instanceof SipMessage ours) {
      return ours.peek(name);
    }
    Header header = message.getHeader(name);
    try {
      return header == null ? null : SipHeader.of(header, HeaderModel.DEFAULT);
    } catch (IllegalArgumentException e) {
      return null; // another vendor's, that can't be read
    }
  }

  private static byte[] copy(Message message) {
    byte[] body = message.getRawContent();
    return body == null ? new byte[0] : body.clone();
  }

  /**
   * Reads a body that came in another way.
   *
   * @param contentType the value of its Content-Type; one that can't be read gives a {@link
   *     MalformedBody}
   * @param body is copied
   */
  public ParsedBody parse(String contentType, byte[] body) {
    try {
      SipHeader type = HeaderParser.parse("Content-Type", contentType, HeaderModel.DEFAULT);
      return new BodyReading(limits, defaultCharset, strict, body.clone())
          .read(PartHeaders.of(List.of(type)));
    } catch (ParseException e) {
      return new MalformedBody(400, "Malformed Content-Type: " + e.getMessage(), 0);
    }
  }
}
