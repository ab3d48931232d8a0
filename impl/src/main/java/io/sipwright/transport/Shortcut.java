package io.sipwright.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.GatheringByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * The way to a connection's socket that doesn't lead through its event loop: whoever has a message
 * to send writes it himself, as over UDP. Waking a loop that sleeps costs more than the message.
 *
 * <p>It's open only while the event loop has nothing to write, and the loop takes it away before it
 * does: so there's one writer at a time, and messages, TLS records and WebSocket frames leave in
 * the order in which they were made. What the socket doesn't take at once is the loop's, too.
 *
 * <p>Who writes holds this object's monitor, whichever way it goes; no write waits.
 */
final class Shortcut {
  private final Channel channel;
  private final GatheringByteChannel socket;
  private final WireForm form;

  // Written under this object's monitor.
  private volatile boolean open;
  private boolean ended;

  /** What the socket didn't take. Set only while it's closed; then it's the next to be written. */
  private volatile @Nullable ByteBuf rest;

  private Shortcut(Channel channel, GatheringByteChannel socket, WireForm form) {
    this.channel = channel;
    this.socket = socket;
    this.form = form;
  }

  /** The one of a channel, not open yet; null if the channel is of a kind that has none. */
  static @Nullable Shortcut of(Channel channel, WireForm form) {
    return channel instanceof AbstractNioChannel nio
            && nio.unsafe().ch() instanceof GatheringByteChannel socket
        ? new Shortcut(channel, socket, form)
        : null;
  }

  /** Whether it may be worth trying. */
  boolean isOpen() {
    return open;
  }

  /**
   * What goes on the socket for a message; has to be {@link #write written} then. Only with the
   * monitor, while it's open.
   *
   * @return null if that's the event loop's business
   */
  @Nullable ByteBuf encode(byte[] message) throws IOException {
    return form.encode(message, channel.alloc());
  }

  /**
   * Writes what was encoded, and keeps for the event loop what the socket doesn't take. Only with
   * the monitor, while it's open.
   *
   * @return whether the socket took all
   */
  boolean write(ByteBuf encoded) throws IOException {
    boolean kept = false;
    try {
      int length = encoded.readableBytes();
      int written = encoded.readBytes(socket, length);
      if (written < length) {
        rest = encoded; // before it's closed: see close()
        open = false;
        kept = true;
      } else if (!form.isAtRest()) {
        open = false;
      }
      return !kept;
    } finally {
      if (!kept) {
        encoded.release();
      }
    }
  }

  /** Opens it, if nothing speaks against that. Only on the event loop, with nothing half done. */
  synchronized void open() {
    var buffered = channel.unsafe().outboundBuffer();
    open =
        !ended
            && rest == null
            && buffered != null
            && buffered.totalPendingWriteBytes() == 0
            && form.isAtRest();
  }

  /**
   * The event loop is about to write, and nobody else does from now on. Only on the event loop.
   *
   * @return tells when the rest of what was begun is out, which goes before; null if nothing was
   */
  @Nullable ChannelFuture close() {
    if (!open && rest == null) {
      return null; // only the event loop opens it
    }
    ByteBuf before;
    synchronized (this) {
      open = false;
      before = rest;
      rest = null;
    }
    if (before == null) {
      return null;
    }
    ChannelHandlerContext outermost = channel.pipeline().firstContext();
    if (outermost == null) {
      ReferenceCountUtil.release(before);
      return null;
    }
    return outermost.write(before);
  }

  /** Closes it for good: the last words have been said, or are about to be. */
  synchronized void end() {
    ended = true;
    open = false;
  }

  /** The socket is closed. */
  synchronized void drop() {
    end();
    ReferenceCountUtil.release(rest);
    rest = null;
  }
}
