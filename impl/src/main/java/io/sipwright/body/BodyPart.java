package io.sipwright.body;

import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import javax.sip.header.ContentDispositionHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.Header;
import javax.sip.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A body, or one part of it: the headers that describe it, its bytes, and the parts it has itself
 * if it's a multipart (RFC 5621). {@link BodyParser} reads one, {@link #builder} makes one. Can't
 * be changed.
 */
public final class BodyPart implements ParsedBody {
  /** The type of what nobody has said the type of. */
  static final String OCTETS = "application/octet-stream";

  /** What all parts of one body share: its bytes, which nobody changes, and what's told of it. */
  static final class Whole {
    private final byte[] b;
    private final PartHeaders headers;
    private final Charset defaultCharset;

    Whole(byte[] b, PartHeaders headers, Charset defaultCharset) {
      this.b = b;
      this.headers = headers;
      this.defaultCharset = defaultCharset;
    }
  }

  /** The parts of a multipart, and what stands before and behind them. */
  record Parts(List<BodyPart> list, int preambleTo, int epilogueFrom) {}

  private final Whole whole;

  /** Where the header lines of a part start; -1 for the whole body, whose headers are elsewhere. */
  private final int lines;

  private final int from;
  private final int to;
  private final String defaultType;
  private final @Nullable Parts parts;

  /** Once somebody has asked; the same whoever asks. */
  private @Nullable String mediaType;

  /** A whole body. */
  BodyPart(Whole whole, @Nullable Parts parts) {
    this(whole, -1, 0, whole.b.length, OCTETS, parts);
  }

