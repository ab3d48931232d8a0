package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * An open WebSocket: one SIP message in one WebSocket message (RFC 7118 §5), text or binary; pings
 * are answered (RFC 6455 §5.5.2) and so is the peer's wish to close (§5.5.1).
 */
@SuppressWarnings("FutureReturnValueIgnored") // promises are handed on; failures close the channel
final class WebSocketFrames extends ChannelDuplexHandler {
  /** Status codes of RFC 6455 §7.4.1. */
  private static final int GOING_AWAY = 1001;

  static final int BAD_MESSAGE = 1008;
  private static final int TOO_BIG = 1009;

  /** How long the last frame may take to be written before the socket is closed all the same. */
  private static final int CLOSE_MILLIS = 1_000;

  private final StreamConnection connection;
  private boolean saidGoodbye;
  private boolean pinged;
  private int reason = GOING_AWAY;

  WebSocketFrames(StreamConnection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object received) {
    WebSocketFrame frame = (WebSocketFrame) received;
    pinged = false;
    if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
      ctx.fireChannelRead(frame.content());
    } else if (frame instanceof PingWebSocketFrame && ctx.channel().isWritable()) {
      ctx.writeAndFlush(new PongWebSocketFrame(frame.content()), ctx.voidPromise());
    } else if (frame instanceof CloseWebSocketFrame close) {
      reason = close.statusCode() < 0 ? 1000 : close.statusCode(); // is said back
      close.release();
      var unused = ctx.channel().close();
    } else {
      frame.release(); // a pong; or a ping of a peer that doesn't read
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (!(message instanceof ByteBuf bytes)) {
      ctx.write(message, promise);
    } else if (saidGoodbye || !bytes.isReadable()) {
      ReferenceCountUtil.release(message);
      if (saidGoodbye) {
        promise.tryFailure(new IOException("The WebSocket is closing"));
      } else {
        promise.trySuccess();
      }
    } else {
      // What is no UTF-8 goes in a binary message (RFC 7118 §4.2).
      boolean text = ByteBufUtil.isText(bytes, UTF_8);
      ctx.write(text ? new TextWebSocketFrame(bytes) : new BinaryWebSocketFrame(bytes), promise);
    }
  }

  /** Sends the last frame, behind what was written. */
  ChannelFuture sayGoodbye(ChannelHandlerContext ctx, int status) {
    if (saidGoodbye) {
      return ctx.channel().newSucceededFuture();
    }
    saidGoodbye = true;
    connection.lastWords();
    return ctx.writeAndFlush(new CloseWebSocketFrame(status, ""));
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (saidGoodbye || !ctx.channel().isActive()) {
      ctx.close(promise);
      return;
    }
    sayGoodbye(ctx, reason).addListener(written -> ctx.close(promise));
    ctx.executor().schedule(() -> ctx.close(ctx.newPromise()), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (!(event instanceof IdleStateEvent idle) || idle.state() != IdleState.READER_IDLE) {
      super.userEventTriggered(ctx, event);
    } else if (pinged) {
      ctx.fireExceptionCaught(new IOException("The peer doesn't answer a WebSocket ping"));
    } else {
      pinged = true;
      ctx.writeAndFlush(new PingWebSocketFrame(), ctx.voidPromise());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable e) {
    Throwable cause = e;
    if (e instanceof CorruptedWebSocketFrameException corrupted) {
      saidGoodbye = true; // by the decoder, with the status that fits
      connection.lastWords();
      if (corrupted.closeStatus().code() == TOO_BIG) {
        cause = new TooLongFrameException(e.getMessage(), e);
      }
    } else if (e instanceof TooLongFrameException) {
      reason = TOO_BIG;
    }
    ctx.fireExceptionCaught(cause);
  }
}
