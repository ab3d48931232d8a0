package io.sipwright.body;

import io.sipwright.javax.sip.header.HeaderModel;
import io.sipwright.javax.sip.header.HeaderParser;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.RawText;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import javax.sip.header.ContentEncodingHeader;
import javax.sip.header.ContentTypeHeader;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a body part: {@code MIME-part-headers} (RFC 2046 §5.1.1) as they stand, so
 * that they cost nothing until somebody asks, or header objects. Never changed.
 */
final class PartHeaders {
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String MULTIPART = "multipart";

  static final PartHeaders NONE = new PartHeaders(new byte[0], 0, 0, List.of());

  private final byte[] b;
  private final int from;
  private final int to;
  private final List<SipHeader> objects;

  private PartHeaders(byte[] b, int from, int to, List<SipHeader> objects) {
    this.b = b;
    this.from = from;
    this.to = to;
    this.objects = objects;
  }

  /** Lines as received, each with its line end. */
  static PartHeaders raw(byte[] b, int from, int to) {
    return new PartHeaders(b, from, to, List.of());
  }

  /** Objects that nobody else holds. */
  static PartHeaders of(List<SipHeader> objects) {
    return new PartHeaders(NONE.b, 0, 0, List.copyOf(objects));
  }

  /** Fresh objects of all headers of a name, malformed ones left out. */
  List<SipHeader> all(String name) {
    return some(name, Integer.MAX_VALUE);
  }

  /** A fresh object of the first that's not malformed; null if there's none. */
  @Nullable SipHeader first(String name) {
    List<SipHeader> some = some(name, 1);
    return some.isEmpty() ? null : some.get(0);
  }

  /** As {@link #all}, and no more lines are read once there are enough. */
  private List<SipHeader> some(String name, int enough) {
    int first = find(name, from);
    if (first == to && objects.isEmpty()) {
      return List.of();
    }
    List<SipHeader> found = new ArrayList<>(1);
    for (SipHeader header : objects) {
      if (Chars.sameIgnoringCase(header.getName(), name)) {
        found.add(header.clone());
      }
    }
    for (int line = first; line < to && found.size() < enough; ) {
      int next = next(line);
      try {
        found.addAll(read(name, line, next));
      } catch (ParseException e) { // as in a message: what nobody can read isn't there
      }
      line = find(name, next);
    }
    return found;
  }

  private List<SipHeader> read(String name, int line, int next) throws ParseException {
    HeaderType type = HeaderType.of(name);
    return type == null
        ? HeaderParser.parseList(name, value(line, next), HeaderModel.DEFAULT)
        : HeaderParser.parseList(type, b, colon(line) + 1, next, HeaderModel.DEFAULT);
  }

  /** Whether there's one of a name, well-formed or not. */
  boolean has(String name) {
    for (SipHeader header : objects) {
      if (Chars.sameIgnoringCase(header.getName(), name)) {
        return true;
      }
    }
    return find(name, from) < to;
  }

  // --- Content-Type: the first of them counts ---

  /** A fresh object of it; null if there's none, or a malformed one. */
  @Nullable ContentTypeHeader contentType() {
    for (SipHeader header : objects) {
      if (header instanceof ContentTypeHeader type) {
        return (ContentTypeHeader) type.clone();
      }
    }
    int line = find(CONTENT_TYPE, from);
    if (line == to) {
      return null;
    }
    Scanner in = new Scanner(b, colon(line) + 1, next(line));
    try {
      SipHeader type = HeaderParser.parse(HeaderType.CONTENT_TYPE, in, HeaderModel.DEFAULT);
      return (ContentTypeHeader) type;
    } catch (ParseException e) {
      return null;
    }
  }

  /**
   * Type and subtype as they stand, where there's no more and no less than that, as nearly always:
   * it takes no header object. Null for any other.
   */
  @Nullable String bareContentType() {
    int line = find(CONTENT_TYPE, from);
    if (line == to) {
      return null;
    }
    int end = next(line);
    int type = RawText.skipBlanks(b, colon(line) + 1, end);
    int slash = RawText.tokenEnd(b, type, end);
    if (slash == type || slash == end || b[slash] != '/') {
      return null;
    }
    int subtypeTo = RawText.tokenEnd(b, slash + 1, end);
    boolean bare = subtypeTo > slash + 1 && RawText.skipBlanks(b, subtypeTo, end) == end;
    return bare ? new Scanner(b, type, subtypeTo).rest() : null;
  }

