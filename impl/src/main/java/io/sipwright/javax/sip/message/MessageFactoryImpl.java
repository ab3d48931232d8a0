package io.sipwright.javax.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.List;
import java.util.ListIterator;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sip.address.URI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.Header;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.RecordRouteHeader;
import javax.sip.header.TimeStampHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests and responses. Headers, URIs and requests of any vendor are taken; ours go into
 * the message as they are, so that the program's object stays the live one.
 *
 * <p>Null for an argument is a {@link NullPointerException} unless a method says otherwise.
 */
public class MessageFactoryImpl implements MessageFactory {
  private static final Pattern LINE_END = Pattern.compile("\r?\n");
  private static final Pattern BLANK_LINE = Pattern.compile("\n\r?\n");

  private final MessageModel model;
  private final MessageParser parser;

  /** With the usual model. */
  public MessageFactoryImpl() {
    this(MessageModel.DEFAULT);
  }

  /** Makes messages, and headers where it reads them from text, by a model. */
  public MessageFactoryImpl(MessageModel model) {
    this.model = model;
    this.parser = new MessageParser(model, Limits.WIDEST, false);
  }

  // --- requests ---

  @Override
  public Request createRequest(
      URI requestURI,
      String method,
      CallIdHeader callId,
      CSeqHeader cSeq,
      FromHeader from,
      ToHeader to,
      List via,
      MaxForwardsHeader maxForwards,
      ContentTypeHeader contentType,
      Object content)
      throws ParseException {
    Objects.requireNonNull(contentType, "content type");
    Objects.requireNonNull(content, "content");
    Request request = createRequest(requestURI, method, callId, cSeq, from, to, via, maxForwards);
    request.setContent(content, contentType);
    return request;
  }

  @Override
  public Request createRequest(
      URI requestURI,
      String method,
      CallIdHeader callId,
      CSeqHeader cSeq,
      FromHeader from,
      ToHeader to,
      List via,
      MaxForwardsHeader maxForwards,
      ContentTypeHeader contentType,
      byte[] content)
      throws ParseException {
    return createRequest(
        requestURI,
        method,
        callId,
        cSeq,
        from,
        to,
        via,
        maxForwards,
        contentType,
        (Object) content);
  }

  /**
   * A request without body.
   *
   * @throws ParseException if the method is no token
   * @throws IllegalArgumentException if the list of Vias holds something else
   */
  @Override
  public Request createRequest(
      URI requestURI,
      String method,
      CallIdHeader callId,
      CSeqHeader cSeq,
      FromHeader from,
      ToHeader to,
      List via,
      MaxForwardsHeader maxForwards)
      throws ParseException {
    SipRequest request = model.request();
    request.setRequestURI(Objects.requireNonNull(requestURI, "Request-URI"));
    request.setMethod(Objects.requireNonNull(method, "method"));
    fill(request, callId, cSeq, from, to, via, maxForwards);
    return request;
  }

  private static void fill(
      SipMessage message,
      CallIdHeader callId,
      CSeqHeader cSeq,
      FromHeader from,
      ToHeader to,
      List via,
      MaxForwardsHeader maxForwards) {
    Objects.requireNonNull(callId, "Call-ID");
    Objects.requireNonNull(cSeq, "CSeq");
    Objects.requireNonNull(from, "From");
    Objects.requireNonNull(to, "To");
    Objects.requireNonNull(maxForwards, "Max-Forwards");
    for (Object each : Objects.requireNonNull(via, "list of Vias")) {
      if (!(Objects.requireNonNull(each, "Via") instanceof ViaHeader header)) {
        throw new IllegalArgumentException("list of Vias holds a " + each.getClass().getName());
      }
      message.append(header);
    }
    message.setHeader(maxForwards);
    message.setHeader(from);
    message.setHeader(to);
    message.setHeader(callId);
    message.setHeader(cSeq);
  }

  /**
   * Reads a request from its text, whose headers need not be complete. Null or an empty text gives
   * an empty request, to be filled in or sent as a keep-alive. Of the limits for what peers send,
   * only those count that no property widens: 63,999 bytes a line.
   *
   * @throws ParseException if the start line or one of the headers that every request needs is
   *     malformed, if the text is a response, or if its Content-Length is not the length of its
   *     body
   */
  @Override
  public Request createRequest(@Nullable String request) throws ParseException {
    if (request == null || request.isBlank()) {
      return model.request();
    }
    if (read(request) instanceof SipRequest read) {
      return read;
    }
    throw new SyntaxException("expected a request, not a response", 0);
  }

  private SipMessage read(String text) throws ParseException {
    String whole = text;
    if (!text.contains("\r\n\r\n") && !text.contains("\n\n")) {
      whole = text.endsWith("\n") ? text + "\r\n" : text + "\r\n\r\n";
    }
    Parsed parsed = Reading.readDraft(parser, withLineEnds(whole.stripLeading()).getBytes(UTF_8));
    if (parsed instanceof Malformed malformed) {
      throw new SyntaxException(malformed.reason(), malformed.offset());
    }
    return (SipMessage) parsed;
  }

