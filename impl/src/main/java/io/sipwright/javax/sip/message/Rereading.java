package io.sipwright.javax.sip.message;

import java.io.StreamCorruptedException;

/**
 * Reads messages a second time: those that have forgotten all but their bytes, or were serialized.
 */
final class Rereading {
  private Rereading() {}

  /** The index of a message that was read before, from its bytes, of which so many count. */
  static HeaderFields read(byte[] bytes, int length, MessageModel model) {
    if (!(parse(bytes, length, model) instanceof SipMessage message)) {
      throw new AssertionError("a message that was read once can be read again");
    }
    return message.fields();
  }

  /** Whether {@link #read} would read these bytes. */
  static boolean isReadable(byte[] bytes, MessageModel model) {
    return parse(bytes, bytes.length, model) instanceof SipMessage;
  }

  /**
   * Fills a message from its header lines, blank line and body, as they were serialized.
   *
   * @throws StreamCorruptedException if a header line is longer than any reader takes
   */
  static void readHeadersAndBody(byte[] bytes, StartLine line, MessageParts message)
      throws StreamCorruptedException {
    Reading reading = reading(bytes, bytes.length, message.model());
    reading.fields.bodyFrom = reading.readHeaders();
    if (!reading.hasAllHeaders()) {
      throw new StreamCorruptedException("header line of a serialized message is too long");
    }
    message.adopt(message.model(), line, reading.fields, null);
  }

  private static Parsed parse(byte[] bytes, int length, MessageModel model) {
    Reading reading = reading(bytes, length, model);
    reading.fields.rawShared = true;
    return reading.read();
  }

  private static Reading reading(byte[] bytes, int length, MessageModel model) {
    MessageParser parser = new MessageParser(model, Limits.WIDEST, false);
    return new Reading(parser, false, true, bytes, length);
  }
}
