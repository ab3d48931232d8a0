package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.address.Uris;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import java.util.Arrays;
import javax.sip.header.CSeqHeader;
import org.jspecify.annotations.Nullable;

/** The reading of one message: what has been found so far, and the first thing that's wrong. */
final class Reading {
  /** Fields that the index has room for without growing. */
  private static final int USUAL_FIELDS = 16;

  /** Room behind a request for what {@link SipMessage#stampVia} puts into it. */
  private static final int STAMP_ROOM = 48;

  private static final long REQUIRED =
      HeaderFields.bit(HeaderType.VIA)
          | HeaderFields.bit(HeaderType.FROM)
          | HeaderFields.bit(HeaderType.TO)
          | HeaderFields.bit(HeaderType.CALL_ID)
          | HeaderFields.bit(HeaderType.CSEQ);

  private static final long ONCE =
      HeaderFields.bit(HeaderType.FROM)
          | HeaderFields.bit(HeaderType.TO)
          | HeaderFields.bit(HeaderType.CALL_ID)
          | HeaderFields.bit(HeaderType.CSEQ)
          | HeaderFields.bit(HeaderType.MAX_FORWARDS);

  private final MessageModel model;
  private final Limits limits;
  private final boolean strict;
  private final boolean stream;

  /** Text that a program gave: headers may be missing, but the body's length must be right. */
  private final boolean draft;

  private final HeaderFields fields = new HeaderFields(USUAL_FIELDS);
  private final QuickReads quick = new QuickReads();
  private byte[] b = fields.raw;
  private int end;
  private int pos;
  private @Nullable StartLine start;
  private @Nullable String method;
  private boolean response;
  private long seen;
  private int contentLength = -1;

  private int status;
  private @Nullable String problem;
  private int problemAt;

  Reading(MessageModel model, Limits limits, boolean strict, boolean stream) {
    this(model, limits, strict, stream, false);
  }

  private Reading(
      MessageModel model, Limits limits, boolean strict, boolean stream, boolean draft) {
    this.model = model;
    this.limits = limits;
    this.strict = strict;
    this.stream = stream;
    this.draft = draft;
  }

  /** For text that a program gave: headers may be missing, the body's length must be right. */
  static Reading ofDraft(MessageModel model) {
    return new Reading(model, Limits.DEFAULT, false, false, true);
  }

  /** Fills a message from its header lines, blank line and body, as they were serialized. */
  static void readHeadersAndBody(byte[] bytes, StartLine line, MessageParts message) {
    Reading reading = ofDraft(message.model());
    reading.b = bytes;
    reading.end = bytes.length;
    reading.fields.raw = bytes;
    reading.fields.rawLength = bytes.length;
    int from = reading.readHeaders();
    message.adopt(message.model(), line, reading.fields, null, new Body(from, bytes.length));
  }

  Parsed read(byte[] buffer, int from, int to) {
    int length = Math.min(to - from, limits.messageSize());
    int room = length > 0 && (buffer[from] | 0x20) == 's' ? 0 : STAMP_ROOM;
    b = Arrays.copyOfRange(buffer, from, from + length + room);
    end = length;
    fields.raw = b;
    fields.rawLength = length;
    if (length < to - from) {
      fail(513, "Message longer than " + length + " bytes", length);
    }
    readStartLine();
    int bodyFrom = readHeaders();
    checkHeaders();
    int bodyTo = bodyEnd(bodyFrom);
    StartLine line = start;
    if (problem != null || line == null) {
      int answer = response || "ACK".equals(method) ? 0 : status;
      String reason = problem == null ? "Malformed start line" : problem;
      return new Malformed(answer, reason, problemAt, method, fields);
    }
    fields.rawLength = bodyTo;
    SipMessage message = response ? model.response() : model.request();
    message.adopt(model, line, fields, quick, new Body(bodyFrom, bodyTo));
    return message;
  }

  /** Notes what's wrong; the first finding counts. */
  private void fail(int status, String problem, int at) {
    if (this.problem == null) {
      this.status = status;
      this.problem = problem;
      this.problemAt = at;
    }
  }

  private void bad(String problem, int at) {
    fail(400, problem, at);
  }

  // --- lines ---

