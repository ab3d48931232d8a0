package io.sipwright.transport;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into messages by their Content-Length (RFC 3261 §18.3).
 *
 * <p>Skips CR and LF between messages (§7.5), recognises the keep-alives of RFC 5626 §4.4.1, and
 * tolerates lines that end in LF alone. However the bytes arrive, each is looked at once; whole
 * messages are handed on where they lie, and only what is incomplete is copied and kept. What it
 * keeps grows with the bytes that came, never with what a header claims: it's those and 4 KiB, or a
 * sixteenth, at most. Not for several threads.
 */
final class StreamFramer implements Framer {
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] CONTENT_LENGTH = {
    'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h'
  };

  /** What TLS begins with (RFC 8446 §5.1), and nothing else: the peer took us for another port. */
  private static final byte TLS_HANDSHAKE = 0x16;

  private static final int LEAST_KEPT = 1024;

  /** What is kept beyond what came, so that not each byte that drips in costs a copy; or 1/16. */
  private static final int SPARE = 4 * 1024;

  private static final long UNKNOWN = -1;
  private static final long INVALID = -2;

  private final int maxHeader;
  private final int maxMessage;
  private final Sink sink;

  private byte[] kept = NOTHING;
  private int keptLength;
  private boolean stopped;
  private boolean tooLong;
  private long messages;

  /** How much of CRLF CRLF was seen between messages. */
  private int gap;

  private int pongsExpected;

  // Of the message being read; positions count from its first byte.
  private int scanned;
  private int lineStart;
  private int valueStart = -1;
  private int valueEnd;
  private long contentLength = UNKNOWN;
  private int headerLength = -1;

  /**
   * A framer at the beginning of a stream.
   *
   * @param maxHeader longest start line and header of a message, in bytes
   * @param maxMessage longest message, in bytes
   */
  StreamFramer(int maxHeader, int maxMessage, Sink sink) {
    this.maxHeader = maxHeader;
    this.maxMessage = maxMessage;
    this.sink = sink;
  }

  @Override
  public void feed(byte[] bytes, int offset, int length) {
    if (stopped) {
      return;
    }
    if (keptLength == 0) {
      int rest = consume(bytes, offset, offset + length);
      keep(bytes, rest, offset + length);
    } else {
      append(bytes, offset, length);
      int rest = consume(kept, 0, keptLength);
      keep(kept, rest, keptLength);
    }
  }

  @Override
  public boolean midMessage() {
    return keptLength > 0;
  }

  /** How much memory is kept for what came so far, in bytes; for tests. */
  int capacity() {
    return kept.length;
  }

  @Override
  public long messages() {
    return messages;
  }

  @Override
  public boolean isTooLong() {
    return tooLong;
  }

  @Override
  public void expectPong() {
    pongsExpected++;
  }

  @Override
  public void stop() {
    stopped = true;
    kept = NOTHING;
    keptLength = 0;
  }

  @Override
  public void abandon(String reason) {
    if (!stopped) {
      broken(kept, 0, keptLength, reason);
    }
  }

  /** Hands on what is complete. Returns where the incomplete message begins. */
  private int consume(byte[] bytes, int from, int to) {
    int at = from;
    while (!stopped) {
      if (scanned == 0) {
        at = skipGap(bytes, at, to);
        if (at == to) {
          return to;
        }
        if (bytes[at] == TLS_HANDSHAKE) {
          broken(bytes, at, to, "This is TLS, and no SIP");
          return to;
        }
      }
      if (headerLength < 0 && !readHeader(bytes, at, to)) {
        return stopped ? to : at;
      }
      int length = headerLength + (int) contentLength;
      if (to - at < length) {
        return at;
      }
      forgetMessage();
      messages++;
      sink.onMessage(bytes, at, length);
      at += length;
    }
    return to;
  }

  private int skipGap(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '\r') {
        gap = gap == 2 ? 3 : 1;
      } else if (b != '\n') {
        gap = 0;
        return i;
      } else if (gap == 1) {
        gap = 2;
        if (pongsExpected > 0) {
          pongsExpected--;
          gap = 0;
          sink.onPong();
        }
      } else if (gap == 3) {
        gap = 0;
        sink.onPing();
      } else {
        gap = 0;
      }
    }
    return to;
  }

  /** Reads on in the header. Returns whether its end was found and the length of the body known. */
  private boolean readHeader(byte[] bytes, int start, int to) {
    int limit = Math.min(to, start + maxHeader);
    for (int i = start + scanned; i < limit; i++) {
      if (bytes[i] != '\n') {
        continue;
      }
      int line = start + lineStart;
      int lineEnd = i > line && bytes[i - 1] == '\r' ? i - 1 : i;
      boolean folded = bytes[line] == ' ' || bytes[line] == '\t';
      if (folded) {
        valueEnd = lineEnd - start;
      } else if (!endValue(bytes, start, to)) {
        return false;
      } else if (lineEnd == line) {
        headerLength = i + 1 - start;
        scanned = headerLength;
        return checkLength(bytes, start, to);
      } else if (lineStart > 0) {
        beginValue(bytes, line, lineEnd, start);
      }
      lineStart = i + 1 - start;
    }
    scanned = limit - start;
    if (scanned >= maxHeader) {
      tooLong = true;
      broken(bytes, start, to, "The header is longer than " + maxHeader + " bytes");
    }
    return false;
  }

  /** Notes where the value begins, if the line is {@code Content-Length} or {@code l}. */
  private void beginValue(byte[] bytes, int line, int lineEnd, int start) {
    int i = line;
    int first = bytes[line] | 0x20;
    if (first == 'l') {
      i++;
    } else if (first == 'c' && lineEnd - line > CONTENT_LENGTH.length) {
      for (byte b : CONTENT_LENGTH) {
        if ((bytes[i++] | 0x20) != b) {
          return;
        }
      }
    } else {
      return;
    }
    while (i < lineEnd && isBlank(bytes[i])) {
      i++;
    }
    if (i < lineEnd && bytes[i] == ':') {
      valueStart = i + 1 - start;
      valueEnd = lineEnd - start;
    }
  }

  /** Reads the value that was begun, if any, now that it's known where it ends. */
  private boolean endValue(byte[] bytes, int start, int to) {
    if (valueStart < 0) {
      return true;
    }
    long value = number(bytes, start + valueStart, start + valueEnd);
    valueStart = -1;
    if (value == INVALID) {
      broken(bytes, start, to, "Content-Length is not a number");
      return false;
    }
    if (contentLength != UNKNOWN && contentLength != value) {
      broken(bytes, start, to, "Two different Content-Length headers");
      return false;
    }
    contentLength = value;
    return true;
  }

  private boolean checkLength(byte[] bytes, int start, int to) {
    if (contentLength == UNKNOWN) {
      broken(bytes, start, to, "No Content-Length on a stream transport");
      return false;
    }
    if (headerLength + contentLength > maxMessage) {
      tooLong = true;
      broken(bytes, start, to, "The message is longer than " + maxMessage + " bytes");
      return false;
    }
    return true;
  }

  private static long number(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && isBlank(bytes[i])) {
      i++;
    }
    int first = i;
    long value = 0;
    while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
      // Stays where it is once it's beyond every limit, so that it can't overflow.
      value = Math.min(value * 10 + bytes[i] - '0', Integer.MAX_VALUE);
      i++;
    }
    if (i == first) {
      return INVALID;
    }
    while (i < to && isBlank(bytes[i])) {
      i++;
    }
    return i == to ? value : INVALID;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  private void broken(byte[] bytes, int from, int to, String reason) {
    stop();
    sink.onBroken(bytes, from, to - from, reason);
  }

  private void forgetMessage() {
    scanned = 0;
    lineStart = 0;
    valueStart = -1;
    contentLength = UNKNOWN;
    headerLength = -1;
  }

  private void append(byte[] bytes, int offset, int length) {
    int needed = keptLength + length;
    if (needed > kept.length) {
      kept = Arrays.copyOf(kept, needed + Math.max(SPARE, needed / 16));
    }
    System.arraycopy(bytes, offset, kept, keptLength, length);
    keptLength = needed;
  }

  private void keep(byte[] bytes, int from, int to) {
    int length = to - from;
    if (stopped || length == 0) {
      kept = NOTHING;
      keptLength = 0;
      return;
    }
    int spare = kept.length - length;
    boolean fits = spare >= 0 && spare <= Math.max(SPARE, length / 16);
    byte[] target = fits ? kept : new byte[Math.max(LEAST_KEPT, length)];
    if (target != bytes || from > 0) {
      System.arraycopy(bytes, from, target, 0, length);
    }
    kept = target;
    keptLength = length;
  }
}
