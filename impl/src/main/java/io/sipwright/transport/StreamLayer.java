package io.sipwright.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;

/**
 * A protocol between the socket of a connection and its messages: TLS, WebSocket. Layers lie upon
 * each other; none knows of the others.
 */
interface StreamLayer {
  /**
   * Puts its handlers at the end of the pipeline.
   *
   * <p>What's above is told {@code channelActive} once the layer has agreed with the peer, and not
   * before; if they don't agree, it's told the cause by {@code exceptionCaught}, and the channel is
   * closed. What's above reads and writes {@code ByteBuf}s.
   */
  void addTo(ChannelPipeline pipeline, StreamConnection connection);

  /**
   * What it makes of the messages of an open connection, for who doesn't send them by its handlers.
   * It calls {@link StreamConnection#loopWrites} before it makes or writes anything by itself, and
   * {@link StreamConnection#lastWords} before the last of that.
   *
   * @param below what the layers below it make of what it makes
   */
  WireForm wireForm(WireForm below, ChannelPipeline pipeline, StreamConnection connection);

  /**
   * Tells the peer that nothing more comes, after what was written. Nothing is written afterwards.
   */
  ChannelFuture farewell(Channel channel);
}