  /**
   * The end of the line at the cursor, its CRLF (or lone LF) left out; the cursor moves behind it.
   */
  private int readLine() {
    byte[] bytes = b;
    int to = end;
    int p = pos;
    while (p < to && bytes[p] != '\n') {
      if (bytes[p] == '\r' && !(p + 1 < to && bytes[p + 1] == '\n')) {
        bad("CR without LF", p);
      }
      p++;
    }
    if (p == to) {
      bad("Message ends within a header line", p);
      pos = p;
      return p;
    }
    int from = pos;
    pos = p + 1;
    if (p > from && bytes[p - 1] == '\r') {
      return p - 1;
    }
    if (strict) {
      bad("LF without CR", p);
    }
    return p;
  }

  // --- start line ---

  private void readStartLine() {
    int to = readLine();
    if (to > limits.headerLine()) {
      fail(513, "Start line longer than " + limits.headerLine() + " bytes", 0);
    }
    response = to >= 4 && RawText.sameIgnoringCase(b, 0, 4, "SIP/");
    if (response) {
      readStatusLine(to);
    } else {
      readRequestLine(to);
    }
  }

  private boolean isVersion2(int from, int to) {
    return strict
        ? to - from == 7 && RawText.sameIgnoringCase(b, from, to, "SIP/2.0") && b[from] == 'S'
        : RawText.sameIgnoringCase(b, from, to, "SIP/2.0");
  }

  /** {@code SIP-Version SP Status-Code SP Reason-Phrase} (RFC 3261 §7.2). */
  private void readStatusLine(int to) {
    int digits = 8;
    int digitsTo = UriText.digitsEnd(b, Math.min(digits, to), to);
    boolean ok =
        to >= 11
            && isVersion2(0, 7)
            && b[7] == ' '
            && digitsTo - digits == 3
            && (digitsTo < to ? b[digitsTo] == ' ' : !strict);
    int code = ok ? QuickReads.wholeNumber(b, digits, digitsTo, 699) : -1;
    if (code < 100) {
      bad("Malformed status line", 0);
      return;
    }
    start = StartLine.response(code, Math.min(digitsTo + 1, to), to, pos);
  }

  /** {@code Method SP Request-URI SP SIP-Version} (RFC 3261 §7.1). */
  private void readRequestLine(int lineTo) {
    int to = strict ? lineTo : RawText.trimEnd(b, 0, lineTo);
    int methodTo = RawText.tokenEnd(b, 0, to);
    int version = to;
    while (version > methodTo && b[version - 1] != ' ' && b[version - 1] != '\t') {
      version--;
    }
    if (methodTo == 0 || methodTo == to || !isBlank(methodTo)) {
      fail(0, "Not a SIP message", 0);
      return;
    }
    method = Scanner.interned(b, 0, methodTo);
    int uri = strict ? methodTo + 1 : RawText.skipBlanks(b, methodTo, to);
    int uriTo = strict ? version - 1 : RawText.trimEnd(b, Math.min(uri, version), version);
    if (!isVersion2(version, to)) {
      if (to - version > 4 && RawText.sameIgnoringCase(b, version, version + 4, "SIP/")) {
        fail(505, "Unknown SIP version", version);
      } else {
        bad("Malformed request line, no SIP version", version);
      }
      return;
    }
    if (uriTo <= uri || !isUri(uri, uriTo)) {
      bad("Malformed Request-URI", uri);
      return;
    }
    start = StartLine.request(method, uri, uriTo, pos);
  }

  private boolean isBlank(int at) {
    return b[at] == ' ' || (!strict && b[at] == '\t');
  }

  private boolean isUri(int from, int to) {
    if (UriText.uriEnd(b, from, to, false) == to) {
      return true;
    }
    Scanner in = new Scanner(b, from, to);
    try {
      Uris.parse(in, model);
      return in.atEnd() && !(strict && hasHeaders(from, to));
    } catch (ParseException e) {
      return false;
    }
  }

  /** Headers in a Request-URI are not allowed (RFC 3261 §19.1.1, table 1). */
  private boolean hasHeaders(int from, int to) {
    for (int p = from; p < to; p++) {
      if (b[p] == '?') {
        return RawText.sameIgnoringCase(b, from, from + 3, "sip");
      }
    }
    return false;
  }

  // --- headers ---

  /** Reads header lines up to the blank line; says where the body starts. */
  private int readHeaders() {
    while (pos < end) {
      byte first = b[pos];
      if (first == '\n' || first == '\r') {
        int line = pos;
        if (readLine() == line) {
          return pos;
        }
      } else {
        readHeader();
        if (fields.count() > limits.headerCount()) {
          fail(513, "More than " + limits.headerCount() + " header lines", pos);
          return end;
        }
      }
    }
    if (strict) {
      bad("No blank line behind the headers", end);
    }
    return end;
  }

