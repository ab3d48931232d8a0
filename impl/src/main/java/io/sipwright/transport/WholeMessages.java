package io.sipwright.transport;

/**
 * For transports that deliver message by message (RFC 7118 §5): what's fed at once is one message,
 * or a keep-alive of line ends (RFC 7118 §6).
 */
final class WholeMessages implements Framer {
  private final Sink sink;
  private boolean stopped;
  private long messages;

  WholeMessages(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void feed(byte[] bytes, int offset, int length) {
    if (stopped) {
      return;
    }
    int at = offset;
    int end = offset + length;
    while (at < end && (bytes[at] == '\r' || bytes[at] == '\n')) {
      at++;
    }
    if (at < end) {
      messages++;
      sink.onMessage(bytes, at, end - at);
    } else if (length >= 4) {
      sink.onPing();
    } else if (length == 2) {
      sink.onPong();
    }
  }

  @Override
  public boolean midMessage() {
    return false;
  }

  @Override
  public long messages() {
    return messages;
  }

  @Override
  public void expectPong() {} // a pong is a message of two bytes, and can't be half a ping

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public void abandon(String reason) {
    stop();
  }
}
