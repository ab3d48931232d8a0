package io.sipwright.body;

import io.sipwright.syntax.Chars;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.sip.header.ContentTypeHeader;
import org.jspecify.annotations.Nullable;

/** The reading of one body: what has been found so far, and the first thing that's wrong. */
final class BodyReading {
  /** {@code bchars} besides letters and digits (RFC 2046 §5.1.1). */
  private static final String BOUNDARY_MARKS = "'()+_,-./:=? ";

  private static final int MAX_BOUNDARY = 70;

  private final BodyLimits limits;
  private final Charset charset;
  private final boolean strict;
  private final byte[] b;
  private int count;

  /** There once reading has begun. */
  @SuppressWarnings("NullAway.Init")
  private BodyPart.Whole whole;

  private @Nullable MalformedBody problem;

  /** Of bytes that nobody else holds. */
  BodyReading(BodyLimits limits, Charset charset, boolean strict, byte[] body) {
    this.limits = limits;
    this.charset = charset;
    this.strict = strict;
    this.b = body;
  }

  /** Reads the whole. */
  ParsedBody read(PartHeaders headers) {
    if (strict && b.length > 0 && !headers.has("Content-Type")) {
      bad("No Content-Type, or a malformed one", 0);
    }
    whole = new BodyPart.Whole(b, headers, charset);
    BodyPart body = new BodyPart(whole, parts(headers, 0, b.length, 0));
    MalformedBody wrong = problem;
    return wrong == null ? body : wrong;
  }

  /** Notes what's wrong; the first finding counts. */
  private void fail(int status, String reason, int at) {
    if (problem == null) {
      problem = new MalformedBody(status, reason, at);
    }
  }

  private void bad(String reason, int at) {
    fail(400, reason, at);
  }

  /** The parts of a body or a part with these headers; null if it's no multipart. */
  private BodyPart.@Nullable Parts parts(PartHeaders headers, int from, int to, int depth) {
    boolean mayHaveParts = from < to && headers.mayBeMultipart();
    boolean checked = strict && headers.has("Content-Type") && headers.bareContentType() == null;
    ContentTypeHeader type = mayHaveParts || checked ? headers.contentType() : null;
    if (type == null && checked) {
      bad("Malformed Content-Type", headers.contentTypeOffset());
    }
    if (type == null
        || !mayHaveParts
        || !Chars.sameIgnoringCase(type.getContentType(), "multipart")
        || !headers.tellOfPlainContent()) {
      return null; // one that's encoded as a whole is passed on as it is
    }
    String boundary = type.getParameter("boundary");
    if (boundary == null || boundary.isBlank()) {
      bad("Multipart without boundary", from);
    } else if (strict && !isBoundary(boundary)) {
      bad("Boundary is not 1 to 70 characters that RFC 2046 allows", from);
    } else if (depth >= limits.nesting()) {
      fail(513, "Multiparts nested deeper than " + limits.nesting(), from);
    }
    if (problem != null || boundary == null) {
      return null;
    }
    boolean digest = Chars.sameIgnoringCase(type.getContentSubType(), "digest");
    return cut(from, to, boundary, digest ? "message/rfc822" : "text/plain", depth);
  }

