package io.sipwright.body;

import io.sipwright.javax.sip.header.ContentDisposition;
import io.sipwright.javax.sip.header.ContentType;
import io.sipwright.javax.sip.header.HeaderModel;
import io.sipwright.javax.sip.header.HeaderParser;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.RandomIds;
import io.sipwright.syntax.SyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a body or a part of one. Each setter checks what it's given at once, so that nothing can be
 * set that could not be read back. For one thread; may go on after {@link #build()}.
 */
public final class BodyPartBuilder {
  private final ContentType type;
  private final List<SipHeader> others = new ArrayList<>();
  private final List<BodyPart> parts = new ArrayList<>();
  private final boolean multipart;
  private @Nullable ContentDisposition disposition;
  private @Nullable String handling;
  private byte[] content = new byte[0];
  private @Nullable String boundary;
  private String preamble = "";
  private String epilogue = "";

  BodyPartBuilder(String contentType) throws ParseException {
    type = (ContentType) parse("Content-Type", contentType);
    multipart = type.getContentType().equalsIgnoreCase("multipart");
    String given = type.getParameter("boundary");
    if (multipart && given != null) {
      boundary(given);
    }
  }

  private static SipHeader parse(String name, String value) throws ParseException {
    Checks.text(value, name);
    return HeaderParser.parse(Checks.token(name, "header name"), value, HeaderModel.DEFAULT);
  }

  /**
   * Says how it's meant: {@code session}, {@code render}, {@code recipient-list} and so on (RFC
   * 3261 §20.11).
   *
   * @throws ParseException if it's no token
   */
  public BodyPartBuilder disposition(String type) throws ParseException {
    ContentDisposition d = new ContentDisposition();
    d.setDispositionType(type);
    disposition = d;
    return this;
  }

  /** Whoever doesn't understand it may ignore it (RFC 5621 §8.2). */
  public BodyPartBuilder optional() {
    handling = "optional";
    return this;
  }

  /** Whoever doesn't understand it must refuse the request; so it is too if nothing is said. */
  public BodyPartBuilder required() {
    handling = "required";
    return this;
  }

  /**
   * Gives it a name by which others point to it: {@code cid:} and this.
   *
   * @param id {@code local@domain}, without angle brackets (RFC 2392 §2)
   * @throws ParseException if it can't be one: empty, or with blanks, control characters, angle
   *     brackets or letters outside ASCII
   */
  public BodyPartBuilder contentId(String id) throws ParseException {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '<' || c == '>') {
        throw new SyntaxException("Content-ID '" + Checks.visible(id) + "' is no msg-id", i);
      }
    }
    if (id.isEmpty()) {
      throw new SyntaxException("Content-ID is empty", 0);
    }
    return header("Content-ID", '<' + id + '>');
  }

  /**
   * Sets any other header, in the place of one of that name.
   *
   * @throws ParseException if the value breaks the header's grammar, or either holds a line break
   * @throws IllegalArgumentException for the headers that have a method of their own here, and for
   *     Content-Length, which parts don't need
   */
  public BodyPartBuilder header(String name, String value) throws ParseException {
    SipHeader header = parse(name, value);
    switch (header.getName()) {
      case "Content-Type", "Content-Disposition", "Content-Length" ->
          throw new IllegalArgumentException(header.getName() + " is not set by its name");
      default -> others.removeIf(other -> other.getName().equalsIgnoreCase(header.getName()));
    }
    others.add(header);
    return this;
  }

  /**
   * Sets the bytes, which are copied.
   *
   * @throws IllegalStateException if it's a multipart
   */
  public BodyPartBuilder content(byte[] bytes) {
    if (multipart) {
      throw new IllegalStateException("a multipart has parts, not content");
    }
    content = bytes.clone();
    return this;
  }

  /**
   * Sets a text, in the charset of the type's {@code charset} parameter, or UTF-8.
   *
   * @throws IllegalStateException if it's a multipart
   * @throws IllegalArgumentException if the parameter names a charset that's unknown here
   */
  public BodyPartBuilder content(String text) {
    String name = type.getParameter("charset");
    Charset charset = name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    return content(text.getBytes(charset));
  }

  /**
   * Adds a part.
   *
   * @throws IllegalStateException if it's no multipart
   */
  public BodyPartBuilder part(BodyPart part) {
    checkMultipart();
    parts.add(Objects.requireNonNull(part, "part"));
    return this;
  }

  /**
   * Sets the boundary; without it, it's a random one.
   *
   * @throws ParseException if it isn't 1 to 70 of the characters that RFC 2046 §5.1.1 allows
   * @throws IllegalStateException if it's no multipart
   */
  public BodyPartBuilder boundary(String boundary) throws ParseException {
    checkMultipart();
    if (!BodyReading.isBoundary(boundary)) {
      throw new SyntaxException("boundary '" + Checks.visible(boundary) + "' is not allowed", 0);
    }
    this.boundary = boundary;
    return this;
  }

  /**
   * Sets what stands before the first part, for people.
   *
   * @throws IllegalStateException if it's no multipart
   */
  public BodyPartBuilder preamble(String text) {
    checkMultipart();
    preamble = Objects.requireNonNull(text, "preamble");
    return this;
  }

  /**
   * Sets what stands behind the last part, for people.
   *
   * @throws IllegalStateException if it's no multipart
   */
  public BodyPartBuilder epilogue(String text) {
    checkMultipart();
    epilogue = Objects.requireNonNull(text, "epilogue");
    return this;
  }

  private void checkMultipart() {
    if (!multipart) {
      throw new IllegalStateException("only a multipart has parts: " + type.getValue());
    }
  }

  /**
   * The body.
   *
   * @throws IllegalStateException for a multipart without part; with a boundary of the program's
   *     that stands in one of its parts or the preamble; or a {@code multipart/alternative} whose
   *     parts differ in disposition, or offer one type twice as {@code session} (RFC 5621 §6.2,
   *     §8.2)
   */
  public BodyPart build() {
    List<SipHeader> headers = new ArrayList<>();
    ContentType own = (ContentType) type.clone();
    headers.add(own);
    checkAlternatives();
    addDisposition(headers);
    for (SipHeader other : others) {
      headers.add(other.clone());
    }
    if (!multipart) {
      return new BodyPart(
          new BodyPart.Whole(content, PartHeaders.of(headers), StandardCharsets.UTF_8), null);
    }
    return compose(own, headers);
  }

  private void addDisposition(List<SipHeader> headers) {
    ContentDisposition d = disposition == null ? null : (ContentDisposition) disposition.clone();
    try {
      if (d == null && (handling != null || isAlternative())) {
        d = new ContentDisposition();
        d.setDispositionType(defaultDisposition());
      }
      if (d != null && handling != null) {
        d.setHandling(handling);
      }
    } catch (ParseException e) {
      throw new AssertionError(e); // all of them are tokens
    }
    if (d != null) {
      headers.add(d);
    }
  }

  private String defaultDisposition() {
    if (isAlternative() && !parts.isEmpty()) {
      return parts.get(0).disposition();
    }
    return type.is("application", "sdp") ? "session" : "render";
  }

  private boolean isAlternative() {
    return type.is("multipart", "alternative");
  }

  private void checkAlternatives() {
    if (!isAlternative()) {
      return;
    }
    String wanted = disposition == null ? defaultDisposition() : disposition.getDispositionType();
    Set<String> types = new HashSet<>();
    for (BodyPart part : parts) {
      if (!part.disposition().equalsIgnoreCase(wanted)) {
        throw new IllegalStateException(
            "alternatives must be of one disposition: " + wanted + ", " + part.disposition());
      }
      if (!types.add(part.mediaType()) && wanted.matches("(?i)(early-)?session")) {
        throw new IllegalStateException("two alternatives are " + part.mediaType());
      }
    }
  }

  private BodyPart compose(ContentType own, List<SipHeader> headers) {
    if (parts.isEmpty()) {
      throw new IllegalStateException("a multipart needs one part at least");
    }
    String mark = boundary;
    ByteSink out = new ByteSink();
    List<BodyPart> children = List.copyOf(parts);
    while (true) {
      String tried = mark == null ? RandomIds.next() : mark;
      write(out, tried);
      set(own, tried);
      BodyPart whole = read(headers, out.toBytes());
      if (whole.parts().size() == children.size() && sameBytes(whole.parts(), children)) {
        return whole;
      }
      if (mark != null) {
        throw new IllegalStateException("the boundary '" + mark + "' stands in what it separates");
      }
      out.clear();
    }
  }

  private static void set(ContentType type, String boundary) {
    try {
      type.setParameter("boundary", boundary);
    } catch (ParseException e) {
      throw new AssertionError(e); // it was checked
    }
  }

  /** Reads what was written, to find out whether the boundary separates the parts. */
  private static BodyPart read(List<SipHeader> headers, byte[] bytes) {
    BodyLimits any = new BodyLimits(Integer.MAX_VALUE, BodyLimits.MAX_NESTING);
    ParsedBody read =
        new BodyReading(any, StandardCharsets.UTF_8, false, bytes).read(PartHeaders.of(headers));
    if (read instanceof MalformedBody malformed) {
      throw new IllegalStateException(malformed.reason());
    }
    return (BodyPart) read;
  }

  private static boolean sameBytes(List<BodyPart> read, List<BodyPart> written) {
    for (int i = 0; i < read.size(); i++) {
      ByteSink one = new ByteSink();
      ByteSink other = new ByteSink();
      read.get(i).encode(one);
      written.get(i).encode(other);
      if (!Arrays.equals(one.toBytes(), other.toBytes())) {
        return false;
      }
    }
    return true;
  }

  private void write(ByteSink out, String mark) {
    if (!preamble.isEmpty()) {
      out.put(preamble).crlf();
    }
    for (BodyPart part : parts) {
      out.put("--").put(mark).crlf();
      part.encode(out);
      out.crlf();
    }
    out.put("--").put(mark).put("--").crlf();
    out.put(epilogue);
  }
}
