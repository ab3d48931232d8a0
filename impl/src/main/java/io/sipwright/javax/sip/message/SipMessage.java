package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.SpareSinks;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sip.InvalidArgumentException;
import javax.sip.address.URI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ContentDispositionHeader;
import javax.sip.header.ContentEncodingHeader;
import javax.sip.header.ContentLanguageHeader;
import javax.sip.header.ContentLengthHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.ExpiresHeader;
import org.jspecify.annotations.Nullable;

/**
 * A request or a response. One that was received keeps its bytes and makes objects only of what
 * somebody asks for; what nobody has changed is written back byte for byte.
 *
 * <p>Programs use it through {@link javax.sip.message.Request} and {@link
 * javax.sip.message.Response}. Header objects that it hands out are live: changing them changes the
 * message. Any number of threads may read it, and get the same objects, while none changes any.
 */
public abstract non-sealed class SipMessage extends MessageHeaders implements Parsed {
  private static final long serialVersionUID = 1L;

  private static final String SIP_2_0 = "SIP/2.0";

  /** What goes with a body and without it goes away. */
  private static final List<HeaderType> ENTITY_HEADERS =
      List.of(
          HeaderType.CONTENT_TYPE,
          HeaderType.CONTENT_DISPOSITION,
          HeaderType.CONTENT_ENCODING,
          HeaderType.CONTENT_LANGUAGE);

  /** By what two messages are compared, besides their start lines. */
  private static final List<HeaderType> IDENTITY =
      List.of(
          HeaderType.CALL_ID,
          HeaderType.CSEQ,
          HeaderType.FROM,
          HeaderType.TO,
          HeaderType.VIA,
          HeaderType.MAX_FORWARDS);

  /** An empty message, to be filled in. */
  protected SipMessage() {}

  // --- start line ---

  /** The Request-URI itself, which a program may change; null for a response or if none was set. */
  public final synchronized @Nullable URI requestUri() {
    HeaderFields f = liveFields();
    return f.start.uri(f.raw, model(), true);
  }

  /** The Request-URI for reading only; null for a response or if none was set. */
  public final synchronized @Nullable URI peekRequestUri() {
    HeaderFields f = fields();
    return f.start.uri(f.raw, model(), false);
  }

  /**
   * Sets the Request-URI, any vendor's.
   *
   * @throws IllegalArgumentException if another vendor's object would write a line break
   */
  public final void setRequestUri(URI uri) {
    liveFields().start.setUri(uri);
  }

  /** Sets the method; a CSeq that's there follows. Null is an {@link IllegalArgumentException}. */
  public final void setRequestMethod(String method) throws ParseException {
    liveFields().start.setMethod(method);
    if (header(HeaderType.CSEQ) instanceof CSeqHeader cseq) {
      cseq.setMethod(method);
    }
  }

  /** Sets the status code, and the usual phrase for it unless a program's own stands there. */
  public final void setStatus(int status) throws ParseException {
    HeaderFields f = liveFields();
    f.start.setStatus(status, f.raw);
  }

  /** The reason phrase; null while none was set. */
  public final synchronized @Nullable String reasonPhrase() {
    HeaderFields f = fields();
    return f.start.reason(f.raw);
  }

  /** Sets the reason phrase, which may be empty. Null is an {@link IllegalArgumentException}. */
  public final void setReason(String reason) throws ParseException {
    liveFields().start.setReason(reason);
  }

  /** Always {@code SIP/2.0}. */
  @Override
  public String getSIPVersion() {
    return SIP_2_0;
  }

  /** Takes {@code SIP/2.0} and nothing else: there's no other version. */
  @Override
  public void setSIPVersion(String version) throws ParseException {
    if (!SIP_2_0.equalsIgnoreCase(version)) {
      throw new ParseException("SIP version is not SIP/2.0", 0);
    }
  }

  // --- body ---

  @Override
  public void setContent(Object content, ContentTypeHeader contentTypeHeader)
      throws ParseException {
    Objects.requireNonNull(content, "content");
    setHeader(contentTypeHeader);
    liveFields();
    body().set(content);
    updateContentLength();
  }

  /** The very object that was set; the body of a received message as bytes; null without body. */
  @Override
  @SuppressWarnings("NullAway") // JAIN's interfaces don't say what may be null
  public synchronized Object getContent() {
    HeaderFields f = liveFields(); // first, so that nobody forgets the body that's asked
    return body().content(f);
  }

  /** The body as bytes, text in the charset of Content-Type (UTF-8 by default); null without. */
  @Override
  @SuppressWarnings("NullAway") // JAIN's interfaces don't say what may be null
  public synchronized byte[] getRawContent() {
    if (!body().exists(fields())) {
      return null;
    }
    HeaderFields f = liveFields(); // first, so that nobody forgets the body that's asked
    return body().bytes(f, charset());
  }

  /** Whether there's a body of one byte at least, or one that a program has set. */
  public final synchronized boolean hasBody() {
    HeaderFields f = fields();
    return isBodyRaw() ? f.rawLength > f.bodyFrom : body().exists(f);
  }

  /** A copy of the bytes of {@link #getRawContent()}, without touching them; empty without body. */
  public final synchronized byte[] copyOfBody() {
    HeaderFields f = fields();
    return isBodyRaw()
        ? Arrays.copyOfRange(f.raw, f.bodyFrom, f.rawLength)
        : body().bytes(f, charset()).clone();
  }

  @Override
  public void removeContent() {
    if (body().exists(liveFields())) {
      body().clear();
      for (HeaderType type : ENTITY_HEADERS) {
        removeHeader(type.canonicalName());
      }
      updateContentLength();
    }
  }

  private Charset charset() {
    return peek(HeaderType.CONTENT_TYPE) instanceof ContentTypeHeader type
        ? Body.charset(type.getParameter("charset"))
        : StandardCharsets.UTF_8;
  }

  private int bodyLength() {
    HeaderFields f = fields();
    return isBodyRaw() ? f.rawLength - f.bodyFrom : body().bytes(f, charset()).length;
  }

  private void updateContentLength() {
    if (hasHeader(HeaderType.CONTENT_LENGTH)) {
      setHeader(makeContentLength());
    }
  }

  @Override
  SipHeader newContentLength() {
    SipHeader header = makeContentLength();
    if (fields().rawLength == 0) {
      setHeader(header); // reading changes nothing of a message that was received
    }
    return header;
  }

  /** Makes Content-Length say how long the body is. */
  final void putContentLength() {
    setHeader(makeContentLength());
  }

  private SipHeader makeContentLength() {
    SipHeader header = model().header(HeaderType.CONTENT_LENGTH);
    try {
      ((ContentLengthHeader) header).setContentLength(bodyLength());
    } catch (InvalidArgumentException e) {
      throw new AssertionError(e); // never negative
    }
    return header;
  }

  // --- headers with accessors of their own ---

  /** Never null; what's sent is always the length of the body, whatever is set here. */
  @Override
  public ContentLengthHeader getContentLength() {
    return (ContentLengthHeader) getHeader(ContentLengthHeader.NAME);
  }

  @Override
  public void setContentLength(ContentLengthHeader contentLength) {
    setHeader(Objects.requireNonNull(contentLength, "Content-Length"));
  }

  @Override
  public ContentLanguageHeader getContentLanguage() {
    return (ContentLanguageHeader) getHeader(ContentLanguageHeader.NAME);
  }

  @Override
  public void setContentLanguage(ContentLanguageHeader contentLanguage) {
    setHeader(contentLanguage);
  }

  @Override
  public ContentEncodingHeader getContentEncoding() {
    return (ContentEncodingHeader) getHeader(ContentEncodingHeader.NAME);
  }

  @Override
  public void setContentEncoding(ContentEncodingHeader contentEncoding) {
    setHeader(contentEncoding);
  }

  @Override
  public ContentDispositionHeader getContentDisposition() {
    return (ContentDispositionHeader) getHeader(ContentDispositionHeader.NAME);
  }

  @Override
  public void setContentDisposition(ContentDispositionHeader contentDisposition) {
    setHeader(contentDisposition);
  }

  @Override
  public ExpiresHeader getExpires() {
    return (ExpiresHeader) getHeader(ExpiresHeader.NAME);
  }

  @Override
  public void setExpires(ExpiresHeader expires) {
    setHeader(expires);
  }

  // --- writing ---

  private boolean isRaw(HeaderFields f) {
    return f.isUntouched() && isBodyRaw();
  }

  /** Whether nobody has changed anything, though he may have got all the objects. */
  private boolean isAsCame(HeaderFields f, ByteSink scratch) {
    return f.isAsCame(model(), scratch) && (isBodyRaw() || body().isAsCame(f));
  }

  /** Whether nothing was ever filled in: sent as it is, that's a keep-alive (RFC 5626 §3.5.1). */
  public final synchronized boolean isBlank() {
    HeaderFields f = fields();
    boolean noHeaders =
        f.count() == 0 || (f.count() == 1 && f.type(0) == HeaderType.CONTENT_LENGTH);
    return f.start.isEmpty() && noHeaders && !body().exists(f);
  }

  /**
   * The bytes to send, which nobody may change. Those that were received, if nothing was changed;
   * otherwise every header that wasn't changed as it came, and with a Content-Length that is right,
   * added where it's missing. A blank message is the double CRLF of a keep-alive.
   */
  public final synchronized byte[] encoded() {
    HeaderFields f = fields();
    if (isRaw(f)) {
      return f.exactBytes();
    }
    ByteSink out = SpareSinks.take();
    byte[] bytes;
    if (isAsCame(f, out)) {
      bytes = f.exactBytes();
    } else {
      encodeChanged(f, out);
      bytes = out.toBytes();
    }
    SpareSinks.giveBack(out);
    return bytes;
  }

  /** Writes what {@link #encoded()} gives. */
  public final synchronized void encode(ByteSink out) {
    HeaderFields f = fields();
    if (isAsCame(f, out)) {
      out.put(f.raw, 0, f.rawLength);
    } else {
      encodeChanged(f, out);
    }
  }

  private void encodeChanged(HeaderFields f, ByteSink out) {
    if (isBlank()) {
      out.crlf().crlf();
      return;
    }
    if (!f.start.isEmpty()) {
      f.start.encode(out, f.raw, model());
    }
    encodeHeadersAndBody(out);
  }

  private void encodeHeadersAndBody(ByteSink out) {
    HeaderFields f = fields();
    boolean rawBody = isBodyRaw();
    byte[] bytes = rawBody ? f.raw : body().bytes(f, charset());
    int from = rawBody ? f.bodyFrom : 0;
    int to = rawBody ? f.rawLength : bytes.length;
    boolean lengthWritten = FieldWriter.write(f, to - from, out, model());
    if (!lengthWritten) {
      out.put("Content-Length: ").put(to - from).crlf();
    }
    out.crlf().put(bytes, from, to);
  }

  /** How many bytes its received text takes in memory; 0 for one that wasn't received. */
  public final int heldBytes() {
    return fields().raw.length;
  }

  /** The message as text, for people; bytes that are no UTF-8 are lost. */
  @Override
  public String toString() {
    return new String(encoded(), StandardCharsets.UTF_8);
  }

  /**
   * Another message of the same bytes and with the same attachment, small until somebody reads it:
   * for when nobody holds this one any more.
   *
   * @return null if it's very long, can't be read back, or has a body that isn't bytes
   */
  public final synchronized @Nullable SipMessage packedCopy() {
    if (!isBodyRaw() && !body().isBytes()) {
      return null;
    }
    byte[] bytes = encoded();
    if (!Rereading.isReadable(bytes, model())) {
      return null;
    }
    SipMessage copy = isRequest() ? model().request() : model().response();
    if (!copy.pack(bytes, model())) {
      return null;
    }
    copy.attach(attachment());
    return copy;
  }

  // --- responses ---

  /** As {@link #createResponse(int, String)} with the usual reason phrase. */
  public final SipMessage createResponse(int status) {
    return createResponse(status, ReasonPhrases.of(status));
  }

  /**
   * A response to this request, without body. Copied are Via, From, To, Call-ID and CSeq (RFC 3261
   * §8.2.6.2), Timestamp into a 100, Record-Route into 101 to 299. No To tag is added. It gets the
   * request's attachment, so that it finds its way back.
   *
   * @throws IllegalArgumentException if the status is not from 100 to 699, or the phrase holds CR,
   *     LF or NUL
   */
  public final SipMessage createResponse(int status, String reason) {
    if (status < 100 || status > 699) {
      throw new IllegalArgumentException("status code " + status + " is not from 100 to 699");
    }
    if (Chars.hasLineBreakOrNul(reason)) {
      throw new IllegalArgumentException("reason phrase holds CR, LF or NUL");
    }
    synchronized (this) {
      SipMessage response = ResponseWriter.write(fields(), reads(), status, reason, model());
      response.attach(attachment());
      return response;
    }
  }

  /**
   * Makes a response to this request as it is now, encoded, when somebody asks; what's changed
   * meanwhile doesn't count, nor is it a matter of threads. Costs next to nothing where the request
   * still is what was received.
   */
  public final synchronized Supplier<byte[]> laterResponse(int status) {
    HeaderFields f = fields();
    if (!isRaw(f)) {
      byte[] encoded = createResponse(status).encoded();
      return () -> encoded;
    }
    MessageModel maker = model();
    byte[] raw = f.raw;
    int length = f.rawLength;
    f.rawShared = true;
    return () -> {
      HeaderFields again = Rereading.read(raw, length, maker);
      return ResponseWriter.write(again, null, status, ReasonPhrases.of(status), maker).encoded();
    };
  }

  // --- comparing, copying ---

  /**
   * Equal in start line, Call-ID, CSeq, From, To, Via and Max-Forwards, each by the rules of its
   * header.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    if (other == this) {
      return true;
    }
    if (!(other instanceof SipMessage that)
        || isRequest() != that.isRequest()
        || status() != that.status()
        || !method().equals(that.method())
        || !Objects.equals(peekRequestUri(), that.peekRequestUri())
        || !Objects.equals(reasonPhrase(), that.reasonPhrase())) {
      return false;
    }
    for (HeaderType type : IDENTITY) {
      if (!peekAll(type).equals(that.peekAll(type))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return Objects.hash(status(), method(), callId(), cseq());
  }

  /** A copy that shares nothing that can change; the attachment is not copied. */
  @Override
  public SipMessage clone() {
    return (SipMessage) super.clone();
  }

  // --- serialized form: the start line's parts, then headers and body as they are sent ---

  private synchronized void writeObject(ObjectOutputStream out) throws IOException {
    StartLine line = start();
    URI uri = peekRequestUri();
    out.writeObject(line.method());
    out.writeObject(uri == null ? null : uri.toString());
    out.writeInt(line.status());
    out.writeObject(isRequest() ? null : reasonPhrase());
    ByteSink bytes = new ByteSink();
    encodeHeadersAndBody(bytes);
    out.writeObject(bytes.toBytes());
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    String method = (String) in.readObject();
    String uri = (String) in.readObject();
    int status = in.readInt();
    String reason = (String) in.readObject();
    byte[] bytes = (byte[]) in.readObject();
    try {
      StartLine line = StartLine.of(method, uri, status, reason, model());
      Rereading.readHeadersAndBody(bytes, line, this);
    } catch (ParseException e) {
      throw new StreamCorruptedException(e.getMessage());
    }
  }
}
