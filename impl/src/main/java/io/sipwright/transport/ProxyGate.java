package io.sipwright.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/**
 * Waits for the PROXY header of a connection that a load balancer has opened, before TLS and all
 * else; what's above is told {@code channelActive} once it's known whom the connection comes from.
 */
final class ProxyGate extends ChannelInboundHandlerAdapter {
  private final StreamEndpoint endpoint;
  private final StreamConnection connection;
  private final ProxyHeader header = new ProxyHeader();
  private boolean refused;

  ProxyGate(StreamEndpoint endpoint, StreamConnection connection) {
    this.endpoint = endpoint;
    this.connection = connection;
  }

  /** What's above waits for the header, and not for longer than for a first message. */
  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    int limit = endpoint.config().firstMessageMillis();
    if (limit > 0) {
      connection
          .socket()
          .later(
              () -> {
                if (!ctx.isRemoved() && !refused) {
                  connection.reached(ConnectionLimit.FIRST_MESSAGE_TIME);
                  refuse(ctx, "No PROXY header came within " + limit + " ms");
                }
              },
              limit);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object received) {
    ByteBuf bytes = (ByteBuf) received;
    ProxyHeader.Progress progress = ProxyHeader.Progress.MORE;
    while (progress == ProxyHeader.Progress.MORE && bytes.isReadable() && !refused) {
      progress = header.take(bytes.readByte());
    }
    if (progress == ProxyHeader.Progress.BAD) {
      endpoint
          .limits()
          .reached(ConnectionLimit.PROXY_HEADER, connection.remote() + ": " + header.reason());
      refuse(ctx, "Bad PROXY header: " + header.reason());
    } else if (progress == ProxyHeader.Progress.DONE) {
      if (endpoint.comesFrom(connection, header.source())) {
        ctx.pipeline().remove(this);
        ctx.fireChannelActive();
        if (bytes.isReadable()) {
          ctx.fireChannelRead(bytes);
          return;
        }
      } else {
        refuse(ctx, "Too many connections from " + header.source());
      }
    }
    bytes.release();
  }

  private void refuse(ChannelHandlerContext ctx, String why) {
    refused = true;
    ctx.fireExceptionCaught(new IOException(why));
  }
}