  /** Whether it can be that of a multipart. */
  boolean mayBeMultipart() {
    if (!objects.isEmpty()) {
      return true;
    }
    int line = find(CONTENT_TYPE, from);
    if (line == to) {
      return false;
    }
    int type = RawText.skipBlanks(b, colon(line) + 1, to);
    return RawText.sameIgnoringCase(b, type, RawText.tokenEnd(b, type, to), MULTIPART);
  }

  // --- encodings ---

  /** The codings of Content-Encoding in lower case, {@code identity} left out. */
  List<String> contentEncodings() {
    List<SipHeader> all = all("Content-Encoding");
    if (all.isEmpty()) {
      return List.of();
    }
    List<String> codings = new ArrayList<>(1);
    for (SipHeader header : all) {
      if (header instanceof ContentEncodingHeader coding
          && !Chars.sameIgnoringCase(coding.getEncoding(), "identity")) {
        codings.add(Chars.lower(coding.getEncoding()));
      }
    }
    return codings;
  }

  /** Content-Transfer-Encoding in lower case. */
  String transferEncoding() {
    SipHeader header = first("Content-Transfer-Encoding");
    return header == null ? "binary" : Chars.lower(header.getValue());
  }

  /** Whether the bytes that they describe are the content itself. */
  boolean tellOfPlainContent() {
    String transfer = transferEncoding();
    return !transfer.equals("base64")
        && !transfer.equals("quoted-printable")
        && contentEncodings().isEmpty();
  }

  // --- all of them ---

  /** The names in the order they stand, as they are spelled. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (SipHeader header : objects) {
      names.add(header.getName());
    }
    for (int line = from; line < to; line = next(line)) {
      if (colon(line) >= 0) {
        names.add(name(line));
      }
    }
    return names;
  }

  /** The offset of the Content-Type's value; 0 if there's none on the wire. */
  int contentTypeOffset() {
    int line = find(CONTENT_TYPE, from);
    return line < to ? colon(line) + 1 : 0;
  }

  /** Writes them, each with its line end. */
  void encode(ByteSink out) {
    out.put(b, from, to);
    if (to > from && b[to - 1] != '\n') {
      out.crlf();
    }
    for (SipHeader header : objects) {
      header.encode(out);
    }
  }

  /** The first line of a name at or after the start of a line; the end if there's none. */
  private int find(String name, int start) {
    int line = start;
    HeaderType type = line < to ? HeaderType.of(name) : null;
    while (line < to && !isNamed(line, type, name)) {
      line = next(line);
    }
    return line;
  }

  private boolean isNamed(int line, @Nullable HeaderType type, String name) {
    if (colon(line) < 0) {
      return false;
    }
    int end = RawText.tokenEnd(b, line, to);
    return (type != null && type == HeaderType.of(b, line, end))
        || RawText.sameIgnoringCase(b, line, end, name);
  }

  private String name(int line) {
    return new Scanner(b, line, RawText.tokenEnd(b, line, to)).rest();
  }

  private String value(int line, int next) {
    return new Scanner(b, colon(line) + 1, next).rest();
  }

  private int colon(int line) {
    return colon(b, line, to);
  }

  /** Where the colon behind a header name stands; -1 if the line doesn't begin with a name. */
  static int colon(byte[] b, int line, int to) {
    int p = RawText.tokenEnd(b, line, to);
    if (p == line) {
      return -1;
    }
    while (p < to && (b[p] == ' ' || b[p] == '\t')) {
      p++;
    }
    return p < to && b[p] == ':' ? p : -1;
  }

  /** The next header line, folded lines skipped. */
  private int next(int line) {
    int p = line;
    do {
      p = Lines.next(b, p, to);
    } while (p < to && (b[p] == ' ' || b[p] == '\t'));
    return p;
  }
}
