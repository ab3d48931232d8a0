package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.syntax.ByteSink;
import java.text.ParseException;
import java.util.List;
import java.util.ListIterator;
import javax.sip.SipException;
import javax.sip.address.URI;
import javax.sip.header.ContentDispositionHeader;
import javax.sip.header.ContentEncodingHeader;
import javax.sip.header.ContentLanguageHeader;
import javax.sip.header.ContentLengthHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.Header;
import javax.sip.message.Message;
import org.jspecify.annotations.Nullable;

/** A request or response; all logic of messages is here. */
public abstract non-sealed class SipMessage implements Message, Parsed {
  private static final long serialVersionUID = 1L;

  private transient @Nullable Object attachment;

  /** Whether it's a request. */
  public abstract boolean isRequest();

  /** The method of a request's start line; null for a response. */
  public @Nullable String requestMethod() {
    throw new UnsupportedOperationException();
  }

  /** Sets the method. */
  public void setRequestMethod(String method) throws ParseException {
    throw new UnsupportedOperationException();
  }

  /** The live Request-URI; counts as touched. */
  public @Nullable URI requestUri() {
    throw new UnsupportedOperationException();
  }

  /** The Request-URI for reading only. */
  public @Nullable URI peekRequestUri() {
    throw new UnsupportedOperationException();
  }

  /** Sets the Request-URI. */
  public void setRequestUri(URI uri) {
    throw new UnsupportedOperationException();
  }

  /** Sets the status code. */
  public void setStatus(int status) throws ParseException {
    throw new UnsupportedOperationException();
  }

  /** The reason phrase. */
  public @Nullable String reasonPhrase() {
    throw new UnsupportedOperationException();
  }

  /** Sets the reason phrase. */
  public void setReason(String reason) throws ParseException {
    throw new UnsupportedOperationException();
  }

  /** The scheme of the Request-URI in lower case. */
  public @Nullable String uriScheme() {
    throw new UnsupportedOperationException();
  }

  /** The constructors in use. */
  public MessageModel model() {
    throw new UnsupportedOperationException();
  }

  /** The request method, for responses the CSeq method; interned; "" if there's none. */
  public String method() {
    throw new UnsupportedOperationException();
  }

  /** The status code; 0 for requests. */
  public int status() {
    throw new UnsupportedOperationException();
  }

  /** The Call-ID. */
  public @Nullable String callId() {
    throw new UnsupportedOperationException();
  }

  /** The From tag. */
  public @Nullable String fromTag() {
    throw new UnsupportedOperationException();
  }

  /** The To tag. */
  public @Nullable String toTag() {
    throw new UnsupportedOperationException();
  }

  /** The CSeq number; -1 absent or broken. */
  public long cseq() {
    throw new UnsupportedOperationException();
  }

  /** The CSeq method, interned. */
  public @Nullable String cseqMethod() {
    throw new UnsupportedOperationException();
  }

  /** Branch of the top Via. */
  public @Nullable String viaBranch() {
    throw new UnsupportedOperationException();
  }

  /** Host of sent-by of the top Via. */
  public @Nullable String viaHost() {
    throw new UnsupportedOperationException();
  }

  /** Port of sent-by of the top Via; -1 absent. */
  public int viaPort() {
    throw new UnsupportedOperationException();
  }

  /** Transport of the top Via, as it stands. */
  public @Nullable String viaTransport() {
    throw new UnsupportedOperationException();
  }

  /** The received parameter of the top Via. */
  public @Nullable String viaReceived() {
    throw new UnsupportedOperationException();
  }

  /** The rport value of the top Via; -1 without one. */
  public int viaRport() {
    throw new UnsupportedOperationException();
  }

  /** Whether the top Via has rport, with or without value. */
  public boolean viaHasRport() {
    throw new UnsupportedOperationException();
  }

  /** The maddr parameter of the top Via. */
  public @Nullable String viaMaddr() {
    throw new UnsupportedOperationException();
  }

  /** How many Via values there are. */
  public int viaCount() {
    throw new UnsupportedOperationException();
  }

  /** Max-Forwards; -1 absent or broken. */
  public int maxForwards() {
    throw new UnsupportedOperationException();
  }

  /** Expires in seconds; -1 absent or broken. */
  public int expires() {
    throw new UnsupportedOperationException();
  }

  /** Whether a header of the type is there. */
  public boolean hasHeader(HeaderType type) {
    throw new UnsupportedOperationException();
  }

  /** Puts received and rport into the top Via; null and -1 leave them. */
  public void stampVia(@Nullable String received, int rport) {
    throw new UnsupportedOperationException();
  }

  /** The bytes to send; never modify them. */
  public byte[] encoded() {
    throw new UnsupportedOperationException();
  }

  /** Writes the whole message. */
  public void encode(ByteSink out) {
    throw new UnsupportedOperationException();
  }

  /** A response to this request, without To tag added. */
  public SipMessage createResponse(int status) {
    throw new UnsupportedOperationException();
  }

  /** A response to this request with a reason phrase of its own. */
  public SipMessage createResponse(int status, String reason) {
    throw new UnsupportedOperationException();
  }

  /** All headers of the type; they count as touched. */
  public List<SipHeader> headers(HeaderType type) {
    throw new UnsupportedOperationException();
  }

  /** The first header of the type; counts as touched. */
  public @Nullable SipHeader header(HeaderType type) {
    throw new UnsupportedOperationException();
  }

  /** The first header of the type, not to be changed. */
  public @Nullable SipHeader peek(HeaderType type) {
    throw new UnsupportedOperationException();
  }

  /** All headers of the type, not to be changed. */
  public List<SipHeader> peekAll(HeaderType type) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void addHeader(Header header) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void addLast(Header header) throws SipException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void addFirst(Header header) throws SipException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeFirst(String headerName) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeLast(String headerName) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeHeader(String headerName) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ListIterator getHeaderNames() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ListIterator getHeaders(String headerName) {
    throw new UnsupportedOperationException();
  }

  @Override
  @SuppressWarnings("NullAway")
  public Header getHeader(String headerName) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ListIterator getUnrecognizedHeaders() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setHeader(Header header) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setContentLength(ContentLengthHeader contentLength) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ContentLengthHeader getContentLength() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setContentLanguage(ContentLanguageHeader contentLanguage) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ContentLanguageHeader getContentLanguage() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setContentEncoding(ContentEncodingHeader contentEncoding) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ContentEncodingHeader getContentEncoding() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setContentDisposition(ContentDispositionHeader contentDisposition) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ContentDispositionHeader getContentDisposition() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setContent(Object content, ContentTypeHeader contentTypeHeader)
      throws ParseException {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] getRawContent() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object getContent() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeContent() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setExpires(ExpiresHeader expires) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ExpiresHeader getExpires() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setSIPVersion(String version) throws ParseException {
    throw new UnsupportedOperationException();
  }

  @Override
  public String getSIPVersion() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SipMessage clone() {
    throw new UnsupportedOperationException();
  }

  /** What the stack attached; null if nothing. Not cloned, not serialized. */
  public @Nullable Object attachment() {
    return attachment;
  }

  /** Attaches something for the stack. */
  public void attach(@Nullable Object attachment) {
    this.attachment = attachment;
  }
}