  /** {@code message-header = header-name HCOLON header-value CRLF}, folds included. */
  private void readHeader() {
    int line = pos;
    int nameTo = RawText.tokenEnd(b, line, end);
    int p = nameTo;
    while (p < end && (b[p] == ' ' || b[p] == '\t')) {
      p++;
    }
    boolean named = nameTo > line && p < end && b[p] == ':';
    int to = readLine();
    while (pos < end && (b[pos] == ' ' || b[pos] == '\t')) {
      to = readLine();
    }
    if (to - line > Math.min(limits.headerLine(), HeaderFields.MAX_LINE - 1)) {
      fail(513, "Header line longer than " + limits.headerLine() + " bytes", line);
      return;
    }
    if (!named) {
      if (strict) {
        bad("Line is not a header", line);
      }
      fields.addRaw(HeaderFields.JUNK, line, line, to);
      return;
    }
    HeaderType type = HeaderType.of(b, line, nameTo);
    int value = RawText.skipBlanks(b, p + 1, to);
    fields.addRaw(HeaderFields.code(type), line, value, to);
    if (type != null) {
      check(type, value, to);
    }
  }

  private void check(HeaderType type, int value, int to) {
    boolean usual;
    switch (type) {
      case VIA -> usual = (seen & HeaderFields.bit(type)) != 0 || quick.readVia(b, value, to);
      case FROM -> usual = quick.readFrom(b, value, to);
      case TO -> usual = quick.readTo(b, value, to);
      case CALL_ID -> usual = quick.readCallId(b, value, to);
      case CSEQ -> usual = quick.readCSeq(b, value, to);
      case MAX_FORWARDS -> usual = quick.readMaxForwards(b, value, to);
      case CONTENT_LENGTH -> {
        readContentLength(value, to);
        return;
      }
      default -> {
        return;
      }
    }
    if ((seen & ONCE & HeaderFields.bit(type)) != 0) {
      bad("More than one " + type.canonicalName(), value);
    }
    seen |= HeaderFields.bit(type);
    if (!usual) {
      checkUnusual(type, value);
    }
  }

  /** The header's own class decides about what the quick reads don't take. */
  private void checkUnusual(HeaderType type, int value) {
    int i = fields.count() - 1;
    fields.split(type);
    if (fields.peek(i, model) == null) {
      bad("Malformed " + type.canonicalName(), value);
    }
    fields.readByObject(type);
  }

  private void readContentLength(int value, int to) {
    int length = QuickReads.wholeNumber(b, value, to, Integer.MAX_VALUE);
    if (length < 0) {
      bad("Malformed Content-Length", value);
    } else if (contentLength >= 0 && (strict || contentLength != length)) {
      bad("More than one Content-Length", value);
    }
    contentLength = length;
  }

  private void checkHeaders() {
    long missing = draft ? 0 : REQUIRED & ~seen;
    if (strict && !response) {
      missing |= HeaderFields.bit(HeaderType.MAX_FORWARDS) & ~seen;
    }
    if (missing != 0) {
      for (HeaderType type : QuickReads.TYPES) {
        if ((missing & HeaderFields.bit(type)) != 0) {
          bad("Missing " + type.canonicalName(), end);
        }
      }
    }
    if (draft) {
      readMissingByObject();
    }
    String cseqMethod =
        fields.byObject(HeaderType.CSEQ)
                && fields.peekFirst(HeaderType.CSEQ, model) instanceof CSeqHeader cseq
            ? cseq.getMethod()
            : quick.cseqMethod();
    if (cseqMethod != null && method != null && !response && !cseqMethod.equals(method)) {
      bad("CSeq method differs from the method of the request", 0);
    }
  }

  private void readMissingByObject() {
    for (HeaderType type : QuickReads.TYPES) {
      if ((REQUIRED & ~seen & HeaderFields.bit(type)) != 0) {
        fields.readByObject(type);
      }
    }
  }

  // --- body ---

  /** Where the body ends (RFC 3261 §18.3). */
  private int bodyEnd(int from) {
    int available = end - from;
    if (contentLength < 0) {
      if (stream && strict) {
        bad("Missing Content-Length", from);
      }
      return stream ? from : end;
    }
    if (contentLength > available) {
      bad("Content-Length is larger than the body", from);
      return end;
    }
    if (draft && contentLength < available) {
      bad("Content-Length " + contentLength + " differs from the body's " + available, from);
    }
    return from + contentLength;
  }
}
