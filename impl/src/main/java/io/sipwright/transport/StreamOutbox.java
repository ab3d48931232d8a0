package io.sipwright.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

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

  /** What each connection may have waiting even if all together have as much as they may. */
  private static final int FAIR_SHARE = 64 * 1024;

  private final long maxPending;
  private final long maxPendingInAll;

  /** What waits on all connections. */
  private final AtomicLong pendingInAll;

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
  private int asked;

  /**
   * An empty one of a new connection.
   *
   * @param pendingInAll what waits on all connections of the network, in bytes
   * @param oneByOne whether each message is written by itself, for a layer that needs to see where
   *     it ends
   */
  StreamOutbox(SocketNetworkConfig config, AtomicLong pendingInAll, boolean oneByOne) {
    this.maxPending = config.maxPendingBytes();
    this.maxPendingInAll = config.maxPendingBytesInAll();
    this.pendingInAll = pendingInAll;
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
      if (!hasRoom(message)) {
        return Offer.FULL;
      }
      waiting.add(message);
      addPending(message.weight());
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

  /** A message always fits where none waits, however long it is. */
  private boolean hasRoom(StreamMessage message) {
    long then = pending + message.weight();
    return pending == 0
        || (then <= maxPending && (then <= FAIR_SHARE || pendingInAll.get() <= maxPendingInAll));
  }

  private void addPending(long bytes) {
    pending += bytes;
    pendingInAll.addAndGet(bytes);
  }

  /** Takes a message back that waits. */
  void withdraw(StreamMessage message) {
    synchronized (lock) {
      if (waiting.remove(message)) {
        addPending(-message.weight());
      }
    }
  }

  /** How many bytes wait to be written. */
  long pending() {
    synchronized (lock) {
      return pending;
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
      addPending(-pending);
    }
    return rest;
  }

  // ---- on the event loop

  /**
   * Writes what waits and flushes. If the peer reads slower than that, the rest waits here until
   * the channel is writable again.
   */
  void write(Channel channel, StreamConnection connection) {
    boolean more = true;
    while (more) {
      if (!channel.isWritable()) {
        channel.flush();
        if (!channel.isWritable()) {
          return; // still due
        }
      }
      more = writeBatch(channel, connection);
    }
    channel.flush();
  }

  /** Writes all that waits, whether the peer reads or not: the connection is about to end. */
  void writeAll(Channel channel, StreamConnection connection) {
    boolean more = true;
    while (more) {
      more = writeBatch(channel, connection);
    }
    channel.flush();
  }

  /** Returns whether there's more. */
  private boolean writeBatch(Channel channel, StreamConnection connection) {
    List<StreamMessage> batch = new ArrayList<>();
    int size = 0;
    boolean more;
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
    return more;
  }

  private void write(
      Channel channel, StreamConnection connection, List<StreamMessage> batch, int size) {
    writing.addAll(batch);
    ByteBuf buffer;
    try {
      buffer = channel.alloc().directBuffer(size);
    } catch (OutOfMemoryError e) { // Netty has a limit of its own
      connection.fail(e);
      return;
    }
    for (StreamMessage message : batch) {
      buffer.writeBytes(message.bytes);
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
                connection.onWritten(onWritten(count));
              } else {
                connection.fail(written.cause());
              }
            });
  }

  /** Returns whether there was more than pings and pongs. */
  private boolean onWritten(int count) {
    long weight = 0;
    boolean said = false;
    for (int i = 0; i < count; i++) {
      StreamMessage message = writing.remove();
      weight += message.weight();
      said |= !message.isKeepAlive();
      if (message.isFinalResponse() && owed > 0) {
        owed--;
      } else if (message.asksForAnswer()) {
        asked++;
        if (unsettled.size() == MOST_UNSETTLED) {
          unsettled.remove();
        }
        message.round = round;
        unsettled.add(message);
      }
    }
    synchronized (lock) {
      addPending(-Math.min(weight, pending));
    }
    return said;
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

  /** A final response came. */
  void answered() {
    if (asked > 0) {
      asked--;
    }
  }

  /** Whether more requests went out than final responses came. */
  boolean asks() {
    return asked > 0;
  }

  /** Whether more requests came than final responses went out. */
  boolean owes() {
    return owed > 0;
  }
}
