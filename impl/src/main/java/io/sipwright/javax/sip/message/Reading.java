package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.syntax.RawText;
import io.sipwright.syntax.UriText;
import java.util.Arrays;
import javax.sip.header.CSeqHeader;
import org.jspecify.annotations.Nullable;

/** The reading of one message: what has been found so far, and the first thing that's wrong. */
final class Reading {
  /** What's wrong with a message of which the rest is missing. */
  static final String CUT_SHORT = "Content-Length is larger than the body";

  /** Room behind a request for what {@link SipMessage#stampVia} puts into it. */
  private static final int STAMP_ROOM = 32;

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

  /** What a reading holds between two uses. */
  private static final HeaderFields NO_FIELDS = new HeaderFields(0);

  private static final QuickReads NO_READS = new QuickReads();
  private static final byte[] NO_BYTES = {};

  /** Readings between two uses, so that what comes off the wire leaves none behind. */
  private static final SpareReadings SPARE = new SpareReadings();

  MessageParser parser;
  private boolean stream;

  /** Text that a program gave: headers may be missing, but the body's length must be right. */
  private boolean draft;

  /** Part of a message, which may lack its start line and the body that it tells of. */
  private boolean fragment;

  byte[] b = NO_BYTES;
  private int end;
  HeaderFields fields = NO_FIELDS;
  private QuickReads quick = NO_READS;
  private boolean response;
  private int pos;
  private int contentLength = -1;
  private boolean miscounted;
  private @Nullable StartLine start;
  private @Nullable String method;
  private @Nullable Problem problem;
  private long seen;

  /** Whether a header isn't among the fields, for it went beyond a limit. */
  private boolean leftOut;

  /** In lists, at most: behind each there may be another value. */
  private int commas;

  /** What's wrong: the status to answer, a reason in plain words, and where. */
  private record Problem(int status, String reason, int offset) {}

  /** Of nothing yet. */
  Reading(MessageParser parser) {
    this.parser = parser;
  }

  /** Of bytes that nobody else holds, of which the first {@code length} count. */
  Reading(MessageParser parser, boolean stream, boolean draft, byte[] b, int length) {
    this(parser);
    begin(stream, draft, b, length);
  }

  private void begin(boolean isStream, boolean isDraft, byte[] bytes, int length) {
    stream = isStream;
    draft = isDraft;
    b = bytes;
    end = length;
    fields = new HeaderFields(Math.min(4 + length / 44, parser.limits.headerCount()));
    fields.raw = bytes;
    fields.rawLength = length;
    quick = new QuickReads();
  }

  /** Lets go of the message, and is as at first. */
  private void forget() {
    b = NO_BYTES;
    fields = NO_FIELDS;
    quick = NO_READS;
    response = false;
    pos = 0;
    contentLength = -1;
    miscounted = false;
    start = null;
    method = null;
    problem = null;
    seen = 0;
    leftOut = false;
    commas = 0;
  }

  /** Reads a message off the wire. */
  static Parsed read(MessageParser parser, byte[] buffer, int from, int to, boolean stream) {
    int length = Math.min(to - from, parser.limits.messageSize());
    int room = length > 0 && (buffer[from] | 0x20) == 's' ? 0 : STAMP_ROOM;
    byte[] copy = Arrays.copyOfRange(buffer, from, from + length + room);
    Reading reading = SPARE.take(parser);
    reading.begin(stream, false, copy, length);
    if (length < to - from) {
      reading.fail(513, "Message longer than " + length + " bytes", length);
    }
    Parsed parsed = reading.read();
    reading.forget();
    SPARE.giveBack(reading);
    return parsed;
  }

  /** Reads a text that a program gave: headers may be missing, the body's length must be right. */
  static Parsed readDraft(MessageParser parser, byte[] bytes) {
    return new Reading(parser, false, true, bytes, bytes.length).read();
  }

  /** Reads part of a message; one without start line becomes a request without method. */
  static Parsed readFragment(MessageParser parser, byte[] bytes) {
    byte[] whole = RawText.withBlankLine(bytes);
    Reading reading = new Reading(parser, false, true, whole, whole.length);
    reading.fragment = true;
    return reading.read();
  }

  /** Reads all of it. */
  Parsed read() {
    if (fragment && RawText.isHeaderOrBlank(b, 0, end)) {
      start = new StartLine();
    } else {
      readStartLine();
    }
    int bodyFrom = readHeaders();
    checkValues();
    checkHeaders();
    int bodyTo = bodyEnd(bodyFrom);
    StartLine line = start;
    Problem wrong = problem;
    if (wrong != null || line == null) {
      return malformed(wrong == null ? new Problem(400, "Malformed start line", 0) : wrong);
    }
    fields.bodyFrom = bodyFrom;
    fields.rawLength = bodyTo;
    SipMessage message = response ? parser.model.response() : parser.model.request();
    message.adopt(parser.model, line, fields, quick);
    if (miscounted) {
      message.putContentLength();
    }
    return message;
  }

  private Malformed malformed(Problem wrong) {
    int answer = response || "ACK".equals(method) ? 0 : wrong.status();
    return new Malformed(answer, wrong.reason(), wrong.offset(), method, fields);
  }

  /** Notes what's wrong; the first finding counts. */
  void fail(int status, String reason, int at) {
    if (problem == null) {
      problem = new Problem(status, reason, at);
    }
  }

  void bad(String problem, int at) {
    fail(400, problem, at);
  }

  // --- lines ---

