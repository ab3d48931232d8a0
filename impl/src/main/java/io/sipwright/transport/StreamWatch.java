package io.sipwright.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives up a connection whose peer takes more time than it has: for its first message, for the rest
 * of a message that it has begun, for reading what it's sent; and one on which nothing goes. Only
 * used on the connection's event loop.
 */
final class StreamWatch {
  /** How long a peer may read next to nothing while as much waits for it as may. */
  private static final int STALL_MILLIS = 1_000;

  /** What the time that a connection may be idle is divided into: it's noticed that exactly. */
  private static final int IDLE_PARTS = 4;

  /** How much of what layers answer by themselves may wait, in bytes, however small the queue. */
  private static final int MOST_ANSWERS = 128 * 1024;

  private final StreamConnection connection;
  private final SocketNetworkConfig config;
  private final StreamOutbox outbox;
  private final StreamLedger ledger;
  private final Framer framer;

  /** What must come to its end once it has begun, from the socket upwards. */
  private final List<Part> parts = new ArrayList<>(3);

  /** Whether somebody will look, in a while, at what waits. */
  private final AtomicBoolean stallDue = new AtomicBoolean();

  private final IdlePatience patience = new IdlePatience();

  /** Written on the event loop only. */
  private volatile boolean spoke;

  /** Whether anything went since somebody looked. */
  private volatile boolean active;

  /** Whether a pong found no room since somebody looked. */
  private volatile boolean pongDropped;

  private boolean pingAnswered;

  /** For how many parts of the time that a connection may be idle nothing has gone. */
  private int idleParts;

  StreamWatch(
      StreamConnection connection,
      SocketNetworkConfig config,
      StreamOutbox outbox,
      StreamLedger ledger,
      Framer framer) {
    this.connection = connection;
    this.config = config;
    this.outbox = outbox;
    this.ledger = ledger;
    this.framer = framer;
    add(framer);
  }

  /** Something that's watched, and whether somebody will look at it. */
  private static final class Part {
    final Wholeness wholeness;
    boolean scheduled;

    Part(Wholeness wholeness) {
      this.wholeness = wholeness;
    }
  }

  /** What a layer gets has to come to its end, too. */
  void add(Wholeness wholeness) {
    parts.add(new Part(wholeness));
  }

  /** The peer has connected: it's expected to say something. */
  void onAccepted() {
    int limit = config.firstMessageMillis();
    if (limit > 0) {
      connection
          .socket()
          .later(
              () -> {
                if (!spoke) {
                  connection.giveUp(
                      ConnectionLimit.FIRST_MESSAGE_TIME,
                      "No message came within " + limit + " ms");
                }
              },
              limit);
    }
  }

  /** A whole message came, or was written. Returns whether it's the first. */
  boolean onMessage() {
    boolean first = !spoke;
    spoke = true;
    return first;
  }

  /** Whether a whole message came, or was written. From any thread. */
  boolean hasSpoken() {
    return spoke;
  }

  /** A ping came: it's answered (RFC 5626 §4.4.1), unless there are more of them than may be. */
  void onPing() {
    patience.onPing();
    int least = config.keepAlive().leastPingMillis();
    if (pingAnswered) {
      return;
    }
    if (least > 0) {
      pingAnswered = true;
      connection.socket().later(() -> pingAnswered = false, least);
    }
    connection.send(StreamMessage.PONG, null);
  }

  /** Something was read: if it's the beginning of a message, the rest must come. */
  void onRead() {
    int limit = config.partialMessageMillis();
    if (limit > 0) {
      for (Part part : parts) {
        if (!part.scheduled && part.wholeness.midMessage()) {
          schedule(part, limit);
        }
      }
    }
    long unread = connection.socket().unread();
    if (unread - outbox.pending() > Math.max(config.maxPendingBytes(), MOST_ANSWERS)) {
      connection.giveUp(ConnectionLimit.WRITE_QUEUE, "The peer doesn't read");
    } else if (unread > config.maxPendingBytes() && isFirstFull()) {
      onFull();
    }
  }

  private void schedule(Part part, int limit) {
    part.scheduled = true;
    long messages = part.wholeness.messages();
    connection.socket().later(() -> check(part, messages, limit), limit);
  }

  private void check(Part part, long messagesBefore, int limit) {
    part.scheduled = false;
    if (!part.wholeness.midMessage()) {
      return;
    }
    if (part.wholeness.messages() != messagesBefore) {
      schedule(part, limit);
      return;
    }
    String why = "The message did not come to its end within " + limit + " ms";
    if (part.wholeness == framer) {
      connection.reached(ConnectionLimit.MESSAGE_TIME);
      framer.abandon(why);
    } else {
      connection.giveUp(ConnectionLimit.MESSAGE_TIME, why);
    }
  }

  /** Whether {@link #onFull} is to be called. From any thread. */
  boolean isFirstFull() {
    return !stallDue.get() && stallDue.compareAndSet(false, true);
  }

  /** As much waits to be written as may: if the peer reads, it's less soon. */
  void onFull() {
    lookForStall(waiting(), false);
  }

  /** A pong found no room: peers that ping without end are seen by that, too. */
  void onPongDropped() {
    pongDropped = true;
  }

  private long waiting() {
    return Math.max(outbox.pending(), connection.socket().unread());
  }

  /**
   * Looks in a while whether the peer reads.
   *
   * @param again whether pongs have found no room before, so that now is the second look
   */
  private void lookForStall(long before, boolean again) {
    connection.socket().later(() -> onStallDue(before, again), STALL_MILLIS);
  }

  private void onStallDue(long before, boolean again) {
    long waits = waiting();
    if (waits > before / 2) {
      connection.giveUp(
          ConnectionLimit.WRITE_QUEUE,
          "The peer reads too slowly: " + waits + " bytes wait for it");
    } else if (!pongDropped) {
      stallDue.set(false);
    } else if (again) {
      connection.giveUp(
          ConnectionLimit.WRITE_QUEUE, "The peer sends more pings than can be answered");
    } else {
      pongDropped = false;
      lookForStall(Math.max(before, waits), true);
    }
  }

  /** What the peer was told about its keep-alives, and how long it may be idle. */
  IdlePatience patience() {
    return patience;
  }

  /** There's a socket: it must not be idle for too long. */
  void onSocket() {
    int limit = config.idleTimeoutMillis();
    if (limit > 0) {
      active = false;
      idleParts = 0;
      lookLater(limit);
    }
  }

  /** Something was read or written. From any thread. */
  void onActive() {
    if (!active) {
      active = true;
    }
  }

  private void lookLater(int limit) {
    connection.socket().later(() -> look(limit), Math.max(1, limit / IDLE_PARTS));
  }

  /** Looks often enough to notice in time, so that nobody has to note when something went. */
  private void look(int limit) {
    if (active) {
      active = false;
      idleParts = 0;
    } else if (++idleParts % IDLE_PARTS == 0 && onIdle(idleParts / IDLE_PARTS)) {
      connection.reached(ConnectionLimit.IDLE_TIME);
      connection.socket().close();
      return;
    }
    lookLater(limit);
  }

  /**
   * Nothing went for the time that a connection may be idle.
   *
   * @param times that time, again and again
   * @return whether it's to be closed
   */
  private boolean onIdle(int times) {
    return patience.isOver(times, config.idleTimeoutMillis(), ledger.owes() || ledger.asks())
        && !connection.isNeeded();
  }
}
