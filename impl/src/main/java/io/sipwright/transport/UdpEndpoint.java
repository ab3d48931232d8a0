package io.sipwright.transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket, received from by threads of its own that block in it and hand on what comes; sent
 * to by whoever calls.
 *
 * <p>{@link DatagramSocket} and not {@code DatagramChannel}: it's the same code inside and as fast,
 * but a channel gets closed when a thread with its interrupt flag set sends on it.
 */
final class UdpEndpoint implements Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(UdpEndpoint.class);

  /** More than any datagram can hold, so that none is ever cut short. */
  private static final int LONGEST_DATAGRAM = 65_536;

  /** Flows to recent peers, so that a datagram from one of them allocates nothing; power of 2. */
  private static final int RECENT_FLOWS = 1024;

  private static final int PATIENCE = 10;
  private static final int PAUSE_MILLIS = 50;
  private static final int JOIN_MILLIS = 2_000;

  /** One peer. Safe to publish through a race: all fields are final. */
  private record UdpFlow(UdpEndpoint endpoint, InetSocketAddress remote) implements Flow {
    @Override
    public InetSocketAddress local() {
      return endpoint.local;
    }

    @Override
    public boolean isOpen() {
      return !endpoint.closed;
    }

    @Override
    public void send(byte[] bytes, @Nullable FailureListener onFailure) {
      endpoint.send(bytes, remote, onFailure);
    }
  }

  private final SocketNetworkConfig config;
  private final Inbound inbound;
  private final Consumer<Endpoint> onClose;
  private final InetSocketAddress local;
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Written and read without a lock: who sees an old one makes a new one. */
  private final @Nullable UdpFlow[] recent = new @Nullable UdpFlow[RECENT_FLOWS];

  private final Object reopening = new Object();
  private volatile DatagramSocket socket;
  private volatile boolean closed;

  /** Binds and receives. */
  UdpEndpoint(
      SocketNetworkConfig config,
      InetSocketAddress local,
      Inbound inbound,
      Consumer<Endpoint> onClose)
      throws IOException {
    this.config = config;
    this.inbound = inbound;
    this.onClose = onClose;
    this.socket = bind(config, local);
    // A wildcard stays as it was given: the socket may show the one of the other IP version.
    this.local = new InetSocketAddress(local.getAddress(), socket.getLocalPort());
    for (int i = 0; i < config.udpThreads(); i++) {
      String name = config.name() + "-udp-" + Addresses.text(this.local);
      Thread thread = new Thread(this::receive, i == 0 ? name : name + "-" + (i + 1));
      thread.setDaemon(config.daemonThreads());
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  @SuppressWarnings("AddressSelection") // The address is resolved.
  private static DatagramSocket bind(SocketNetworkConfig config, InetSocketAddress local)
      throws IOException {
    DatagramSocket socket = new DatagramSocket(null);
    try {
      socket.bind(local);
    } catch (IOException e) {
      socket.close();
      throw Addresses.cannotBind("udp", local, e);
    }
    try {
      if (config.udpReceiveBuffer() > 0) {
        socket.setReceiveBufferSize(config.udpReceiveBuffer());
      }
      if (config.udpSendBuffer() > 0) {
        socket.setSendBufferSize(config.udpSendBuffer());
      }
    } catch (SocketException e) {
      LOG.debug("udp {} keeps the system's buffer sizes", Addresses.text(local), e);
    }
    return socket;
  }

  @Override
  public String transport() {
    return "udp";
  }

  @Override
  public boolean reliable() {
    return false;
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  public Flow flowTo(InetSocketAddress remote) {
    return flow(Addresses.resolved(remote).getAddress(), remote.getPort());
  }

  @Override
  public @Nullable Flow existingFlow(InetSocketAddress remote) {
    return null;
  }

  @Override
  public void close() {
    closed = true;
    closing.countDown();
    synchronized (reopening) {
      socket.close();
    }
    for (Thread thread : threads) {
      if (thread == Thread.currentThread()) {
        continue;
      }
      try {
        thread.join(JOIN_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    onClose.accept(this);
  }

  /** The socket in use; for tests of how its loss is survived. */
  DatagramSocket socket() {
    return socket;
  }

  private Flow flow(InetAddress address, int port) {
    int hash = address.hashCode() * 31 + port;
    int index = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (RECENT_FLOWS - 1);
    UdpFlow flow = recent[index];
    if (flow == null
        || flow.remote.getPort() != port
        || !flow.remote.getAddress().equals(address)) {
      flow = new UdpFlow(this, new InetSocketAddress(address, port));
      recent[index] = flow;
    }
    return flow;
  }

  private void send(
      byte[] bytes, InetSocketAddress remote, Flow.@Nullable FailureListener onFailure) {
    DatagramSocket current = socket;
    try {
      DatagramPacket packet = new DatagramPacket(bytes, bytes.length, remote);
      try {
        current.send(packet);
      } catch (SocketException e) {
        if (!current.isClosed() || !reopen(current)) {
          throw e;
        }
        socket.send(packet);
      }
    } catch (IOException | RuntimeException e) {
      // Port 0 and the wrong address family come as unchecked exceptions.
      LOG.debug("udp {}: not sent to {}", local, remote, e);
      if (onFailure != null) {
        onFailure.onFailure(Addresses.failure("udp", local, remote, e));
      }
    }
  }

  private void receive() {
    byte[] buffer = new byte[LONGEST_DATAGRAM];
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    int failures = 0;
    while (!closed) {
      DatagramSocket current = socket;
      try {
        packet.setLength(buffer.length);
        current.receive(packet);
        failures = 0;
      } catch (IOException e) {
        if (!closed) {
          survive(current, e, ++failures);
        }
        continue;
      }
      handOn(packet, buffer);
    }
  }

  private void handOn(DatagramPacket packet, byte[] buffer) {
    int length = packet.getLength();
    if (Datagrams.isKeepAlive(buffer, 0, length)) {
      return;
    }
    try {
      inbound.onMessage(flow(packet.getAddress(), packet.getPort()), buffer, 0, length);
    } catch (Throwable e) {
      LOG.error("udp {}: a message from {} failed", local, packet.getSocketAddress(), e);
    }
  }

  /** Goes on receiving whatever happened, with a new socket if something closed the old one. */
  private void survive(DatagramSocket failed, IOException cause, int failures) {
    LOG.warn("udp {}: receiving failed ({})", local, cause.toString());
    boolean open = !failed.isClosed() || reopen(failed);
    if (!open || failures > PATIENCE) {
      pause();
    }
  }

  /** Puts a new socket in the place of one that something closed. Returns whether there is one. */
  private boolean reopen(DatagramSocket lost) {
    synchronized (reopening) {
      if (closed || socket != lost) {
        return !closed;
      }
      try {
        socket = bind(config, local);
        return true;
      } catch (IOException e) {
        LOG.error("udp {}: the socket is lost; trying again", local, e);
        return false;
      }
    }
  }

  private void pause() {
    try {
      boolean over = closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      LOG.trace("Paused, closing: {}", over);
    } catch (InterruptedException e) {
      LOG.trace("An interrupt means nothing to a receiving thread", e);
    }
  }
}
