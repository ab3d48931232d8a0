package io.sipwright.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has to send, and who writes it: the sender itself by the {@link Shortcut} where
 * that's open, otherwise the event loop, which writes all that waits at once.
 *
 * <p>Messages wait here, under the lock, until they're written. At most one thread is about to
 * write: as long as one is, others leave their messages to it.
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
    /** It waits; whoever gets this has to call {@link #writeHere}. */
    WRITE_HERE,
    /** It waits, and somebody else is about to write it. */
    WAIT,
    /** Not taken: too much is waiting. */
    FULL,
    /** Not taken: the connection is over. */
    SHUT
  }

  /** How much goes into one write. */
  private static final int BATCH_BYTES = 64 * 1024;

  /** How many messages come at once from a peer that sends faster than we read. */
  private static final int BULK = 8;

  /** How many messages of others a sender writes besides its own. */
  private static final int MOST_OF_OTHERS = 16;

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

  private final StreamLedger ledger;

  /** Whether so much comes that its answers had better be written together. */
  private volatile boolean bulk;

  /** Null before the connection is open, and where there is none. */
  private volatile @Nullable Shortcut shortcut;

  /**
   * An empty one of a new connection.
   *
   * @param ledger is told what is written
   * @param pendingInAll what waits on all connections of the network, in bytes
   * @param oneByOne whether each message is written by itself, for a layer that needs to see where
   *     it ends
   */
  StreamOutbox(
      SocketNetworkConfig config, StreamLedger ledger, AtomicLong pendingInAll, boolean oneByOne) {
    this.ledger = ledger;
    this.maxPending = config.maxPendingBytes();
    this.maxPendingInAll = config.maxPendingBytesInAll();
    this.pendingInAll = pendingInAll;
    this.oneByOne = oneByOne;
  }

  State state() {
    return state;
  }

  /**
   * Takes a message in, from any thread.
   *
   * @param onLoop whether it's the event loop: it writes what it sends later, all at once
   */
  Offer offer(StreamMessage message, boolean onLoop) {
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
      Shortcut way = onLoop || bulk ? null : shortcut;
      return way != null && way.isOpen() ? Offer.WRITE_HERE : Offer.WRITE;
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

  /**
   * The socket is there. Returns false if the connection was given up meanwhile.
   *
   * @param way null if only the event loop can write
   */
  boolean open(@Nullable Shortcut way) {
    synchronized (lock) {
      shortcut = way;
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
    Shortcut way = shortcut;
    if (way != null) {
      way.drop(); // after what a sender is writing at this moment
    }
    synchronized (lock) {
      state = State.SHUT;
      List<StreamMessage> rest = ledger.giveUp();
      rest.addAll(waiting);
      waiting.clear();
      addPending(-pending);
      return rest;
    }
  }

  // ---- by the sender

  /**
   * Writes what waits.
   *
   * @return whether the event loop has to write the rest
   * @throws IOException if the socket is closed or broken; nothing is written any more then
   */
  boolean writeHere(StreamWriter writer) throws IOException {
    Shortcut way = shortcut;
    if (way == null) {
      return true;
    }
    synchronized (way) {
      try {
        return writeBy(way, writer);
      } catch (IOException | RuntimeException | Error e) {
        way.end(); // or the next sender goes on behind what is missing
        throw e;
      }
    }
  }

  private boolean writeBy(Shortcut way, StreamWriter writer) throws IOException {
    for (int i = 0; i <= MOST_OF_OTHERS; i++) {
      StreamMessage message = next();
      if (message == null) {
        return false;
      }
      ByteBuf encoded = way.isOpen() && isForSenders(message) ? way.encode(message.bytes) : null;
      if (encoded == null) {
        return true;
      }
      begin(message);
      if (way.write(encoded)) {
        written(1, true);
        writer.onWrittenHere();
      }
      if (!way.isOpen()) {
        return true;
      }
    }
    return true;
  }

  /** Java keeps, for each thread, a copy of the longest that it has written. */
  private static boolean isForSenders(StreamMessage message) {
    return !message.isKeepAlive() && message.bytes.length <= BATCH_BYTES;
  }

  /** The first that waits; if there's none, nobody is about to write. */
  private @Nullable StreamMessage next() {
    synchronized (lock) {
      StreamMessage first = waiting.peek();
      writeDue = first != null;
      return first;
    }
  }

  private void begin(StreamMessage message) {
    synchronized (lock) {
      if (waiting.peek() == message) { // or all was given up
        waiting.remove();
        ledger.writing(message);
      }
    }
  }

  private void written(int count, boolean atOnce) {
    long weight = ledger.written(count, atOnce);
    synchronized (lock) {
      addPending(-Math.min(weight, pending));
    }
  }

  // ---- on the event loop

  /**
   * Writes what waits and flushes. If the peer reads slower than that, the rest waits here until
   * the channel is writable again.
   */
  void write(Channel channel, StreamWriter writer) {
    loopWrites(writer);
    boolean more = true;
    while (more) {
      if (!channel.isWritable()) {
        channel.flush();
        if (!channel.isWritable()) {
          return; // still due
        }
      }
      more = writeBatch(channel, writer);
    }
    channel.flush();
  }

  /** Writes all that waits, whether the peer reads or not: the connection is about to end. */
  void writeAll(Channel channel, StreamWriter writer) {
    loopWrites(writer);
    boolean more = true;
    while (more) {
      more = writeBatch(channel, writer);
    }
    channel.flush();
  }

  /**
   * Messages came, as many as could be read at once. Where they come faster than they're read, so
   * do their answers; and the event loop, which is awake most of the time then, writes several with
   * one system call.
   */
  void cameAtOnce(int messages) {
    boolean now = messages >= BULK;
    if (now != bulk) {
      bulk = now;
    }
  }

  /** Something is about to be written on the event loop: nobody else writes meanwhile. */
  void loopWrites(StreamWriter writer) {
    Shortcut way = shortcut;
    ChannelFuture rest = way == null ? null : way.close();
    if (rest != null) {
      onceWritten(rest, 1, true, writer);
    }
  }

  /**
   * Lets senders write again, if nothing is left to be written on the event loop. Not to be called
   * by what writes or reads, which may not be done.
   */
  void loopRests() {
    Shortcut way = shortcut;
    if (way != null && ledger.isAtRest()) {
      synchronized (lock) {
        if (state != State.OPEN || writeDue) {
          return;
        }
      }
      way.open();
    }
  }

  /** Nothing is written any more but by the event loop. */
  void endShortcut() {
    Shortcut way = shortcut;
    if (way != null) {
      way.end();
    }
  }

  /** Returns whether there's more. */
  private boolean writeBatch(Channel channel, StreamWriter writer) {
    List<StreamMessage> batch = new ArrayList<>();
    int size = 0;
    boolean more;
    synchronized (lock) {
      while (!waiting.isEmpty() && size < (oneByOne ? 1 : BATCH_BYTES)) {
        StreamMessage message = waiting.remove();
        batch.add(message);
        size += message.bytes.length;
        ledger.writing(message);
      }
      more = !waiting.isEmpty();
      writeDue = more;
    }
    if (!batch.isEmpty()) {
      write(channel, writer, batch, size);
    }
    return more;
  }

  private void write(Channel channel, StreamWriter writer, List<StreamMessage> batch, int size) {
    ByteBuf buffer;
    try {
      buffer = channel.alloc().directBuffer(size);
    } catch (OutOfMemoryError e) { // Netty has a limit of its own
      writer.fail(e);
      return;
    }
    boolean said = false;
    for (StreamMessage message : batch) {
      buffer.writeBytes(message.bytes);
      said |= !message.isKeepAlive();
      if (message.isPing()) {
        writer.pingSent();
      }
    }
    onceWritten(channel.write(buffer), batch.size(), said, writer);
  }

  private void onceWritten(ChannelFuture writing, int count, boolean said, StreamWriter writer) {
    writing.addListener(
        done -> {
          if (done.isSuccess()) {
            written(count, false);
            writer.onWritten(said);
          } else {
            writer.fail(done.cause());
          }
        });
  }
}
