package io.sipwright.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.ReferenceCountUtil;
import io.sipwright.tls.TlsSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a stream transport. All but sending happens on its event loop; no callback runs
 * under a lock.
 *
 * <p>A connection may be dead long before anybody notices: the peer restarted, a firewall forgot
 * it. The request that finds out isn't lost: what was not written, and requests written shortly
 * before the end and followed by no byte from the peer, are sent once more on a new connection, if
 * this one was opened from here. If it wasn't, or that fails too, the senders are told.
 */
final class StreamConnection extends ChannelInboundHandlerAdapter implements Flow, Framer.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(StreamConnection.class);

  /** How long a peer that has closed its side may wait for the responses we owe it (64 * T1). */
  private static final int OWED_MILLIS = 32_000;

  private final StreamEndpoint endpoint;
  private final boolean outgoing;
  private final Framer framer;
  private final StreamLedger ledger = new StreamLedger();
  private final StreamOutbox outbox;
  private final StreamWatch watch;
  private final StreamWriter writer;
  private final StreamSocket socket = new StreamSocket();
  private final ConnectionPlaces.Place place;
  private final CountDownLatch end = new CountDownLatch(1);

  /** Set on the event loop before the connection is open, if a load balancer knows better. */
  private volatile Peer peer;

  private volatile @Nullable InetSocketAddress local;
  private final StreamPings pings = new StreamPings();

  /** Set on the event loop before the connection is open. */
  private volatile @Nullable TlsSession tls;

  /** Written on the event loop only. */
  private volatile boolean inputShut;

  // Only used on the event loop.
  private boolean opened;
  private int cameAtOnce;
  private @Nullable IOException cause;

  /** A connection from or to a peer; it has no socket yet. */
  StreamConnection(StreamEndpoint endpoint, Peer peer, boolean outgoing) {
    this.endpoint = endpoint;
    this.peer = peer;
    this.outgoing = outgoing;
    SocketNetworkConfig config = endpoint.config();
    boolean whole = endpoint.delimitsMessages();
    this.framer =
        whole
            ? new WholeMessages(this)
            : new StreamFramer(config.maxHeaderBytes(), config.maxMessageBytes(), this);
    this.outbox = new StreamOutbox(config, ledger, endpoint.limits().waiting, whole);
    this.place =
        endpoint
            .places()
            .place(() -> socket.onLoop(() -> cut(failure("closed to make room for another one"))));
    this.watch = new StreamWatch(this, config, outbox, ledger, framer);
    this.writer = new StreamWriter(this, outbox, ledger, watch, framer);
  }

  @Override
  public StreamEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public InetSocketAddress remote() {
    return peer.remote();
  }

  Peer peer() {
    return peer;
  }

  /** The peer's address; of a load balancer that's not the one that it has connected from. */
  void comesFrom(InetSocketAddress address) {
    peer = Peer.at(address);
  }

  /** The domain it was opened for; empty if the peer has opened it. */
  String domain() {
    return peer.domain();
  }

  @Override
  public boolean isOutgoing() {
    return outgoing;
  }

  @Override
  public @Nullable TlsSession tls() {
    return tls;
  }

  /** Its place among those that there may be. */
  ConnectionPlaces.Place place() {
    return place;
  }

  /** Whether the peer sends no more. */
  boolean isInputShut() {
    return inputShut;
  }

  StreamSocket socket() {
    return socket;
  }

  /** A limit was reached. */
  void reached(ConnectionLimit limit) {
    endpoint.limits().reached(limit, remote());
  }

  /** What a layer gets must come to its end within the time for messages. */
  void watch(Wholeness wholeness) {
    watch.add(wholeness);
  }

  /** Its TLS handshake is done. */
  void secured(TlsSession session) {
    tls = session;
  }

  @Override
  public InetSocketAddress local() {
    InetSocketAddress known = local;
    return known == null ? endpoint.local() : known;
  }

  @Override
  public boolean isOpen() {
    return outbox.state() != StreamOutbox.State.SHUT && !endpoint.isClosed();
  }

  /** Whether it's open and has a socket. */
  boolean isConnected() {
    return outbox.state() == StreamOutbox.State.OPEN && !endpoint.isClosed();
  }

  /** Whether nothing was ever sent on it. */
  boolean isUnused() {
    return outbox.state() == StreamOutbox.State.NEW;
  }

  @Override
  public String toString() {
    return endpoint.transport()
        + " "
        + Addresses.text(local())
        + (outgoing ? " to " : " from ")
        + Addresses.text(remote());
  }

  @Override
  public void send(byte[] bytes, @Nullable FailureListener onFailure) {
    send(new StreamMessage(bytes, onFailure));
  }

  private void send(StreamMessage message) {
    switch (outbox.offer(message, socket.inLoop())) {
      case CONNECT -> connect(message);
      // On the event loop too: it runs once what has arrived is dealt with, and writes it all.
      case WRITE -> socket.onLoop(writer::writeAndRest);
      case WRITE_HERE -> writer.writeHere();
      case WAIT -> {}
      case FULL -> {
        if (message.isHeardOf()) {
          int limit = endpoint.config().maxPendingBytes();
          message.fail(failure("more than " + limit + " bytes would wait to be written"));
        } else if (message.isPong()) {
          watch.onPongDropped();
        }
        if (watch.isFirstFull()) { // or a flood of pings makes a flood of tasks
          socket.onLoop(watch::onFull);
        }
      }
      case SHUT -> sendElsewhere(message, failure("the connection is closed"));
    }
  }

  /** Sends on a new connection what this one could not deliver, but each message only once. */
  private void sendElsewhere(StreamMessage message, IOException failure) {
    if (outgoing && !message.moved && !endpoint.isClosed()) {
      message.moved = true;
      endpoint.connectionTo(peer).send(message);
    } else {
      message.fail(failure);
    }
  }

  private IOException failure(String what) {
    return Addresses.failure(endpoint.transport(), local(), remote(), what);
  }

  private IOException failure(Throwable why) {
    return Addresses.failure(endpoint.transport(), local(), remote(), why);
  }

  // ---- opening

  private void connect(StreamMessage first) {
    if (endpoint.admit(this, null) && endpoint.connect(this, this::onConnected)) {
      return;
    }
    endpoint.ended(this); // no harm where it wasn't admitted
    IOException why = failure("the endpoint is closed or has too many connections");
    outbox.withdraw(first);
    first.fail(why);
    // The others are not the caller's, who may hold a lock that their senders wait for.
    endpoint.runLater(() -> neverOpened(why));
  }

  private void onConnected(ChannelFuture connected) {
    if (!connected.isSuccess()) {
      endpoint.ended(this);
      neverOpened(failure(connected.cause()));
    }
  }

  private void neverOpened(IOException why) {
    endpoint.unlist(this);
    outbox.shut().forEach(message -> message.fail(why));
    endpoint.inbound().onClosed(this, why);
    end.countDown();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    socket.attach(ctx.channel());
    if (endpoint.isClosed() || place.isDisplaced()) {
      socket.close();
    }
  }

  /** The socket is there; layers have yet to agree with the peer. */
  void onSocket() {
    watch.onSocket();
  }

  /** Something was read or written, if only by a layer. */
  void onActive() {
    watch.onActive();
  }

  /** The socket is there, and all layers have agreed with the peer. */
  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    opened = true;
    local = (InetSocketAddress) ctx.channel().localAddress();
    if (!outgoing) {
      endpoint.list(this);
      watch.onAccepted();
    }
    if (outbox.open(Shortcut.of(ctx.channel(), endpoint.wireForm(ctx.pipeline(), this)))) {
      writer.write();
      socket.onLoop(writer::writeAndRest);
    }
    if (endpoint.isClosed()) {
      socket.close();
    }
  }

  // ---- writing

  /** Something is about to be written by the event loop, or by a layer. */
  void loopWrites() {
    outbox.loopWrites(writer);
  }

  /** The last words are about to be said: what's sent from now on comes too late. */
  void lastWords() {
    outbox.endShortcut();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable() && outbox.state() == StreamOutbox.State.OPEN) {
      writer.write();
    }
  }

  // ---- reading

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object received) {
    try {
      ledger.settleAll();
      StreamInput.feed((ByteBuf) received, framer, endpoint.delimitsMessages());
    } finally {
      ReferenceCountUtil.release(received);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    outbox.cameAtOnce(cameAtOnce);
    cameAtOnce = 0;
    watch.onRead();
  }

  @Override
  public void onMessage(byte[] buffer, int offset, int length) {
    cameAtOnce++;
    spoke();
    if (StreamMessage.asksForAnswer(buffer, offset, length)) {
      ledger.owe();
    } else if (StreamMessage.isFinalResponse(buffer, offset, length)) {
      ledger.answered();
    }
    endpoint.inbound().onMessage(this, buffer, offset, length);
  }

  /** A whole message came, or was written. */
  void spoke() {
    if (watch.onMessage()) {
      place.spoke();
    }
  }

  @Override
  public void onPing() {
    watch.onPing();
  }

  @Override
  public void promise(int seconds) {
    patience().promise(seconds);
  }

  IdlePatience patience() {
    return watch.patience();
  }

  @Override
  public void onPong() {
    pings.onPong();
  }

  @Override
  public Ping ping(PongListener listener) {
    return pings.ping(listener, () -> send(StreamMessage.PING, null));
  }

  @Override
  public void onBroken(byte[] buffer, int offset, int length, String reason) {
    LOG.debug("{}: {}", this, reason);
    if (framer.isTooLong()) {
      reached(ConnectionLimit.MESSAGE_SIZE);
    }
    endpoint.inbound().onBrokenStream(this, buffer, offset, length, reason);
    Channel open = socket.channel();
    if (open == null) {
      return;
    }
    outbox.writeAll(open, writer);
    if (outbox.shutIf(StreamOutbox.State.OPEN)) {
      endpoint.unlist(this);
      cause = failure(reason);
      socket.part(endpoint.farewell(open), inputShut);
    }
  }

  // ---- ending

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof ChannelInputShutdownEvent) {
      onInputShut();
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  /**
   * The peer sends no more. If it may be waiting for responses it gets them first; but a WebSocket
   * is closed by both sides or not at all (RFC 6455 §7.1.1).
   */
  private void onInputShut() {
    inputShut = true;
    if (!endpoint.delimitsMessages()
        && outbox.state() == StreamOutbox.State.OPEN
        && ledger.owes()) {
      socket.later(socket::close, OWED_MILLIS);
    } else {
      socket.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable e) {
    if (e instanceof TooLongFrameException) {
      reached(ConnectionLimit.MESSAGE_SIZE);
    }
    fail(e);
  }

  /** Whether somebody above wants to send on it later. */
  boolean isNeeded() {
    return endpoint.inbound().isNeeded(this);
  }

  /** Closes because the peer took too long or too much: at once, without a word. */
  void giveUp(ConnectionLimit limit, String why) {
    reached(limit);
    LOG.debug("{}: {}", this, why);
    cut(failure(why));
  }

  private void cut(IOException why) {
    if (cause == null) {
      cause = why;
    }
    socket.cut();
  }

  /** Closes because something went wrong. */
  void fail(Throwable why) {
    // A write that finds the channel closed says nothing about why it was.
    if (cause == null && !(why instanceof ClosedChannelException)) {
      cause = failure(why);
    }
    socket.close();
  }

  /** Writes what is waiting, as far as that goes without waiting, and closes. From any thread. */
  @Override
  public void close() {
    socket.onLoop(
        () -> {
          if (outbox.state() == StreamOutbox.State.OPEN) {
            writer.write();
          }
          socket.close();
        });
  }

  /** Waits for the end of the socket and of all callbacks. Returns whether it came. */
  boolean awaitEnd(int millis) {
    try {
      return end.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (endpoint.isClosed()) {
      // Nobody waits for their answers any more.
      ledger.settleAll();
    }
    List<StreamMessage> lost = outbox.shut();
    framer.stop();
    socket.ended();
    endpoint.unlist(this);
    endpoint.ended(this);
    IOException why = cause;
    IOException forSenders = why == null ? failure("the connection was closed") : why;
    for (StreamMessage message : lost) {
      if (opened) {
        sendElsewhere(message, forSenders);
      } else {
        message.fail(forSenders); // the peers don't agree, and won't next time
      }
    }
    endpoint.inbound().onClosed(this, why);
    end.countDown();
  }
}