  /**
   * The end of the line at the cursor, its CRLF (or lone LF) left out; the cursor moves behind it.
   */
  private int readLine() {
    byte[] bytes = b;
    int to = end;
    int p = RawText.nextControl(bytes, pos, to);
    while (p < to && bytes[p] != '\n') {
      if (bytes[p] == '\r' && !(p + 1 < to && bytes[p + 1] == '\n')) {
        bad("CR without LF", p);
      }
      p = bytes[p] == '\r' ? p + 1 : RawText.nextControl(bytes, p + 1, to);
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
    if (parser.strict) {
      bad("LF without CR", p);
    }
    return p;
  }

  // --- start line ---

  private void readStartLine() {
    int to = readLine();
    if (to > parser.limits.headerLine()) {
      fail(513, "Start line longer than " + parser.limits.headerLine() + " bytes", 0);
    }
    response = to >= 4 && RawText.sameIgnoringCase(b, 0, 4, "SIP/");
    if (response) {
      start = StartLineReading.statusLine(this, to, pos);
    } else {
      start = StartLineReading.requestLine(this, to, pos);
    }
  }

  /** The request's method is known, whatever else is. */
  void method(String name) {
    method = name;
  }

  /** There's nothing that could be answered. */
  void noMessage() {
    problem = new Problem(0, "Not a SIP message", 0);
  }

  // --- headers ---

  /** Reads header lines up to the blank line; says where the body starts. */
  int readHeaders() {
    while (pos < end) {
      byte first = b[pos];
      if (first == '\n' || first == '\r') {
        int line = pos;
        if (readLine() == line) {
          return pos;
        }
      } else {
        readHeader();
        if (fields.count() > parser.limits.headerCount()) {
          fail(513, "More than " + parser.limits.headerCount() + " header lines", pos);
          return end;
        }
      }
    }
    if (parser.strict) {
      bad("No blank line behind the headers", end);
    }
    return end;
  }

  /** Whether all headers that were read are among the fields. */
  boolean hasAllHeaders() {
    return !leftOut;
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
    pos = p; // no line ends before that
    int to = readLine();
    while (pos < end && (b[pos] == ' ' || b[pos] == '\t')) {
      to = readLine();
    }
    if (to - line > parser.limits.headerLine() || line >= HeaderFields.MAX_HEAD) {
      fail(
          513,
          "Header line longer than " + parser.limits.headerLine() + " bytes, or too far back",
          line);
      leftOut = true;
      return;
    }
    if (!named) {
      if (parser.strict) {
        bad("Line is not a header", line);
      }
      fields.addRaw(HeaderFields.JUNK, line, line, to);
      return;
    }
    HeaderType type = HeaderType.of(b, line, nameTo);
    int value = RawText.skipBlanks(b, p + 1, to);
    fields.addRaw(HeaderFields.code(type), line, value, to);
    if (type == null || type.shape() == HeaderType.Shape.LIST) {
      commas += RawText.commas(b, value, to);
    }
    if (type != null && problem == null) {
      check(type, value, to);
    }
    if (parser.strict && problem == null) {
      StrictChecks.header(this, type, value, to);
    }
  }

  /**
   * Every value that's read costs memory, however short it is: there may be some short ones, and
   * else only as many as their bytes pay for.
   */
  private void checkValues() {
    long most = parser.limits.headerValues() + (long) pos / Limits.BYTES_OF_VALUE;
    if (fields.count() + commas <= most) {
      return;
    }
    long values = 0;
    for (int i = 0; i < fields.count(); i++) {
      values += fields.valuesAt(i);
    }
    if (values > most) {
      fail(513, "More than " + most + " header values in " + pos + " bytes", pos);
    }
  }

  private void check(HeaderType type, int value, int to) {
    boolean usual;
    // A parameter takes two bytes at least: what's longer may have too many and is read whole.
    boolean few = to - value <= 2 * parser.model.maxParameters();
    switch (type) {
      case VIA ->
          usual = (seen & HeaderFields.bit(type)) != 0 || (few && quick.readVia(b, value, to));
      case FROM -> usual = few && quick.readFrom(b, value, to);
      case TO -> usual = few && quick.readTo(b, value, to);
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
    if (fields.peek(i, parser.model) == null) {
      bad("Malformed " + type.canonicalName(), value);
    } else if (type == HeaderType.FROM || type == HeaderType.TO) {
      int blank = UriText.blankInBrackets(b, value, fields.valueTo(i));
      if (blank >= 0) {
        bad("White space within the angle brackets of " + type.canonicalName(), blank);
      }
    }
    fields.readByObject(type);
  }

  private void readContentLength(int value, int to) {
    int length = QuickReads.wholeNumber(b, value, to, Integer.MAX_VALUE);
    if (length < 0) {
      bad("Malformed Content-Length", value);
    } else if (contentLength >= 0 && (parser.strict || contentLength != length)) {
      bad("More than one Content-Length", value);
    }
    contentLength = length;
  }

  private void checkHeaders() {
    long missing = draft ? 0 : REQUIRED & ~seen;
    if (parser.strict && !response) {
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
    if (parser.strict && problem == null) {
      StrictChecks.identities(this, HeaderType.P_ASSERTED_IDENTITY);
      StrictChecks.identities(this, HeaderType.P_PREFERRED_IDENTITY);
    }
    String cseqMethod =
        fields.byObject(HeaderType.CSEQ)
                && fields.peekFirst(HeaderType.CSEQ, "CSeq", parser.model)
                    instanceof CSeqHeader cseq
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
      if (stream && parser.strict) {
        bad("Missing Content-Length", from);
      }
      return stream ? from : end;
    }
    if (fragment && available == 0) {
      return end;
    }
    if (parser.restIsBody && !stream && !draft) {
      miscounted = contentLength != available;
      return end;
    }
    if (contentLength > available) {
      bad(CUT_SHORT, from);
      return end;
    }
    if (draft && contentLength < available) {
      bad("Content-Length " + contentLength + " differs from the body's " + available, from);
    }
    return from + contentLength;
  }
}
