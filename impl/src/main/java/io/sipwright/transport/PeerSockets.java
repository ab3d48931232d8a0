package io.sipwright.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UDP sockets that share an endpoint's address and are connected to one peer each: the way in which
 * a Java program gets to know of an ICMP "port unreachable" (RFC 3261 §18.4).
 *
 * <p>What the peer sends comes to its socket from then on, so it's received here too. The channels
 * don't block, so that no interrupt closes them.
 */
final class PeerSockets {
  private static final Logger LOG = LoggerFactory.getLogger(PeerSockets.class);
  private static final int LONGEST_DATAGRAM = 65_536;
  private static final int JOIN_MILLIS = 2_000;

  /** Peers at a time; the one that was sent to longest ago gives way. */
  private static final int MOST_PEERS = 256;

  /** Senders told of one ICMP message: those of the latest messages. */
  private static final int MOST_WAITING = 64;

  /** Gets what a peer sent; the buffer is reused afterwards. */
  interface Receiver {
    void onDatagram(InetSocketAddress from, byte[] buffer, int length);
  }

  /** The socket of a peer, and who wants to know if the peer can't be reached. */
  private static final class Peer {
    final InetSocketAddress remote;
    final DatagramChannel channel;
    private final ArrayDeque<Flow.FailureListener> waiting = new ArrayDeque<>();

    Peer(InetSocketAddress remote, DatagramChannel channel) {
      this.remote = remote;
      this.channel = channel;
    }

    synchronized void await(Flow.FailureListener listener) {
      if (waiting.size() == MOST_WAITING) {
        waiting.removeFirst();
      }
      waiting.add(listener);
    }

    synchronized void forget(Flow.FailureListener listener) {
      waiting.removeLastOccurrence(listener);
    }

    /** What was sent up to now has arrived, or has not. */
    synchronized List<Flow.FailureListener> settle() {
      List<Flow.FailureListener> all = new ArrayList<>(waiting);
      waiting.clear();
      return all;
    }
  }

  private final InetSocketAddress local;
  private final Receiver receiver;
  private final Selector selector;
  private final Thread thread;

  /** By address, the one used longest ago first; guarded by itself. */
  private final Map<InetSocketAddress, Peer> peers = new LinkedHashMap<>(16, 0.75f, true);

  private volatile boolean closed;

  /** No peer yet, and a thread that waits for what they'll send. */
  PeerSockets(InetSocketAddress local, Receiver receiver, String name, boolean daemon)
      throws IOException {
    this.local = local;
    this.receiver = receiver;
    this.selector = Selector.open();
    this.thread = new Thread(this::receive, name + "-udp-" + Addresses.text(local) + "-peers");
    thread.setDaemon(daemon);
    thread.start();
  }

  /**
   * Sends through the peer's socket.
   *
   * @return false if there can be none: then nothing was sent
   * @throws IOException if it could not be sent
   */
  boolean send(byte[] bytes, InetSocketAddress remote, Flow.FailureListener onFailure)
      throws IOException {
    Peer peer = peer(remote);
    if (peer == null) {
      return false;
    }
    peer.await(onFailure); // first, as the answer may be here before the call returns
    try {
      peer.channel.write(ByteBuffer.wrap(bytes));
    } catch (PortUnreachableException e) { // the answer to an earlier message
      tell(peer, e);
    } catch (IOException e) {
      peer.forget(onFailure);
      throw e;
    }
    return true;
  }

  private @Nullable Peer peer(InetSocketAddress remote) {
    synchronized (peers) {
      Peer peer = peers.get(remote);
      if (peer != null || closed || remote.getAddress().isMulticastAddress()) {
        return peer;
      }
      try {
        peer = open(remote);
      } catch (IOException | RuntimeException e) {
        LOG.debug("udp {}: no socket of its own for {}", local, remote, e);
        return null;
      }
      peers.put(remote, peer);
      if (peers.size() > MOST_PEERS) {
        Iterator<Peer> oldest = peers.values().iterator();
        close(oldest.next());
        oldest.remove();
      }
      return peer;
    }
  }

  private Peer open(InetSocketAddress remote) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      channel.bind(local);
      channel.connect(remote);
      Peer peer = new Peer(remote, channel);
      channel.register(selector, SelectionKey.OP_READ, peer);
      selector.wakeup();
      return peer;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void receive() {
    byte[] bytes = new byte[LONGEST_DATAGRAM];
    while (!closed) {
      try {
        selector.select(key -> receive((Peer) key.attachment(), bytes));
      } catch (IOException | ClosedSelectorException e) {
        if (!closed) {
          LOG.warn("udp {}: receiving failed", local, e);
        }
      }
    }
  }

  private void receive(Peer peer, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      for (buffer.clear(); peer.channel.read(buffer) > 0; buffer.clear()) {
        peer.settle(); // somebody is there
        receiver.onDatagram(peer.remote, bytes, buffer.position());
      }
    } catch (PortUnreachableException e) {
      tell(peer, e);
    } catch (IOException e) {
      LOG.debug("udp {}: receiving from {} failed", local, peer.remote, e);
      forget(peer);
    } catch (Throwable e) {
      LOG.error("udp {}: a message from {} failed", local, peer.remote, e);
    }
  }

  private void tell(Peer peer, IOException cause) {
    IOException failure = Addresses.failure("udp", local, peer.remote, cause);
    for (Flow.FailureListener listener : peer.settle()) {
      listener.onFailure(failure);
    }
  }

  private void forget(Peer peer) {
    synchronized (peers) {
      peers.remove(peer.remote, peer);
    }
    close(peer);
  }

  private void close(Peer peer) {
    try {
      peer.channel.close();
      selector.wakeup(); // which frees the socket for good
    } catch (IOException e) {
      LOG.debug("udp {}: closing the socket for {}", local, peer.remote, e);
    }
  }

  /** Frees all sockets and ends the thread, unless it's the calling one. */
  void close() {
    closed = true;
    synchronized (peers) {
      peers.values().forEach(this::close);
      peers.clear();
    }
    try {
      selector.close();
      if (thread != Thread.currentThread()) {
        thread.join(JOIN_MILLIS);
      }
    } catch (IOException e) {
      LOG.debug("udp {}: closing", local, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
