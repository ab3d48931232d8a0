package io.sipwright.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a WebSocket for SIP (RFC 6455 §4.1, RFC 7118 §4.1): any answer but 101 with our
 * sub-protocol is a failure of the transport.
 */
final class WebSocketClient extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketClient.class);

  private final SocketNetworkConfig config;
  private final StreamConnection connection;
  private final WebSocketClientHandshaker handshaker;

  WebSocketClient(SocketNetworkConfig config, boolean secure, StreamConnection connection) {
    this.config = config;
    this.connection = connection;
    this.handshaker =
        WebSocketClientHandshakerFactory.newHandshaker(
            uri(config, secure, connection),
            WebSocketVersion.V13,
            WebSocketLayer.SUBPROTOCOL,
            false,
            headers(config, connection),
            config.maxMessageBytes());
  }

  /** What the program wants to say; nothing of it if some of it can't be said. */
  private static HttpHeaders headers(SocketNetworkConfig config, StreamConnection connection) {
    HttpHeaders headers = new DefaultHttpHeaders();
    try {
      config
          .policy()
          .webSocketHeaders(connection.domain(), connection.remote())
          .forEach(headers::set);
      return headers;
    } catch (RuntimeException e) {
      LOG.error("{}: the connection policy failed", connection, e);
      return EmptyHttpHeaders.INSTANCE;
    }
  }

  /** The host is the domain that was asked for, whatever the DNS made of it. */
  private static URI uri(SocketNetworkConfig config, boolean secure, StreamConnection connection) {
    String domain = connection.domain();
    String host = domain.indexOf(':') < 0 || domain.startsWith("[") ? domain : "[" + domain + "]";
    String path = config.webSocket().path();
    return URI.create(
        (secure ? "wss://" : "ws://")
            + host
            + ":"
            + connection.remote().getPort()
            + (path.isEmpty() ? "/" : path));
  }

  /** The socket is there, or TLS on it; what's above waits for the handshake. */
  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    handshaker
        .handshake(ctx.channel())
        .addListener(
            sent -> {
              if (!sent.isSuccess()) {
                ctx.fireExceptionCaught(sent.cause());
              }
            });
    WebSocketLayer.limitHandshake(ctx, config.tls().handshakeTimeoutMillis(), connection);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object received) {
    try {
      if (received instanceof FullHttpResponse response && !handshaker.isHandshakeComplete()) {
        handshaker.finishHandshake(ctx.channel(), response);
        WebSocketLayer.open(ctx, connection);
      }
    } catch (WebSocketHandshakeException e) {
      String message = String.valueOf(e.getMessage());
      String why = received instanceof FullHttpResponse r ? refusal(r, message) : message;
      ctx.fireExceptionCaught(
          new IOException(connection.domain() + " opens no WebSocket: HTTP " + why, e));
    } finally {
      ReferenceCountUtil.release(received);
    }
  }

  /** What a response says that's no WebSocket; of a challenge, how it can be answered. */
  private static String refusal(FullHttpResponse response, String why) {
    CharSequence challenge =
        switch (response.status().code()) {
          case 401 -> HttpHeaderNames.WWW_AUTHENTICATE;
          case 407 -> HttpHeaderNames.PROXY_AUTHENTICATE;
          default -> null;
        };
    return challenge == null
        ? response.status() + "; " + why
        : response.status()
            + ", and wants credentials ("
            + response.headers().get(challenge)
            + "): ConnectionPolicy.webSocketHeaders can give them";
  }
}