  /** With CRLF behind each line but those of the body (RFC 3261 §7), as the lines go out as is. */
  private static String withLineEnds(String text) {
    Matcher end = BLANK_LINE.matcher(text);
    int body = end.find() ? end.end() : text.length();
    return LINE_END.matcher(text.substring(0, body)).replaceAll("\r\n") + text.substring(body);
  }

  // --- responses ---

  @Override
  public Response createResponse(
      int statusCode,
      CallIdHeader callId,
      CSeqHeader cSeq,
      FromHeader from,
      ToHeader to,
      List via,
      MaxForwardsHeader maxForwards,
      ContentTypeHeader contentType,
      Object content)
      throws ParseException {
    Objects.requireNonNull(contentType, "content type");
    Objects.requireNonNull(content, "content");
    Response response = createResponse(statusCode, callId, cSeq, from, to, via, maxForwards);
    response.setContent(content, contentType);
    return response;
  }

  @Override
  public Response createResponse(
      int statusCode,
      CallIdHeader callId,
      CSeqHeader cSeq,
      FromHeader from,
      ToHeader to,
      List via,
      MaxForwardsHeader maxForwards,
      ContentTypeHeader contentType,
      byte[] content)
      throws ParseException {
    return createResponse(
        statusCode, callId, cSeq, from, to, via, maxForwards, contentType, (Object) content);
  }

  /**
   * A response without body.
   *
   * @throws ParseException if the status code is not from 100 to 699
   */
  @Override
  public Response createResponse(
      int statusCode,
      CallIdHeader callId,
      CSeqHeader cSeq,
      FromHeader from,
      ToHeader to,
      List via,
      MaxForwardsHeader maxForwards)
      throws ParseException {
    SipResponse response = model.response();
    response.setStatusCode(statusCode);
    fill(response, callId, cSeq, from, to, via, maxForwards);
    return response;
  }

  @Override
  public Response createResponse(
      int statusCode, Request request, ContentTypeHeader contentType, Object content)
      throws ParseException {
    Objects.requireNonNull(contentType, "content type");
    Objects.requireNonNull(content, "content");
    Response response = createResponse(statusCode, request);
    response.setContent(content, contentType);
    return response;
  }

  @Override
  public Response createResponse(
      int statusCode, Request request, ContentTypeHeader contentType, byte[] content)
      throws ParseException {
    return createResponse(statusCode, request, contentType, (Object) content);
  }

  /**
   * A response with what RFC 3261 §8.2.6.2 and §12.1.1 want copied from the request, and without a
   * To tag of its own.
   *
   * @throws IllegalArgumentException if the status code is not from 100 to 699
   */
  @Override
  public Response createResponse(int statusCode, Request request) throws ParseException {
    Objects.requireNonNull(request, "request");
    if (statusCode < 100 || statusCode > 699) {
      throw new IllegalArgumentException("status code " + statusCode + " is not from 100 to 699");
    }
    if (request instanceof SipMessage ours) {
      SipMessage response =
          ResponseWriter.write(
              ours.fields(), ours.reads(), statusCode, ReasonPhrases.of(statusCode), model);
      response.attach(ours.attachment());
      return (Response) response;
    }
    return answerForeign(statusCode, request);
  }

  private Response answerForeign(int statusCode, Request request) throws ParseException {
    SipResponse response = model.response();
    response.setStatusCode(statusCode);
    copy(request, ViaHeader.NAME, response);
    copy(request, FromHeader.NAME, response);
    copy(request, ToHeader.NAME, response);
    copy(request, CallIdHeader.NAME, response);
    copy(request, CSeqHeader.NAME, response);
    if (statusCode == 100) {
      copy(request, TimeStampHeader.NAME, response);
    } else if (statusCode < 300) {
      copy(request, RecordRouteHeader.NAME, response);
    }
    return response;
  }

  private static void copy(Request request, String name, SipMessage response) {
    ListIterator<?> headers = request.getHeaders(name);
    while (headers != null && headers.hasNext()) {
      response.append((Header) ((Header) headers.next()).clone());
    }
  }

  /**
   * Reads a response from its text, whose headers need not be complete. Null or an empty text gives
   * an empty response, to be filled in.
   *
   * @throws ParseException as {@link #createRequest(String)} does
   */
  @Override
  public Response createResponse(@Nullable String response) throws ParseException {
    if (response == null || response.isBlank()) {
      return model.response();
    }
    if (read(response) instanceof SipResponse read) {
      return read;
    }
    throw new SyntaxException("expected a response, not a request", 0);
  }
}
