package io.sipwright.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.timeout.IdleStateHandler;

/** WebSocket with the sub-protocol {@code sip} (RFC 7118), from its HTTP handshake on. */
final class WebSocketLayer implements StreamLayer {
  /** RFC 7118 §4.1. */
  static final String SUBPROTOCOL = "sip";

  private static final int LONGEST_LINE = 4 * 1024;
  private static final int LONGEST_HEADER = 16 * 1024;
  private static final int LONGEST_BODY = 8 * 1024;

  private final SocketNetworkConfig config;
  private final boolean secure;

  /**
   * A layer for a network.
   *
   * @param secure whether it lies on TLS
   */
  WebSocketLayer(SocketNetworkConfig config, boolean secure) {
    this.config = config;
    this.secure = secure;
  }

  @Override
  public void addTo(ChannelPipeline pipeline, StreamConnection connection) {
    boolean outgoing = connection.isOutgoing();
    pipeline
        .addLast(
            outgoing
                ? new HttpClientCodec(LONGEST_LINE, LONGEST_HEADER, LONGEST_BODY)
                : new HttpServerCodec(LONGEST_LINE, LONGEST_HEADER, LONGEST_BODY))
        .addLast(new HttpObjectAggregator(LONGEST_BODY))
        .addLast(
            outgoing
                ? new WebSocketClient(config, secure, connection)
                : new WebSocketServer(config, connection));
  }

  /** Puts what reads and writes frames in the place of the handler of the handshake. */
  static void open(ChannelHandlerContext handshake, StreamConnection connection) {
    ChannelPipeline pipeline = handshake.pipeline();
    SocketNetworkConfig config = connection.endpoint().config();
    int patience = config.partialMessageMillis();
    if (patience > 0) {
      String decoder = pipeline.context(WebSocketFrameDecoder.class).name();
      pipeline.addBefore(decoder, null, new FrameWatch(patience, connection));
    }
    String name = handshake.name();
    WebSocketFrames frames = new WebSocketFrames(connection);
    pipeline.addAfter(name, null, frames);
    int seconds = config.webSocket().pingSeconds();
    if (seconds > 0) {
      pipeline.addAfter(name, null, new IdleStateHandler(seconds, 0, 0));
    }
    pipeline
        .addAfter(name, null, new WebSocketFrameAggregator(config.maxMessageBytes()))
        .addAfter(name, null, new Utf8FrameValidator());
    ChannelHandlerContext ready = pipeline.context(frames);
    pipeline.remove(name);
    ready.fireChannelActive();
  }

  /** Gives up a handshake that isn't done in time. */
  static void limitHandshake(
      ChannelHandlerContext handshake, int limit, StreamConnection connection) {
    connection
        .socket()
        .later(
            () -> {
              if (!handshake.isRemoved()) {
                connection.giveUp(
                    ConnectionLimit.HANDSHAKE_TIME,
                    "No WebSocket was opened within " + limit + " ms");
              }
            },
            limit);
  }

  @Override
  public WireForm wireForm(WireForm below, ChannelPipeline pipeline, StreamConnection connection) {
    return new WebSocketForm(below, connection.isOutgoing());
  }

  @Override
  public ChannelFuture farewell(Channel channel) {
    ChannelHandlerContext frames = channel.pipeline().context(WebSocketFrames.class);
    return frames == null
        ? channel.newSucceededFuture()
        : ((WebSocketFrames) frames.handler()).sayGoodbye(frames, WebSocketFrames.BAD_MESSAGE);
  }
}
