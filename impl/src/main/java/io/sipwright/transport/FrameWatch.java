package io.sipwright.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/**
 * Gives up a WebSocket on which a frame or message was begun and doesn't come to its end in time:
 * what {@link StreamWatch} does where messages are cut by their length. Lies below the frames.
 */
final class FrameWatch extends ChannelInboundHandlerAdapter {
  private final int limit;
  private final StreamConnection connection;
  private final FrameBoundary boundary = new FrameBoundary();
  private boolean scheduled;

  /**
   * A watch.
   *
   * @param limit in milliseconds
   */
  FrameWatch(int limit, StreamConnection connection) {
    this.limit = limit;
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object received) {
    if (received instanceof ByteBuf bytes) {
      boundary.feed(new Reading(bytes));
      if (!scheduled && boundary.midMessage()) {
        schedule(ctx);
      }
    }
    ctx.fireChannelRead(received);
  }

  /** Bytes that somebody else reads afterwards. */
  private static final class Reading implements FrameBoundary.ByteSource {
    private final ByteBuf bytes;
    private int at;

    Reading(ByteBuf bytes) {
      this.bytes = bytes;
      at = bytes.readerIndex();
    }

    @Override
    public int remaining() {
      return bytes.writerIndex() - at;
    }

    @Override
    public byte next() {
      return bytes.getByte(at++);
    }

    @Override
    public void skip(int count) {
      at += count;
    }
  }

  private void schedule(ChannelHandlerContext ctx) {
    scheduled = true;
    long before = boundary.messages();
    connection.socket().later(() -> check(ctx, before), limit);
  }

  private void check(ChannelHandlerContext ctx, long before) {
    scheduled = false;
    if (ctx.isRemoved() || !boundary.midMessage()) {
      return;
    }
    if (boundary.messages() == before) {
      connection.reached(ConnectionLimit.MESSAGE_TIME);
      ctx.fireExceptionCaught(
          new IOException("The message did not come to its end within " + limit + " ms"));
    } else {
      schedule(ctx);
    }
  }
}
