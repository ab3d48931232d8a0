package io.sipwright.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;

/** Closes a connection on which the peer sends nothing for a while. */
final class SilenceHandler extends IdleStateHandler {
  private final StreamConnection connection;
  private final int millis;

  SilenceHandler(StreamConnection connection, int millis) {
    super(millis, 0, 0, TimeUnit.MILLISECONDS);
    this.connection = connection;
    this.millis = millis;
  }

  @Override
  protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
    connection.reached(ConnectionLimit.SILENCE);
    connection.fail(new SilentPeerException(millis));
  }
}
