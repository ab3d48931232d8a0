package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Bytes off the wire that are no message to take, with what to answer: broken requests get a 400
 * that says why (RFC 3261 §21.4.1), broken responses are dropped.
 */
public final class Malformed implements Parsed {
  private final int status;
  private final String reason;
  private final int offset;
  private final @Nullable String method;
  private final HeaderFields fields;

  Malformed(int status, String reason, int offset, @Nullable String method, HeaderFields fields) {
    this.status = status;
    this.reason = reason;
    this.offset = offset;
    this.method = method;
    this.fields = fields;
  }

  /**
   * The status to answer: 400, 505 (another version of SIP) or 513 (over a limit); 0 to drop it
   * silently: a response, an ACK, something that's not SIP.
   */
  public int status() {
    return status;
  }

  /** What's wrong, in plain words. */
  public String reason() {
    return reason;
  }

  /** Where, in bytes from the start of the message (line ends before it not counted). */
  public int offset() {
    return offset;
  }

  /** The method of a request, interned; null if it couldn't be read. */
  public @Nullable String method() {
    return method;
  }

  /** The Call-ID, for logs; null if it couldn't be read. */
  public @Nullable String callId() {
    int i = fields.find(HeaderType.CALL_ID, 0);
    if (i < 0) {
      return null;
    }
    int from = fields.valueFrom(i);
    return new String(fields.raw, from, fields.valueTo(i) - from, StandardCharsets.UTF_8).trim();
  }

  /**
   * The answer with {@link #status()} and the reason, made from what could be read; null if there's
   * none to be sent: for status 0, and without a Via that tells where to send it. It can be read,
   * whatever is wrong with the request: where one of the headers that a response copies is missing
   * or broken, another stands there.
   */
  public @Nullable SipMessage createResponse(MessageModel model) {
    return createResponse(status, status == 400 ? reason : ReasonPhrases.of(status), model);
  }

  /**
   * As {@link #createResponse(MessageModel)}, with another status.
   *
   * @throws IllegalArgumentException if the status is not from 100 to 699
   */
  public @Nullable SipMessage createResponse(int status, MessageModel model) {
    if (status < 100 || status > 699) {
      throw new IllegalArgumentException("status code " + status + " is not from 100 to 699");
    }
    return createResponse(status, ReasonPhrases.of(status), model);
  }

  /**
   * As {@link #createResponse(MessageModel)}, for what came on a stream that is read no further.
   *
   * @param cause why not: what to say where nothing is wrong but that the rest is missing
   */
  public @Nullable SipMessage createResponse(String cause, MessageModel model) {
    boolean whole = status != 400 || !reason.equals(Reading.CUT_SHORT);
    return whole ? createResponse(model) : createResponse(400, cause, model);
  }

  private @Nullable SipMessage createResponse(int status, String phrase, MessageModel model) {
    String known = method;
    return this.status == 0 || known == null
        ? null
        : RefusalWriter.write(fields, known, status, phrase, model);
  }

  @Override
  public String toString() {
    return "malformed message (" + status + "): " + reason + " at offset " + offset;
  }
}