  /** A part, its header lines and the blank line behind them before its content. */
  BodyPart(Whole whole, int lines, int from, int to, String defaultType, @Nullable Parts parts) {
    this.whole = whole;
    this.lines = lines;
    this.from = from;
    this.to = to;
    this.defaultType = defaultType;
    this.parts = parts;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** The headers: made of where they stand, each time. */
  PartHeaders headers() {
    return lines < 0 ? whole.headers : PartHeaders.raw(whole.b, lines, headersTo());
  }

  /** The blank line behind the headers isn't theirs, if there is one. */
  private int headersTo() {
    int end = Lines.withoutLineEnd(whole.b, lines, from);
    return end == lines || whole.b[end - 1] == '\n' ? end : from;
  }

  /**
   * Begins a body.
   *
   * @param contentType the value of its Content-Type, with parameters if it has any
   * @throws ParseException if that's none
   */
  public static BodyPartBuilder builder(String contentType) throws ParseException {
    return new BodyPartBuilder(contentType);
  }

  // --- what it is ---

  /**
   * Type and subtype in lower case. Without Content-Type: {@code text/plain} in a multipart, {@code
   * message/rfc822} in a digest (RFC 2046 §5.1.1), otherwise {@code application/octet-stream}; that
   * too where it can't be read.
   */
  public String mediaType() {
    String known = mediaType;
    if (known == null) {
      known = readMediaType(headers());
      mediaType = known;
    }
    return known;
  }

  private String readMediaType(PartHeaders headers) {
    String bare = headers.bareContentType();
    if (bare != null) {
      return Chars.lower(bare);
    }
    ContentTypeHeader type = headers.contentType();
    if (type != null) {
      return Chars.lower(type.getContentType() + '/' + type.getContentSubType());
    }
    return headers.has("Content-Type") ? OCTETS : defaultType;
  }

  /** Whether it's of a type, as in {@code is("application/sdp")}, in any case. */
  public boolean is(String mediaType) {
    return Chars.sameIgnoringCase(mediaType(), mediaType);
  }

  /** Whether its type is {@code multipart/…}; it has parts unless its bytes are encoded. */
  public boolean isMultipart() {
    return mediaType().startsWith("multipart/");
  }

  /** A parameter of Content-Type; null if there's none. */
  public @Nullable String parameter(String name) {
    ContentTypeHeader type = headers().contentType();
    return type == null ? null : type.getParameter(name);
  }

  /**
   * How it's meant, in lower case: the type in Content-Disposition, otherwise {@code session} for
   * {@code application/sdp} and {@code render} for anything else (RFC 3261 §20.11).
   */
  public String disposition() {
    return headers().first("Content-Disposition") instanceof ContentDispositionHeader d
        ? Chars.lower(d.getDispositionType())
        : is("application/sdp") ? "session" : "render";
  }

  /**
   * Whether a request must be refused with 415 by whom doesn't understand this part: {@code
   * handling} is anything but {@code optional} (RFC 3204 §6, RFC 5621 §8.1).
   */
  public boolean isRequired() {
    return !(headers().first("Content-Disposition") instanceof ContentDispositionHeader d)
        || d.getHandling() == null
        || !Chars.sameIgnoringCase(d.getHandling(), "optional");
  }

  /** The Content-ID without angle brackets (RFC 2392); null if there's none. */
  public @Nullable String contentId() {
    SipHeader header = headers().first("Content-ID");
    return header == null ? null : withoutBrackets(header.getValue());
  }

  private static String withoutBrackets(String id) {
    return id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
  }

  /** The value of a header as it stands, folds made one space each; null if there's none. */
  public @Nullable String header(String name) {
    SipHeader header = headers().first(name);
    return header == null ? null : header.getValue();
  }

  /** The names of its headers, as they are spelled, in their order. */
  public List<String> headerNames() {
    return headers().names();
  }

  /**
   * The encodings in Content-Encoding, in lower case and in the order they were applied, {@code
   * identity} left out. Such a body is passed on as it is: nothing here packs or unpacks.
   */
  public List<String> contentEncodings() {
    return headers().contentEncodings();
  }

  private String transferEncoding() {
    return headers().transferEncoding();
  }

  // --- its content ---

  /** How many bytes it has. */
  public int length() {
    return to - from;
  }

  /** Its bytes as they go over the wire; a copy. */
  public byte[] bytes() {
    return Arrays.copyOfRange(whole.b, from, to);
  }

  /** Its bytes, {@code base64} or {@code quoted-printable} taken off (RFC 2045 §6); a copy. */
  public byte[] content() {
    return switch (transferEncoding()) {
      case "base64" -> TransferEncoding.fromBase64(whole.b, from, to);
      case "quoted-printable" -> TransferEncoding.fromQuotedPrintable(whole.b, from, to);
      default -> bytes();
    };
  }

  /**
   * The charset of its text: the parameter of Content-Type; for XML, what its declaration says (RFC
   * 7303 §3.2); otherwise the parser's default. A name that's unknown here counts as none. GB2312
   * and GBK are read as GB18030, which holds them.
   */
  public Charset charset() {
    String name = parameter("charset");
    String type = mediaType();
    if (name == null && (type.endsWith("/xml") || type.endsWith("+xml"))) {
      name = Charsets.declaredByXml(whole.b, from, to);
    }
    return Charsets.named(name, whole.defaultCharset);
  }

  /** {@link #content()} as text in its {@link #charset()}; what that can't say is replaced. */
  public String text() {
    return new String(content(), charset());
  }

  // --- its parts ---

  /** The parts of a multipart in their order; empty for anything else. */
  public List<BodyPart> parts() {
    Parts known = parts;
    return known == null ? List.of() : known.list;
  }

  /** What stands before the first part, and means nothing; a copy. */
  public byte[] preamble() {
    Parts known = parts;
    return known == null ? new byte[0] : Arrays.copyOfRange(whole.b, from, known.preambleTo);
  }

  /** What stands behind the last part, and means nothing; a copy. */
  public byte[] epilogue() {
    Parts known = parts;
    return known == null ? new byte[0] : Arrays.copyOfRange(whole.b, known.epilogueFrom, to);
  }

  /** The first of a type, this one or one of its parts at any depth; null if there's none. */
  public @Nullable BodyPart find(String mediaType) {
    return find(part -> part.is(mediaType));
  }

  /** The first that fits, this one or one of its parts at any depth; null if there's none. */
  public @Nullable BodyPart find(Predicate<BodyPart> wanted) {
    if (wanted.test(this)) {
      return this;
    }
    for (BodyPart part : parts()) {
      BodyPart found = part.find(wanted);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /**
   * What a Content-ID points to.
   *
   * @param id {@code cid:} URL (RFC 2392 §2), or the identifier with or without angle brackets
   */
  public @Nullable BodyPart byContentId(String id) {
    boolean url = id.regionMatches(true, 0, "cid:", 0, 4);
    String wanted = url ? unescaped(id.substring(4)) : withoutBrackets(id);
    return find(part -> wanted.equals(part.contentId()));
  }

  private static String unescaped(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteSink out = new ByteSink(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      boolean escape =
          bytes[i] == '%'
              && i + 2 < bytes.length
              && Chars.is(bytes[i + 1], Chars.HEX)
              && Chars.is(bytes[i + 2], Chars.HEX);
      int c = escape ? Integer.parseInt(text(bytes, i + 1, i + 3), 16) : bytes[i];
      out.put(new byte[] {(byte) c}, 0, 1);
      i += escape ? 2 : 0;
    }
    return out.toString();
  }

  private static String text(byte[] bytes, int from, int to) {
    return new Scanner(bytes, from, to).text(from, to);
  }

  /**
   * The part to begin with: of {@code multipart/related} the one that {@code start} names, or the
   * first (RFC 2387 §3.2); of any other multipart the first; a single part itself.
   */
  public BodyPart root() {
    String start = is("multipart/related") ? parameter("start") : null;
    BodyPart named = start == null ? null : byContentId(start);
    return named != null ? named : parts == null ? this : parts().get(0);
  }

  /**
   * What has to be processed of it, for somebody who understands some parts: of a {@code
   * multipart/alternative} the last one that's understood (RFC 5621 §6.1), of any other multipart
   * all its parts, unknown subtypes as {@code mixed} (§4.2). Parts that aren't understood and
   * optional are left out.
   *
   * @param understood whether a part that's no multipart is understood: its type in its disposition
   * @return the parts to process, or null if one is required and not understood: the answer is a
   *     415 (§8.4)
   */
  public @Nullable List<BodyPart> process(Predicate<BodyPart> understood) {
    List<BodyPart> chosen = new ArrayList<>();
    return choose(understood, chosen) || !isRequired() ? chosen : null;
  }

  private boolean choose(Predicate<BodyPart> understood, List<BodyPart> chosen) {
    if (length() == 0 && !headers().has("Content-Type")) {
      return true; // nothing there
    }
    if (parts == null) {
      boolean taken = understood.test(this);
      if (taken) {
        chosen.add(this);
      }
      return taken;
    }
    int before = chosen.size();
    if (is("multipart/alternative")) {
      for (int i = parts().size() - 1; i >= 0; i--) {
        if (parts().get(i).choose(understood, chosen)) {
          return true; // handling of the parts is ignored (RFC 5621 §8.3)
        }
      }
      return false;
    }
    for (BodyPart part : parts()) {
      if (!part.choose(understood, chosen) && part.isRequired()) {
        chosen.subList(before, chosen.size()).clear();
        return false;
      }
    }
    return true;
  }

  // --- writing ---

  /**
   * Makes it the body of a message: sets Content-Type and its other headers, and takes those away
   * that described another body.
   *
   * @throws ParseException if another vendor's message doesn't take it
   */
  public void putInto(Message message) throws ParseException {
    Objects.requireNonNull(message, "message");
    PartHeaders headers = headers();
    for (String name : BodyParser.ENTITY_HEADERS) {
      if (!headers.has(name)) {
        message.removeHeader(name);
      }
    }
    ContentTypeHeader type = headers.contentType();
    if (type == null) {
      type = builder(mediaType()).build().headers().contentType();
    }
    message.setContent(bytes(), Objects.requireNonNull(type, "Content-Type"));
    for (String name : headers.names()) {
      Iterator<SipHeader> all = headers.all(name).iterator();
      if (!all.hasNext() || all.next() instanceof ContentTypeHeader) {
        continue;
      }
      message.removeHeader(name);
      for (Header header : headers.all(name)) {
        message.addHeader(header);
      }
    }
  }

  /** Writes it as a part of a multipart: headers, blank line, bytes. */
  void encode(ByteSink out) {
    headers().encode(out);
    out.crlf().put(whole.b, from, to);
  }

  /** Type and size, for logs. */
  @Override
  public String toString() {
    return mediaType() + ", " + length() + " bytes" + (parts == null ? "" : " " + parts());
  }
}
