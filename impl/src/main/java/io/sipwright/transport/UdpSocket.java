package io.sipwright.transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bound UDP socket and the threads that block in it and hand on what comes. If something closes
 * the socket under them, another takes its place.
 *
 * <p>{@link DatagramSocket} and not {@code DatagramChannel}: it's the same code inside and as fast,
 * but a channel gets closed when a thread with its interrupt flag set sends on it.
 */
final class UdpSocket {
  private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);

  /** More than any datagram can hold, so that none is ever cut short. */
  private static final int LONGEST_DATAGRAM = 65_536;

  private static final int PATIENCE = 10;
  private static final int PAUSE_MILLIS = 50;
  private static final int JOIN_MILLIS = 2_000;

  /** Gets what arrives, on the socket's threads. */
  interface Receiver {
    /** The packet's buffer is reused afterwards. */
    void onDatagram(DatagramPacket packet);
  }

  /**
   * How a socket is bound.
   *
   * @param address where
   * @param shared whether other sockets of this endpoint are bound to the same address
   * @param groups multicast groups to join
   * @param via the interface of multicast; null for the system's choice
   */
  record Binding(
      InetSocketAddress address,
      boolean shared,
      List<InetAddress> groups,
      @Nullable NetworkInterface via) {
    /** An address, and nothing else. */
    static Binding to(InetSocketAddress address) {
      return new Binding(address, false, List.of(), null);
    }

    Binding at(int port) {
      InetSocketAddress bound = new InetSocketAddress(address.getAddress(), port);
      return new Binding(bound, shared, groups, via);
    }
  }

  private final UdpSettings settings;
  private final Binding binding;
  private final Receiver receiver;
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Object reopening = new Object();
  private volatile DatagramSocket socket;
  private volatile boolean closed;

  /** Binds; {@link #start} makes it receive. */
  UdpSocket(UdpSettings settings, Binding wanted, Receiver receiver) throws IOException {
    this.settings = settings;
    this.receiver = receiver;
    this.socket = bind(settings, wanted);
    this.binding = wanted.at(socket.getLocalPort());
  }

  /** Whether several sockets can be bound to one address here. */
  static boolean canShare() {
    try (DatagramSocket probe = new DatagramSocket(null)) {
      return probe.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
    } catch (SocketException e) {
      return false;
    }
  }

  @SuppressWarnings("AddressSelection") // The address is resolved.
  private static DatagramSocket bind(UdpSettings settings, Binding binding) throws IOException {
    DatagramSocket socket = new DatagramSocket(null);
    try {
      if (binding.shared) {
        socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      if (!binding.groups.isEmpty()) {
        socket.setReuseAddress(true); // others on this machine listen to the group too
      }
      socket.bind(binding.address);
      if (binding.via != null) {
        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, binding.via);
      }
      for (InetAddress group : binding.groups) {
        socket.joinGroup(new InetSocketAddress(group, 0), binding.via);
      }
    } catch (IOException e) {
      socket.close();
      throw Addresses.cannotBind("udp", binding.address, e);
    }
    try {
      if (settings.receiveBuffer() > 0) {
        socket.setReceiveBufferSize(settings.receiveBuffer());
      }
      if (settings.sendBuffer() > 0) {
        socket.setSendBufferSize(settings.sendBuffer());
      }
    } catch (SocketException e) {
      LOG.debug("udp {} keeps the system's buffer sizes", Addresses.text(binding.address), e);
    }
    return socket;
  }

  /** Starts the threads that receive. */
  void start(String name, boolean daemon) {
    for (int i = 0; i < settings.threads(); i++) {
      Thread thread = new Thread(this::receive, i == 0 ? name : name + "-" + (i + 1));
      thread.setDaemon(daemon);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  /** The port it's bound to. */
  int port() {
    return binding.address.getPort();
  }

  /** The socket in use. */
  DatagramSocket socket() {
    return socket;
  }

  /** Sends; unchecked exceptions come for port 0 and for the wrong address family. */
  void send(byte[] bytes, InetSocketAddress remote) throws IOException {
    DatagramSocket current = socket;
    DatagramPacket packet = new DatagramPacket(bytes, bytes.length, remote);
    try {
      current.send(packet);
    } catch (SocketException e) {
      if (!current.isClosed() || !reopen(current)) {
        throw e;
      }
      socket.send(packet);
    }
  }

  /** Frees the port and ends the threads, but for the calling one. */
  void close() {
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
      try {
        receiver.onDatagram(packet);
      } catch (Throwable e) {
        LOG.error("udp {}: a message from {} failed", here(), packet.getSocketAddress(), e);
      }
    }
  }

  private String here() {
    return Addresses.text(binding.address);
  }

  /** Goes on receiving whatever happened, with a new socket if something closed the old one. */
  private void survive(DatagramSocket failed, IOException cause, int failures) {
    LOG.warn("udp {}: receiving failed ({})", here(), cause.toString());
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
        socket = bind(settings, binding);
        return true;
      } catch (IOException e) {
        LOG.error("udp {}: the socket is lost; trying again", here(), e);
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
