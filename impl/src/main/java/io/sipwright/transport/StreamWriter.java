package io.sipwright.transport;

import io.netty.channel.Channel;
import java.io.IOException;

/** Has what waits in an outbox written, by whom it may be, and sees to what follows from that. */
final class StreamWriter {
  /** After this to twice this, a request that was written counts as received by the peer. */
  private static final int SETTLE_MILLIS = 4_000;

  private final StreamConnection connection;
  private final StreamOutbox outbox;
  private final StreamLedger ledger;
  private final StreamWatch watch;
  private final Framer framer;

  /** Written on the event loop only. */
  private volatile boolean settleScheduled;

  StreamWriter(
      StreamConnection connection,
      StreamOutbox outbox,
      StreamLedger ledger,
      StreamWatch watch,
      Framer framer) {
    this.connection = connection;
    this.outbox = outbox;
    this.ledger = ledger;
    this.watch = watch;
    this.framer = framer;
  }

  /** Writes what waits. On the event loop. */
  void write() {
    Channel open = connection.socket().channel();
    if (open != null) {
      outbox.write(open, this);
    }
  }

  /** Writes, as a task of its own: so nothing else is half done when it's over. */
  void writeAndRest() {
    write();
    outbox.loopRests();
  }

  /** Writes on the thread that sends. */
  void writeHere() {
    try {
      if (outbox.writeHere(this)) {
        connection.socket().onLoop(this::writeAndRest);
      }
    } catch (IOException | RuntimeException | Error e) { // or nobody would ever write again
      connection.socket().onLoop(() -> fail(e));
    }
  }

  /** A ping goes out. */
  void pingSent() {
    framer.expectPong();
  }

  /** What was to be written can't be. On the event loop. */
  void fail(Throwable why) {
    connection.fail(why);
  }

  /**
   * Something was written. On the event loop.
   *
   * @param said whether it was more than pings and pongs
   */
  void onWritten(boolean said) {
    watch.onActive();
    if (said) {
      connection.spoke();
    }
    if (connection.isInputShut() && !ledger.owes()) {
      connection.socket().close();
    } else if (ledger.hasUnsettled() && !settleScheduled) {
      settleScheduled = true;
      connection.socket().later(this::settle, SETTLE_MILLIS);
    }
  }

  /** A message was written by who sent it. From any thread, under the lock of who writes. */
  void onWrittenHere() {
    watch.onActive();
    if (!watch.hasSpoken()
        || connection.isInputShut()
        || (!settleScheduled && ledger.hasUnsettled())) {
      connection.socket().onLoop(() -> onWritten(true));
    }
  }

  private void settle() {
    ledger.settleOld();
    settleScheduled = false; // before looking: who writes meanwhile sees either
    if (ledger.hasUnsettled()) {
      settleScheduled = true;
      connection.socket().later(this::settle, SETTLE_MILLIS);
    }
  }
}
