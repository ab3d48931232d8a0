package io.sipwright.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.ReferenceCountUtil;
import io.sipwright.tls.TlsContext;
import io.sipwright.tls.TlsSession;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS, on Java's own engine. */
final class TlsLayer implements StreamLayer {
  private static final Logger LOG = LoggerFactory.getLogger(TlsLayer.class);

  /** How long a close_notify may take to be written before the socket is closed all the same. */
  private static final int CLOSE_MILLIS = 1_000;

  private final TlsContext context;
  private final ConnectionPolicy policy;
  private final boolean asBrowser;

  /**
   * A layer that makes its engines of a context.
   *
   * @param asBrowser whether servers are checked by the rules of HTTPS and not by those of SIP
   */
  TlsLayer(TlsContext context, ConnectionPolicy policy, boolean asBrowser) {
    this.context = context;
    this.policy = policy;
    this.asBrowser = asBrowser;
  }

  @Override
  public void addTo(ChannelPipeline pipeline, StreamConnection connection) {
    SSLEngine engine =
        connection.isOutgoing()
            ? context.clientEngine(connection.domain(), connection.remote().getPort(), asBrowser)
            : context.serverEngine();
    SslHandler handler =
        new SslHandler(new WatchedEngine(engine, connection::loopWrites, connection::lastWords));
    handler.setHandshakeTimeoutMillis(context.settings().handshakeTimeoutMillis());
    handler.setCloseNotifyFlushTimeoutMillis(CLOSE_MILLIS);
    TlsRecords records = new TlsRecords();
    connection.watch(records);
    pipeline.addLast(records).addLast(handler).addLast(new Gate(connection, records));
  }

  @Override
  public WireForm wireForm(WireForm below, ChannelPipeline pipeline, StreamConnection connection) {
    WatchedEngine engine = (WatchedEngine) pipeline.get(SslHandler.class).engine();
    return new TlsForm(engine.unwatched());
  }

  @Override
  public ChannelFuture farewell(Channel channel) {
    SslHandler handler = channel.pipeline().get(SslHandler.class);
    return handler == null ? channel.newSucceededFuture() : handler.closeOutbound();
  }

  /** Lets nobody through before the handshake is done, and the policy content. */
  private final class Gate extends ChannelInboundHandlerAdapter {
    private final StreamConnection connection;
    private final TlsRecords records;
    private boolean open;

    Gate(StreamConnection connection, TlsRecords records) {
      this.connection = connection;
      this.records = records;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {} // the handshake begins

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object data) {
      if (open) {
        ctx.fireChannelRead(data);
      } else {
        ReferenceCountUtil.release(data); // of a peer that was refused
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
      if (event instanceof SslHandshakeCompletionEvent handshake) {
        if (!handshake.isSuccess()) {
          if (handshake.cause() instanceof SslHandshakeTimeoutException) {
            connection.reached(ConnectionLimit.HANDSHAKE_TIME);
          }
          refuse(ctx, handshake.cause());
        } else {
          admit(ctx);
        }
      } else if (event instanceof SslCloseCompletionEvent) {
        ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      } else {
        super.userEventTriggered(ctx, event);
      }
    }

    private void admit(ChannelHandlerContext ctx) {
      SSLEngine engine = ctx.pipeline().get(SslHandler.class).engine();
      TlsSession session = TlsSession.of(engine.getSession(), context.settings().verifyPeers());
      if (session.protocol().equals("TLSv1.2")) {
        records.allowNoOther();
        if (records.beganAnother()) { // in the same breath as it ended the first one
          refuse(ctx, new SSLException("TLS renegotiation is not allowed"));
          return;
        }
      }
      try {
        policy.checkPeer(session, connection.remote(), connection.isOutgoing());
      } catch (CertificateException e) {
        refuse(ctx, e);
        return;
      } catch (RuntimeException e) {
        LOG.error("{}: the connection policy failed", connection, e);
        refuse(ctx, e);
        return;
      }
      open = true;
      connection.secured(session);
      ctx.fireChannelActive();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive tells
    private void refuse(ChannelHandlerContext ctx, Throwable cause) {
      ctx.fireExceptionCaught(cause);
      ctx.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable e) {
      Throwable cause = e.getCause();
      ctx.fireExceptionCaught(e instanceof DecoderException && cause != null ? cause : e);
    }
  }
}
