package io.sipwright.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channel of a connection, once it has one: its event loop, its input, and its ways to end. */
final class StreamSocket {
  private static final Logger LOG = LoggerFactory.getLogger(StreamSocket.class);

  /** How long the peer may take to read why its stream was broken. */
  private static final int PARTING_MILLIS = 2_000;

  /** Set once, on the event loop, before the connection is open. */
  private volatile @Nullable Channel channel;

  /** What is to run later. Only used on the event loop. */
  private final List<Future<?>> timers = new ArrayList<>(2);

  /** The channel is there. */
  void attach(Channel opened) {
    channel = opened;
  }

  /** The channel; null before it's there. */
  @Nullable Channel channel() {
    return channel;
  }

  /** Whether the calling thread is its event loop. */
  boolean inLoop() {
    Channel open = channel;
    return open != null && open.eventLoop().inEventLoop();
  }

  /** Runs a task on the event loop; drops it if there's no channel, or the threads have ended. */
  void onLoop(Runnable task) {
    Channel open = channel;
    if (open != null) {
      try {
        open.eventLoop().execute(task);
      } catch (RejectedExecutionException e) {
        LOG.debug("{}: its threads have ended", open, e);
      }
    }
  }

  /**
   * Runs a task on the event loop after a time, unless the channel is closed by then. Only called
   * on the event loop.
   */
  void later(Runnable task, int millis) {
    Channel open = channel;
    if (open != null && open.isOpen()) {
      timers.removeIf(Future::isDone);
      timers.add(open.eventLoop().schedule(task, millis, TimeUnit.MILLISECONDS));
    }
  }

  /** The channel is closed. What was to run later would keep all of it in memory until then. */
  void ended() {
    timers.forEach(timer -> timer.cancel(false));
    timers.clear();
  }

  /** How many bytes were written and wait for the peer to read; 0 for a few. */
  long unread() {
    Channel open = channel;
    return open == null || !open.isActive() || open.isWritable() || isOutputShut(open)
        ? 0
        : open.bytesBeforeWritable() + open.config().getWriteBufferWaterMark().low();
  }

  /** Then Netty counts as if an endless number of bytes waited. */
  private static boolean isOutputShut(Channel open) {
    return open instanceof DuplexChannel duplex && duplex.isOutputShutdown();
  }

  /** Closes it; layers say their last words. The handler's channelInactive tells of the end. */
  @SuppressWarnings("FutureReturnValueIgnored")
  void close() {
    Channel open = channel;
    if (open != null) {
      open.close();
    }
  }

  /** Closes the socket without waiting until the peer has read what a layer says in the end. */
  @SuppressWarnings("FutureReturnValueIgnored")
  void cut() {
    Channel open = channel;
    if (open == null) {
      return;
    }
    ChannelHandlerContext first = open.pipeline().firstContext();
    if (first == null) {
      open.close();
    } else {
      first.close();
    }
  }

  /**
   * Closes so that the peer can read what was sent: a socket closed while there is something to
   * read sends a reset, which may overtake it.
   *
   * @param written done when the last words are out
   * @param inputShut whether the peer sends no more
   */
  void part(ChannelFuture written, boolean inputShut) {
    if (inputShut || !(channel instanceof DuplexChannel duplex)) {
      written.addListener(done -> close());
    } else {
      written.addListener(done -> shutOutput(duplex));
      later(this::close, PARTING_MILLIS);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // It's closed a little later, whatever comes out.
  private static void shutOutput(DuplexChannel open) {
    open.shutdownOutput();
  }
}
