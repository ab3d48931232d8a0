package io.sipwright.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection on which the peer sends nothing for a while, and for as long as it was told
 * it may.
 */
final class SilenceHandler extends IdleStateHandler {
  private final StreamConnection connection;
  private final int millis;
  private int times;

  SilenceHandler(StreamConnection connection, int millis) {
    super(millis, 0, 0, TimeUnit.MILLISECONDS);
    this.connection = connection;
    this.millis = millis;
  }

  @Override
  protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
    times = event.isFirst() ? 1 : times + 1;
    if (connection.patience().isBeyondPromise((long) times * millis)) {
      connection.reached(ConnectionLimit.SILENCE);
      connection.fail(new SilentPeerException(millis));
    }
  }
}
