package io.sipwright.transport;

/**
 * Gives up a connection whose peer takes more time than it has: for its first message, for the rest
 * of a message that it has begun, for reading what it's sent. Only used on the connection's event
 * loop.
 */
final class StreamWatch {
  private final StreamConnection connection;
  private final SocketNetworkConfig config;
  private final ConnectionCounts counts;
  private final Framer framer;
  private final StreamOutbox outbox;
  private boolean partialScheduled;
  private boolean stallScheduled;
  private boolean pingAnswered;
  private long writes;

  StreamWatch(
      StreamConnection connection,
      SocketNetworkConfig config,
      ConnectionCounts counts,
      Framer framer,
      StreamOutbox outbox) {
    this.connection = connection;
    this.config = config;
    this.counts = counts;
    this.framer = framer;
    this.outbox = outbox;
  }

  /** The peer has connected: it's expected to say something. */
  void onAccepted() {
    int limit = config.firstMessageMillis();
    if (limit > 0) {
      connection.later(
          () -> {
            if (framer.messages() == 0 && !outbox.hasSpoken()) { // pings and pongs are no messages
              counts.slow();
              connection.giveUp("No message came within " + limit + " ms");
            }
          },
          limit);
    }
  }

  /** A ping came: it's answered (RFC 5626 §4.4.1), unless there are more of them than may be. */
  void onPing() {
    int least = config.keepAlive().leastPingMillis();
    if (pingAnswered) {
      return;
    }
    if (least > 0) {
      pingAnswered = true;
      connection.later(() -> pingAnswered = false, least);
    }
    connection.send(StreamMessage.PONG, null);
  }

  /** Something was read: if it's the beginning of a message, the rest must come. */
  void onRead() {
    int limit = config.partialMessageMillis();
    if (limit > 0 && !partialScheduled && framer.midMessage()) {
      partialScheduled = true;
      long messages = framer.messages();
      connection.later(() -> checkPartial(messages, limit), limit);
    }
  }

  private void checkPartial(long messagesBefore, int limit) {
    partialScheduled = false;
    if (!framer.midMessage()) {
      return;
    }
    long messages = framer.messages();
    if (messages == messagesBefore) {
      counts.slow();
      framer.abandon("The message did not come to its end within " + limit + " ms");
    } else {
      partialScheduled = true;
      connection.later(() -> checkPartial(messages, limit), limit);
    }
  }

  /** Something was written. */
  void onWritten() {
    writes++;
  }

  /** As much waits to be written as may: something must be written soon. */
  void onFull() {
    int limit = config.partialMessageMillis();
    if (limit > 0 && !stallScheduled) {
      stallScheduled = true;
      long before = writes;
      connection.later(
          () -> {
            stallScheduled = false;
            if (writes == before) {
              counts.stalled();
              connection.giveUp("The peer read nothing within " + limit + " ms");
            }
          },
          limit);
    }
  }
}
