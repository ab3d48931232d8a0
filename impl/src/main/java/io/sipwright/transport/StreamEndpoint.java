package io.sipwright.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.sipwright.tls.SipIdentities;
import io.sipwright.tls.TlsSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening socket of a stream transport, and the connections from and to it. */
final class StreamEndpoint implements Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(StreamEndpoint.class);

  /** As much as Linux lets wait by default: whoever finds no place there tries a second later. */
  private static final int BACKLOG = 4_096;

  private static final int CLOSE_MILLIS = 2_000;

  private final StreamTransport transport;
  private final SocketNetworkConfig config;
  private final StreamLoops loops;
  private final GuardedInbound inbound;
  private final Consumer<Endpoint> onClose;
  private final Channel server;
  private final InetSocketAddress local;

  /** The connection to use for each peer: the latest one that's open. */
  private final Map<Peer, StreamConnection> byPeer = new ConcurrentHashMap<>();

  private final Aliases<StreamConnection> aliases = new Aliases<>();

  /** All that hold a socket. */
  private final Set<StreamConnection> connected = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  /** Binds and listens. */
  StreamEndpoint(
      StreamTransport transport,
      SocketNetworkConfig config,
      StreamLoops loops,
      InetSocketAddress local,
      Inbound inbound,
      Consumer<Endpoint> onClose)
      throws IOException {
    this.transport = transport;
    this.config = config;
    this.loops = loops;
    this.inbound = new GuardedInbound(inbound);
    this.onClose = onClose;
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops.group())
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accept(channel);
                  }
                })
            .bind(local)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw Addresses.cannotBind(transport.name(), local, bound.cause());
    }
    this.server = bound.channel();
    int port = ((InetSocketAddress) server.localAddress()).getPort();
    this.local = new InetSocketAddress(local.getAddress(), port);
  }

  @Override
  public String transport() {
    return transport.name();
  }

  @Override
  public boolean reliable() {
    return true;
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  public boolean delimitsMessages() {
    return transport.wholeMessages();
  }

  @Override
  public StreamConnection flowTo(InetSocketAddress remote) {
    return flowTo(remote, Addresses.resolved(remote).getAddress().getHostAddress());
  }

  /**
   * {@inheritDoc} A connection that the peer has opened is as good for a numeric address: that's
   * what a peer is that's known by nothing else.
   */
  @Override
  public StreamConnection flowTo(InetSocketAddress remote, String domain) {
    Addresses.resolved(remote);
    Peer anyone = Peer.at(remote);
    for (StreamConnection alias : aliases.get(remote)) {
      if (alias.isConnected() && isFor(alias, domain)) {
        return alias;
      }
    }
    if (!transport.perDomain()) {
      return connectionTo(anyone);
    }
    if (SipIdentities.isNumeric(domain)) {
      StreamConnection accepted = byPeer.get(anyone);
      if (accepted != null && accepted.isConnected()) {
        return accepted;
      }
    }
    return connectionTo(Peer.of(remote, domain));
  }

  /**
   * {@inheritDoc} Certificates of servers are looked at when somebody wants to use the connection:
   * it may not be open yet.
   */
  @Override
  public void alias(Flow flow, InetSocketAddress address) {
    if (flow instanceof StreamConnection connection && mayShare(connection)) {
      aliases.put(address, connection);
      if (!connection.isOpen()) {
        aliases.remove(connection); // meanwhile
      }
    }
  }

  /** RFC 5923 §9.2. Without certificates, what's opened from here is one for all as it is. */
  private boolean mayShare(StreamConnection connection) {
    return transport.perDomain()
        ? connection.isOutgoing() || certificate(connection) != null
        : !connection.isOutgoing();
  }

  /** What the peer has shown and what was found valid; null if that's nothing. */
  private static @Nullable X509Certificate certificate(StreamConnection connection) {
    TlsSession tls = connection.tls();
    return tls == null || !tls.verified() || tls.peerCertificates().isEmpty()
        ? null
        : tls.peerCertificates().get(0);
  }

  /** RFC 5923 §8.2, condition 2: as if the connection had been opened to that domain. */
  private boolean isFor(StreamConnection alias, String domain) {
    if (!transport.perDomain()) {
      return true;
    }
    X509Certificate certificate = certificate(alias);
    return certificate != null && SipIdentities.include(certificate, domain);
  }

  /** The connection to a peer, a new one if need be. */
  StreamConnection connectionTo(Peer peer) {
    StreamConnection current = byPeer.get(peer);
    if (current != null && current.isOpen()) {
      return current;
    }
    if (byPeer.size() > 2L * config.maxConnections()) {
      byPeer.values().removeIf(StreamConnection::isUnused);
    }
    return byPeer.compute(
        peer,
        (key, other) ->
            other != null && other.isOpen() ? other : new StreamConnection(this, key, true));
  }

  @Override
  public @Nullable Flow existingFlow(InetSocketAddress remote) {
    StreamConnection current = byPeer.get(Peer.at(remote));
    if (current == null && transport.perDomain()) {
      current = byPeer.get(Peer.of(remote, remote.getAddress().getHostAddress()));
    }
    return current != null && current.isConnected() ? current : null;
  }

  @Override
  public void close() {
    closed = true;
    ChannelFuture unbound = server.close();
    List<StreamConnection> ending = List.copyOf(connected);
    byPeer.clear();
    ending.forEach(StreamConnection::close);
    if (!loops.inLoop()) {
      unbound.awaitUninterruptibly(CLOSE_MILLIS);
      awaitSelect();
      awaitEnds(ending);
    }
    onClose.accept(this);
  }

  /** All have the same time: event loops that are held up must not cost it for each of them. */
  private void awaitEnds(List<StreamConnection> ending) {
    int patience = CLOSE_MILLIS;
    for (StreamConnection connection : ending) {
      if (!connection.awaitEnd(patience)) {
        LOG.warn("{} doesn't end", connection);
        patience = 0;
      }
    }
  }

  /**
   * Waits until the event loop has selected once more: only then does a selector let go of a closed
   * socket, and of its port. It does so before it runs a task that was scheduled after the closing.
   */
  private void awaitSelect() {
    try {
      server
          .eventLoop()
          .schedule(() -> {}, 1, TimeUnit.MILLISECONDS)
          .awaitUninterruptibly(CLOSE_MILLIS);
    } catch (RejectedExecutionException e) {
      LOG.debug("{} {}: its threads have ended already", transport.name(), local, e);
    }
  }

  SocketNetworkConfig config() {
    return config;
  }

  /** What stands above; throws nothing. */
  Inbound inbound() {
    return inbound;
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Opens the socket of a connection. All of it happens on its event loop, which tells what came of
   * it even while it ends.
   *
   * @return whether there's a loop that does so
   */
  boolean connect(StreamConnection connection, ChannelFutureListener then) {
    EventLoop loop = loops.group().next();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, config.connectTimeoutMillis())
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    addHandlers(channel, connection);
                  }
                });
    if (!local.getAddress().isAnyLocalAddress()) {
      bootstrap.localAddress(new InetSocketAddress(local.getAddress(), 0));
    }
    try {
      loop.execute(() -> bootstrap.connect(connection.remote()).addListener(then));
      return true;
    } catch (RejectedExecutionException e) {
      LOG.debug("{} {}: its threads have ended", transport.name(), local, e);
      return false;
    }
  }

  private void accept(SocketChannel channel) {
    InetSocketAddress remote = channel.remoteAddress();
    if (remote == null) {
      var unused = channel.close(); // it's gone already
      return;
    }
    boolean behind = config.proxies().contains(remote.getAddress());
    StreamConnection connection = new StreamConnection(this, Peer.at(remote), false);
    if (admit(connection, behind ? null : remote.getAddress())) {
      if (behind) {
        channel.pipeline().addLast(new ProxyGate(this, connection));
      }
      addHandlers(channel, connection);
    } else {
      var unused = channel.close();
    }
  }

  private void addHandlers(SocketChannel channel, StreamConnection connection) {
    channel.pipeline().addLast(new SocketGate(connection));
    int silence = config.keepAlive().silenceMillis();
    if (silence > 0 && !connection.isOutgoing()) {
      channel.pipeline().addLast(new SilenceHandler(connection, silence));
    }
    transport.addLayers(channel.pipeline(), connection);
    channel.pipeline().addLast(connection);
  }

  /** What the layers of an open connection make of messages; null if only they can. */
  WireForm wireForm(ChannelPipeline pipeline, StreamConnection connection) {
    return transport.wireForm(pipeline, connection);
  }

  /** Tells the peer of a connection that nothing more comes. */
  ChannelFuture farewell(Channel channel) {
    return transport.farewell(channel);
  }

  /** Runs a task on an event loop, or here if those have ended. */
  void runLater(Runnable task) {
    try {
      loops.group().execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("{} {}: its threads have ended", transport.name(), local, e);
      task.run();
    }
  }

  /**
   * Whether one more connection may be opened; counts it.
   *
   * @param source the peer's address if the peer has opened it, and is known
   */
  boolean admit(StreamConnection connection, @Nullable InetAddress source) {
    if (closed || !connection.place().take(source)) {
      return false;
    }
    connected.add(connection);
    return true;
  }

  /**
   * A load balancer has said whom a connection comes from.
   *
   * @param source null if it's the load balancer's own, as in its checks of our health
   * @return whether it may stay: there may be too many from there
   */
  boolean comesFrom(StreamConnection connection, @Nullable InetSocketAddress source) {
    if (source == null) {
      return true;
    }
    if (!connection.place().comesFrom(source.getAddress())) {
      return false;
    }
    connection.comesFrom(source);
    return true;
  }

  LimitCounts limits() {
    return loops.limits();
  }

  ConnectionPlaces places() {
    return loops.places();
  }

  /** A peer has connected: what is sent to it from now on goes this way. */
  void list(StreamConnection connection) {
    byPeer.put(connection.peer(), connection);
  }

  /** A connection takes no more messages. */
  void unlist(StreamConnection connection) {
    byPeer.remove(connection.peer(), connection);
    aliases.remove(connection);
  }

  /** A connection that was admitted is over. */
  void ended(StreamConnection connection) {
    connected.remove(connection);
    connection.place().leave();
  }
}
