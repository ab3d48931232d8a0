package io.sipwright.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bytes on their way out on a stream, and who wants to know if they don't get there. */
final class StreamMessage {
  private static final Logger LOG = LoggerFactory.getLogger(StreamMessage.class);

  /** RFC 5626 §4.4.1. */
  static final byte[] PING = {'\r', '\n', '\r', '\n'};

  static final byte[] PONG = {'\r', '\n'};

  private static final int OBJECT_BYTES = 64;
  private static final int STATUS_AT = "SIP/2.0 ".length();

  final byte[] bytes;
  private final Flow.@Nullable FailureListener onFailure;

  /** Whether it was moved to a new connection already: it isn't moved twice. */
  boolean moved;

  /** When it was written, in rounds of its connection. */
  int round;

  StreamMessage(byte[] bytes, Flow.@Nullable FailureListener onFailure) {
    this.bytes = bytes;
    this.onFailure = onFailure;
  }

  /** Whether anybody wants to know if it doesn't get there. */
  boolean isHeardOf() {
    return onFailure != null;
  }

  void fail(IOException cause) {
    if (onFailure == null) {
      return;
    }
    try {
      onFailure.onFailure(cause);
    } catch (RuntimeException e) {
      LOG.error("Telling of a failure to send failed", e);
    }
  }

  /** What it takes while it waits, in bytes: without the objects, pongs would be for free. */
  int weight() {
    return Math.max(bytes.length, OBJECT_BYTES);
  }

  /** {@code CRLF CRLF} (RFC 5626 §4.4.1). */
  boolean isPing() {
    return bytes.length == 4 && bytes[0] == '\r' && bytes[2] == '\r';
  }

  /** {@code CRLF}, which answers that. */
  boolean isPong() {
    return bytes.length == PONG.length && bytes[0] == '\r';
  }

  /** A ping or pong. */
  boolean isKeepAlive() {
    return bytes.length <= PING.length && bytes.length > 0 && bytes[0] == '\r';
  }

  /** Whether the peer has to say something to it: a request that's not an ACK. */
  boolean asksForAnswer() {
    return asksForAnswer(bytes, 0, bytes.length);
  }

  static boolean asksForAnswer(byte[] b, int at, int length) {
    return length > 4
        && b[at] > ' '
        && !(b[at] == 'S' && b[at + 1] == 'I' && b[at + 2] == 'P' && b[at + 3] == '/')
        && !(b[at] == 'A' && b[at + 1] == 'C' && b[at + 2] == 'K' && b[at + 3] == ' ');
  }

  /** Whether it's a response from 200 on. */
  boolean isFinalResponse() {
    return isFinalResponse(bytes, 0, bytes.length);
  }

  static boolean isFinalResponse(byte[] b, int at, int length) {
    return length > STATUS_AT
        && b[at] == 'S'
        && b[at + 3] == '/'
        && b[at + STATUS_AT] >= '2'
        && b[at + STATUS_AT] <= '6';
  }
}
