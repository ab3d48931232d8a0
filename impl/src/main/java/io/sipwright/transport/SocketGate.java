package io.sipwright.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/**
 * Lies next to the socket: sees that something was read, and that the event loop is about to write,
 * whatever layers do above.
 */
@SuppressWarnings("FutureReturnValueIgnored") // promises are handed on
final class SocketGate extends ChannelDuplexHandler {
  private final StreamConnection connection;

  SocketGate(StreamConnection connection) {
    this.connection = connection;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    connection.onSocket();
    ctx.fireChannelActive();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    connection.onActive();
    ctx.fireChannelReadComplete();
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    connection.loopWrites();
    ctx.write(message, promise);
  }
}
