package io.sipwright.javax.sip.message;

/**
 * Bytes to message in one pass, its cost linear in their number (RFC 3261 §7, §25). Safe for use by
 * several threads.
 *
 * <p>Checked are the start line and the headers that every message needs; any other header is
 * looked at when somebody asks for it. Lenient, the usual mode, takes what deployed equipment gets
 * wrong and nobody can misunderstand; strict refuses it, and every malformed header with it.
 * docs/parsing.md names all that makes the difference.
 */
public final class MessageParser {
  final MessageModel model;
  final Limits limits;
  final boolean strict;
  final boolean restIsBody;

  /** A parser that makes its objects by a model. */
  public MessageParser(MessageModel model, Limits limits, boolean strict) {
    this(model, limits, strict, false);
  }

  private MessageParser(MessageModel model, Limits limits, boolean strict, boolean restIsBody) {
    this.model = model;
    this.limits = limits;
    this.strict = strict;
    this.restIsBody = restIsBody;
  }

  /**
   * One that takes all that follows the headers in a datagram for the body, against RFC 3261 §18.3.
   * The message's Content-Length is then made to fit.
   */
  public MessageParser takingRestForBody() {
    return new MessageParser(model, limits, strict, true);
  }

  /** A lenient parser with the usual limits. */
  public MessageParser() {
    this(MessageModel.DEFAULT, Limits.DEFAULT, false);
  }

  /**
   * Reads one message. The bytes are copied once; line ends before the message are skipped. On a
   * datagram, bytes behind the body are ignored, and the body is all that's left where
   * Content-Length is missing (RFC 3261 §18.3). Never throws.
   *
   * @param buffer holds one whole message; may be used again afterwards
   * @param stream whether it came over a stream transport, which has cut it by its Content-Length
   */
  public Parsed parse(byte[] buffer, int offset, int length, boolean stream) {
    int from = offset;
    int end = offset + length;
    while (from < end && (buffer[from] == '\r' || buffer[from] == '\n')) {
      from++;
    }
    return Reading.read(this, buffer, from, end, stream);
  }

  /** Reads one whole message from an array of its own, as from a datagram. */
  public Parsed parse(byte[] message) {
    return parse(message, 0, message.length, false);
  }

  /**
   * Reads part of a message: {@code sipfrag = [ start-line ] *message-header [ CRLF [ message-body
   * ] ]} (RFC 3420 §2). Without start line it comes as a request that has no method. Content-Length
   * may tell of a body that was left out. Never throws.
   */
  public Parsed parseFragment(byte[] bytes) {
    return Reading.readFragment(this, bytes);
  }
}