  /** {@code boundary = 0*69<bchars> bcharsnospace}. */
  static boolean isBoundary(String boundary) {
    for (int i = 0; i < boundary.length(); i++) {
      char c = boundary.charAt(i);
      if (!Chars.is(c, Chars.ALPHANUM) && BOUNDARY_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return !boundary.isEmpty() && boundary.length() <= MAX_BOUNDARY && !boundary.endsWith(" ");
  }

  /**
   * {@code [preamble CRLF] dash-boundary transport-padding CRLF body-part *encapsulation
   * close-delimiter transport-padding [CRLF epilogue]}.
   */
  private BodyPart.@Nullable Parts cut(
      int from, int to, String boundary, String defaultType, int depth) {
    byte[] mark = mark(boundary);
    List<BodyPart> found = new ArrayList<>(1);
    int preambleTo = -1;
    int part = -1;
    for (int line = from; line < to; line = Lines.next(b, line, to)) {
      int behind = markEnd(line, to, mark);
      if (behind < 0) {
        continue;
      }
      boolean last = isClose(behind, to);
      int lineTo = Lines.next(b, line, to);
      checkDelimiter(line, lineTo, line == part);
      int before = Lines.withoutLineEnd(b, part < 0 ? from : part, line);
      if (part < 0) {
        preambleTo = before;
      } else {
        found.add(readPart(part, before, depth, defaultType));
      }
      part = lineTo;
      if (last || problem != null) {
        return finish(found, preambleTo, lineTo);
      }
    }
    if (part < 0) {
      bad("No line is the boundary '" + boundary + "' of the Content-Type", from);
      return null;
    }
    if (strict) {
      bad("No closing delimiter of the boundary '" + boundary + "'", to);
    }
    found.add(readPart(part, to, depth, defaultType));
    return finish(found, preambleTo, to);
  }

  /** Two hyphens and the boundary, without white space behind it. */
  private static byte[] mark(String boundary) {
    int length = boundary.length();
    while (Character.isWhitespace(boundary.charAt(length - 1))) {
      length--; // not blank, that was refused
    }
    byte[] mark = new byte[2 + length];
    mark[0] = '-';
    mark[1] = '-';
    for (int i = 0; i < length; i++) {
      char c = boundary.charAt(i);
      if (c >= 128) {
        return ("--" + boundary.stripTrailing()).getBytes(StandardCharsets.UTF_8);
      }
      mark[2 + i] = (byte) c;
    }
    return mark;
  }

  private BodyPart.Parts finish(List<BodyPart> found, int preambleTo, int epilogueFrom) {
    if (found.isEmpty()) {
      bad("Multipart without body part", preambleTo);
    }
    return new BodyPart.Parts(List.copyOf(found), preambleTo, epilogueFrom);
  }

  /**
   * Behind the boundary where a line is a delimiter: two hyphens, the boundary, two more behind the
   * last part, blanks, and nothing else. Otherwise -1. A boundary that only begins like another is
   * not that one, though RFC 2046 §5.1.1 would let it pass: an inner one may well begin like an
   * outer one.
   */
  private int markEnd(int line, int to, byte[] mark) {
    int p = line;
    for (byte expected : mark) {
      if (p == to || b[p++] != expected) {
        return -1;
      }
    }
    int q = isClose(p, to) ? p + 2 : p;
    while (q < to && (b[q] == ' ' || b[q] == '\t')) {
      q++;
    }
    return q == to || Lines.isBlank(b, q, to) ? p : -1;
  }

  private boolean isClose(int at, int to) {
    return at + 1 < to && b[at] == '-' && b[at + 1] == '-';
  }

  private void checkDelimiter(int line, int lineTo, boolean rightBehindAnother) {
    if (!strict) {
      return;
    }
    if (Lines.endsInLoneLf(b, 0, line) || Lines.endsInLoneLf(b, line, lineTo)) {
      bad("LF without CR", line);
    }
    if (rightBehindAnother) {
      bad("Delimiter without body part before it", line);
    }
  }

  private BodyPart readPart(int from, int to, int depth, String defaultType) {
    if (++count > limits.parts()) {
      fail(513, "More than " + limits.parts() + " body parts", from);
    }
    int p = from;
    while (p < to && !Lines.isBlank(b, p, to)) {
      boolean folded = p > from && (b[p] == ' ' || b[p] == '\t');
      if (!folded && PartHeaders.colon(b, p, to) < 0) {
        if (strict) {
          bad("Line of a body part is not a header", p);
        }
        return part(from, p, p, to, depth, defaultType);
      }
      p = Lines.next(b, p, to);
    }
    return part(from, p, Lines.next(b, p, to), to, depth, defaultType);
  }

  private BodyPart part(int lines, int linesTo, int from, int to, int depth, String defaultType) {
    BodyPart.Parts inner =
        lines == linesTo ? null : parts(PartHeaders.raw(b, lines, linesTo), from, to, depth + 1);
    return new BodyPart(whole, lines, from, to, defaultType, inner);
  }
}
