package io.sipwright.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What a connection has to send, and what it has sent without a sign of life from the peer since.
 *
 * <p>Messages wait here, under the lock, until the event loop writes all of them at once; from then
 * on they belong to the event loop. A request stays known for a few seconds after it was written:
 * if the connection ends in that time and nothing was read, it probably didn't get there.
 */
final class StreamOutbox {
  /** How far the connection is, as far as senders are concerned. */
  enum State {
    /** No socket, nothing sent. */
    NEW,
    /** A socket is being opened. */
    CONNECTING,
    OPEN,
    /** Nothing can be sent any more. */
    SHUT
  }

  /** What became of a message. */
  enum Offer {
    /** It waits; whoever gets this has to open the connection. */
    CONNECT,
    /** It waits; whoever gets this has to have {@link #write} called on the event loop. */
    WRITE,
    /** It waits, and somebody else is about to write it. */
    WAIT,
    /** Not taken: too much is waiting. */
    FULL,
    /** Not taken: the connection is over. */
    SHUT
  }

  /** How much goes into one write. */
  private static final int BATCH_BYTES = 64 * 1024;

  /** How many requests are remembered at most. */
  private static final int MOST_UNSETTLED = 256;

  private final long maxPending;
  private final boolean oneByOne;
  private final Object lock = new Object();

  // Written under the lock.
  private volatile State state = State.NEW;
  private final ArrayDeque<StreamMessage> waiting = new ArrayDeque<>();
  private long pending;
  private boolean writeDue;

  // Only used on the event loop.
  private final ArrayDeque<StreamMessage> writing = new ArrayDeque<>();
  private final ArrayDeque<StreamMessage> unsettled = new ArrayDeque<>();
  private int round;
  private int owed;
  private boolean spoken;

  /**
   * An empty one of a new connection.
   *
   * @param maxPending how many bytes may wait to be written
   * @param oneByOne whether each message is written by itself, for a layer that needs to see where
   *     it ends
   */
  StreamOutbox(long maxPending, boolean oneByOne) {
    this.maxPending = maxPending;
    this.oneByOne = oneByOne;
  }

  State state() {
    return state;
  }

  /** Takes a message in, from any thread. */
  Offer offer(StreamMessage message) {
    synchronized (lock) {
      if (state == State.SHUT) {
        return Offer.SHUT;
      }
      if (pending + message.bytes.length > maxPending) {
        return Offer.FULL;
      }
      waiting.add(message);
      pending += message.bytes.length;
      if (state == State.NEW) {
        state = State.CONNECTING;
        return Offer.CONNECT;
      }
      if (state == State.CONNECTING || writeDue) {
        return Offer.WAIT;
      }
      writeDue = true;
      return Offer.WRITE;
    }
  }

  /** Takes a message back that waits. */
  void withdraw(StreamMessage message) {
    synchronized (lock) {
      if (waiting.remove(message)) {
        pending -= message.bytes.length;
      }
    }
  }

  /** The socket is there. Returns false if the connection was given up meanwhile. */
  boolean open() {
    synchronized (lock) {
      if (state == State.SHUT) {
        return false;
      }
      state = State.OPEN;
      writeDue = true;
      return true;
    }
  }

  /** Takes nothing in any more, if it's in that state. Returns whether it was. */
  boolean shutIf(State expected) {
    synchronized (lock) {
      if (state != expected) {
        return false;
      }
      state = State.SHUT;
      return true;
    }
  }

  /** Takes nothing in any more and gives up all that isn't settled, the oldest first. */
  List<StreamMessage> shut() {
    List<StreamMessage> rest = new ArrayList<>(unsettled);
    unsettled.clear();
    rest.addAll(writing);
    writing.clear();
    synchronized (lock) {
      state = State.SHUT;
      rest.addAll(waiting);
      waiting.clear();
    }
    return rest;
  }

  // ---- on the event loop

  /** Writes all that waits and flushes. */
  void write(Channel channel, StreamConnection connection) {
    boolean more = true;
    while (more) {
      List<StreamMessage> batch = new ArrayList<>();
      int size = 0;
      synchronized (lock) {
        while (!waiting.isEmpty() && size < (oneByOne ? 1 : BATCH_BYTES)) {
          StreamMessage message = waiting.remove();
          batch.add(message);
          size += message.bytes.length;
        }
        more = !waiting.isEmpty();
        writeDue = more;
      }
      if (!batch.isEmpty()) {
        write(channel, connection, batch, size);
      }
    }
    channel.flush();
  }

  private void write(
      Channel channel, StreamConnection connection, List<StreamMessage> batch, int size) {
    ByteBuf buffer = channel.alloc().directBuffer(size);
    for (StreamMessage message : batch) {
      buffer.writeBytes(message.bytes);
      writing.add(message);
      if (message.isPing()) {
        connection.pingSent();
      }
    }
    int count = batch.size();
    channel
        .write(buffer)
        .addListener(
            written -> {
              if (written.isSuccess()) {
                onWritten(count, size);
                connection.onWritten();
              } else {
                connection.fail(written.cause());
              }
            });
  }

  private void onWritten(int count, int size) {
    synchronized (lock) {
      pending -= size;
    }
    for (int i = 0; i < count; i++) {
      StreamMessage message = writing.remove();
      spoken |= !message.isKeepAlive();
      if (message.isFinalResponse() && owed > 0) {
        owed--;
      } else if (message.asksForAnswer()) {
        if (unsettled.size() == MOST_UNSETTLED) {
          unsettled.remove();
        }
        message.round = round;
        unsettled.add(message);
      }
    }
  }

  /** Whether a message was written, and not just keep-alives. */
  boolean hasSpoken() {
    return spoken;
  }

  /** The peer gave a sign of life: it got what was written before. */
  void settleAll() {
    unsettled.clear();
  }

  /** Whether requests were written lately and nothing was read since. */
  boolean hasUnsettled() {
    return !unsettled.isEmpty();
  }

  /** Time went on: counts as settled what was unsettled at the last call already. */
  void settleOld() {
    while (!unsettled.isEmpty() && unsettled.getFirst().round < round) {
      unsettled.remove();
    }
    round++;
  }

  /** A request came that the peer may wait to be answered. */
  void owe() {
    owed++;
  }

  /** Whether more requests came than final responses went out. */
  boolean owes() {
    return owed > 0;
  }
}
