package io.sipwright.body;

import io.sipwright.javax.sip.header.HeaderModel;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.javax.sip.message.Malformed;
import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.Parsed;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.SyntaxException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.sip.address.URI;
import javax.sip.header.Header;
import javax.sip.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Part of a SIP message as a body, {@code message/sipfrag} (RFC 3420): a start line, some headers,
 * a body, or any of them. NOTIFY requests that tell how a REFER went carry one (RFC 3515 §2.4.5).
 * Can't be changed.
 */
public final class SipFragment {
  /** The type of such a body. */
  public static final String MEDIA_TYPE = "message/sipfrag";

  private static final MessageParser PARSER = new MessageParser();

  private final byte[] bytes;
  private final SipMessage message;

  private SipFragment(byte[] bytes, SipMessage message) {
    this.bytes = bytes;
    this.message = message;
  }

  /**
   * Reads one. The line end behind the last header and the blank line may be missing.
   *
   * @throws ParseException if the start line, or a header that every message needs, is malformed,
   *     with the offset; other malformed headers count as absent
   */
  public static SipFragment parse(byte[] bytes) throws ParseException {
    Parsed parsed = PARSER.parseFragment(bytes);
    if (parsed instanceof Malformed malformed) {
      throw new SyntaxException(malformed.reason(), malformed.offset());
    }
    return new SipFragment(bytes.clone(), (SipMessage) parsed);
  }

  /**
   * A status line alone: what a NOTIFY within a REFER's subscription needs at least.
   *
   * @param reason phrase; may be empty
   * @throws ParseException if the status is not from 100 to 699, or the phrase holds a line break
   */
  public static SipFragment status(int status, String reason) throws ParseException {
    if (status < 100 || status > 699) {
      throw new SyntaxException("status code " + status + " is not from 100 to 699", 0);
    }
    Checks.text(reason, "reason phrase");
    String line = "SIP/2.0 " + status + ' ' + reason + "\r\n";
    return parse(line.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The start line of a message, any vendor's, and those of its headers that are named, in the
   * order of the names. Choose few: a fragment may go to somebody who must not see the rest (RFC
   * 3420 §6).
   *
   * @throws ParseException if another vendor's message can't be read
   */
  public static SipFragment of(Message message, String... headerNames) throws ParseException {
    ByteSink out = new ByteSink();
    String text = message.toString();
    int end = text.indexOf('\n');
    out.put(end < 0 ? text : text.substring(0, end).stripTrailing()).crlf();
    putHeaders(message, List.of(headerNames), out);
    return parse(out.toBytes());
  }

  /**
   * Headers of a message, any vendor's, without its start line.
   *
   * @throws ParseException if another vendor's message can't be read
   */
  public static SipFragment ofHeaders(Message message, String... headerNames)
      throws ParseException {
    ByteSink out = new ByteSink();
    putHeaders(message, List.of(headerNames), out);
    return parse(out.toBytes());
  }

  private static void putHeaders(Message message, List<String> names, ByteSink out) {
    Message copy = (Message) message.clone(); // asking for headers touches them
    for (String name : names) {
      for (Iterator<?> it = copy.getHeaders(name); it != null && it.hasNext(); ) {
        SipHeader.of((Header) it.next(), HeaderModel.DEFAULT).encode(out);
      }
    }
  }

  /** Whether it has a start line. */
  public boolean hasStartLine() {
    return status() > 0 || !method().isEmpty();
  }

  /** The status code; 0 if it has no status line. */
  public int status() {
    return message.status();
  }

  /** The reason phrase; null if it has no status line. */
  public @Nullable String reasonPhrase() {
    return message.isRequest() ? null : message.reasonPhrase();
  }

  /** The method; {@code ""} if it has no request line. */
  public String method() {
    return message.isRequest() ? message.method() : "";
  }

  /** The Request-URI, of the caller's own; null if it has no request line. */
  public @Nullable URI requestUri() {
    URI uri = message.isRequest() ? message.peekRequestUri() : null;
    return uri == null ? null : (URI) uri.clone();
  }

  /** Its headers and its body as a message of the caller's own, incomplete as it is. */
  public Message message() {
    return message.clone();
  }

  /** Its bytes as they came or were made; a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** It as a body, or as a part of one. */
  public BodyPart toBodyPart() {
    try {
      return BodyPart.builder(MEDIA_TYPE + ";version=2.0").content(bytes).build();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  /** The same bytes. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SipFragment that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Its text, as UTF-8. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
