package io.sipwright.transport;

/**
 * Follows WebSocket frames (RFC 6455 §5.2) to know whether one has begun that isn't complete, or a
 * message whose last fragment hasn't come. Looks at nothing but lengths.
 */
final class FrameBoundary {
  private static final int FINAL = 0x80;
  private static final int CONTROL = 0x08;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7F;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;

  /** Place in the header of a frame: 0 between frames. */
  private int place;

  private int first;
  private int lengthBytes;
  private boolean masked;

  /** Bytes of mask and payload to come, once the header has said how many. */
  private long rest;

  private boolean fragmented;
  private long messages;

  /** Takes the next bytes of a stream. */
  void feed(ByteSource bytes) {
    while (bytes.remaining() > 0) {
      if (rest > 0 && place < 0) {
        long skipped = Math.min(rest, bytes.remaining());
        bytes.skip((int) skipped);
        rest -= skipped;
        endIfComplete();
      } else {
        header(bytes.next() & 0xFF);
      }
    }
  }

  /** What can be read once. */
  interface ByteSource {
    int remaining();

    byte next();

    void skip(int count);
  }

  private void header(int b) {
    if (place == 0) {
      first = b;
    } else if (place == 1) {
      masked = (b & MASKED) != 0;
      int length = b & LENGTH;
      lengthBytes = length == LENGTH_16 ? 2 : length == LENGTH_64 ? 8 : 0;
      rest = lengthBytes == 0 ? length : 0;
    } else {
      rest = rest << 8 | b;
    }
    place++;
    if (place == 2 + lengthBytes) {
      rest = Math.max(rest, 0) + (masked ? 4 : 0); // a negative one is an error elsewhere
      place = -1;
      endIfComplete();
    }
  }

  private void endIfComplete() {
    if (rest > 0) {
      return;
    }
    place = 0;
    lengthBytes = 0;
    if ((first & CONTROL) == 0) {
      fragmented = (first & FINAL) == 0;
      messages += fragmented ? 0 : 1;
    }
  }

  /** Whether more must come. */
  boolean midMessage() {
    return place != 0 || fragmented;
  }

  /** Messages that have come to their end. */
  long messages() {
    return messages;
  }
}
