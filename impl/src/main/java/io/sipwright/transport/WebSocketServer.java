package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.ReferenceCountUtil;
import io.sipwright.syntax.Chars;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the HTTP request that opens a WebSocket for SIP, and answers it (RFC 6455 §4.2, RFC
 * 7118 §4.1). Any other request is refused, and the connection closed.
 */
final class WebSocketServer extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketServer.class);

  private static final String VERSION = "13";
  private static final int KEY_BYTES = 16;

  private final SocketNetworkConfig config;
  private final StreamConnection connection;
  private boolean asked;

  WebSocketServer(SocketNetworkConfig config, StreamConnection connection) {
    this.config = config;
    this.connection = connection;
  }

  /** The time begins; what's above waits for the handshake. */
  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    WebSocketLayer.limitHandshake(ctx, config.tls().handshakeTimeoutMillis(), connection);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object received) {
    try {
      if (received instanceof FullHttpRequest request && !asked) {
        asked = true;
        answer(ctx, request);
      }
    } finally {
      ReferenceCountUtil.release(received);
    }
  }

  private void answer(ChannelHandlerContext ctx, FullHttpRequest request) {
    HttpHeaders headers = request.headers();
    String path = config.webSocket().path();
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    if (!request.decoderResult().isSuccess()) {
      refuse(ctx, 400, Map.of(), "This is no HTTP request.");
    } else if (!asksForWebSocket(request)) {
      refuse(
          ctx,
          426,
          Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", VERSION),
          "Only WebSockets with the sub-protocol sip are here (RFC 7118).");
    } else if (!headers.contains(HttpHeaderNames.HOST)
        || !isKey(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY))) {
      refuse(ctx, 400, Map.of(), "Host or Sec-WebSocket-Key are not those of RFC 6455.");
    } else if (!path.isEmpty() && !pathOf(request.uri()).equals(path)) {
      refuse(ctx, 404, Map.of(), "");
    } else if (!headers.containsValue(
        HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, WebSocketLayer.SUBPROTOCOL, false)) {
      refuse(ctx, 400, Map.of(), "The sub-protocol must be sip (RFC 7118).");
    } else if (origin != null && !isAllowed(origin)) {
      refuse(ctx, 403, Map.of(), "");
    } else {
      WebSocketAnswer answer = askPolicy(request);
      if (answer.status() == 101) {
        open(ctx, request);
      } else {
        refuse(ctx, answer.status(), answer.headers(), "");
      }
    }
  }

  /** RFC 6455 §4.2.1; drafts of it had other versions, and sent no close codes. */
  private static boolean asksForWebSocket(FullHttpRequest request) {
    HttpHeaders headers = request.headers();
    return request.method().equals(HttpMethod.GET)
        && request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0
        && headers.containsValue(HttpHeaderNames.UPGRADE, "websocket", true)
        && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        && headers.containsValue(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION, false)
        && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
  }

  /** Sixteen bytes in base64. */
  private static boolean isKey(String text) {
    try {
      return Base64.getDecoder().decode(text.strip()).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String pathOf(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  private boolean isAllowed(String origin) {
    List<String> allowed = config.webSocket().origins();
    return allowed.isEmpty() || allowed.stream().anyMatch(origin::equalsIgnoreCase);
  }

  private WebSocketAnswer askPolicy(FullHttpRequest request) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (Map.Entry<String, String> e : request.headers()) {
      headers.computeIfAbsent(Chars.lower(e.getKey()), n -> new ArrayList<>()).add(e.getValue());
    }
    try {
      return config
          .policy()
          .onWebSocket(
              new WebSocketRequest(
                  request.uri(),
                  request.headers().get(HttpHeaderNames.ORIGIN),
                  headers,
                  connection.remote(),
                  connection.tls()));
    } catch (RuntimeException e) {
      LOG.error("{}: the connection policy failed", connection, e);
      return new WebSocketAnswer(500, Map.of());
    }
  }

  private void open(ChannelHandlerContext ctx, FullHttpRequest request) {
    WebSocketDecoderConfig decoding =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(config.maxMessageBytes())
            .allowExtensions(false)
            .build();
    // A list of protocols is as good (RFC 6455 §4.2.1), but not for what reads it.
    request.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshaker13(request.uri(), WebSocketLayer.SUBPROTOCOL, decoding);
    handshaker
        .handshake(ctx.channel(), request)
        .addListener(
            done -> {
              if (done.isSuccess()) {
                WebSocketLayer.open(ctx, connection);
              } else {
                ctx.fireExceptionCaught(done.cause());
              }
            });
  }

  private void refuse(
      ChannelHandlerContext ctx, int status, Map<String, String> headers, String text) {
    LOG.debug("{}: no WebSocket, but {} {}", connection, status, text);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(status),
            Unpooled.copiedBuffer(text.isEmpty() ? "" : text + "\n", US_ASCII));
    headers.forEach(response.headers()::set);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain")
        .set(HttpHeaderNames.CONNECTION, status == 426 ? "Upgrade, close" : "close");
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }
}
