package io.sipwright.transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP address: one socket, or several that share it, and one for each multicast group. Sent to by
 * whoever calls.
 */
final class UdpEndpoint implements Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(UdpEndpoint.class);

  /** Flows to recent peers, so that a datagram from one of them allocates nothing; power of 2. */
  private static final int RECENT_FLOWS = 1024;

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

    @Override
    public Ping ping(PongListener listener) {
      return endpoint.pings.ping(remote, listener, bytes -> send(bytes, null));
    }
  }

  private final UdpSettings settings;
  private final Inbound inbound;
  private final Consumer<Endpoint> onClose;
  private final InetSocketAddress local;

  /** All sockets: first those that share the address, then those of multicast groups. */
  private final List<UdpSocket> sockets = new ArrayList<>();

  /** How many of the sockets are bound to the address; these are sent from. */
  private final int senders;

  private final @Nullable PeerSockets peers;
  private final StunPings pings = new StunPings();

  /** Written and read without a lock: who sees an old one makes a new one. */
  private final @Nullable UdpFlow[] recent = new @Nullable UdpFlow[RECENT_FLOWS];

  private volatile boolean closed;

  /** Binds and receives. */
  UdpEndpoint(
      SocketNetworkConfig config,
      InetSocketAddress local,
      Inbound inbound,
      Consumer<Endpoint> onClose)
      throws IOException {
    this.settings = config.udp();
    this.inbound = inbound;
    this.onClose = onClose;
    try {
      senders = bindSenders(local);
      // A wildcard stays as it was given: the socket may show the one of the other IP version.
      this.local = new InetSocketAddress(local.getAddress(), sockets.get(0).port());
      bindGroups();
      peers =
          settings.detectUnreachable()
              ? new PeerSockets(this.local, this::handOn, config.name(), config.daemonThreads())
              : null;
    } catch (IOException e) {
      sockets.forEach(UdpSocket::close);
      throw e;
    }
    String name = config.name() + "-udp-" + Addresses.text(this.local);
    for (int i = 0; i < sockets.size(); i++) {
      sockets.get(i).start(i == 0 ? name : name + "." + (i + 1), config.daemonThreads());
    }
  }

  /** Binds what's sent from, and returns the number of these sockets. */
  private int bindSenders(InetSocketAddress address) throws IOException {
    boolean several = settings.sockets() > 1 || settings.detectUnreachable();
    if (several && !UdpSocket.canShare()) {
      LOG.warn("udp {}: this system has no SO_REUSEPORT; one socket", Addresses.text(address));
      several = false;
    }
    List<InetAddress> groups =
        address.getAddress().isAnyLocalAddress() ? settings.multicastGroups() : List.of();
    if (!several) {
      sockets.add(socket(new UdpSocket.Binding(address, false, groups, interfaceOf(address))));
      return 1;
    }
    // Alone first: an address that somebody else shares must not count as free.
    UdpSocket alone = socket(UdpSocket.Binding.to(address));
    int port = alone.port();
    alone.close();
    InetSocketAddress shared = new InetSocketAddress(address.getAddress(), port);
    for (int i = 0; i < settings.sockets(); i++) {
      List<InetAddress> joined = i == 0 ? groups : List.of();
      sockets.add(socket(new UdpSocket.Binding(shared, true, joined, interfaceOf(address))));
    }
    return sockets.size();
  }

  /** A socket bound to one address doesn't get what's sent to a group: each has one of its own. */
  private void bindGroups() throws IOException {
    InetAddress own = local.getAddress();
    if (own.isAnyLocalAddress()) {
      return;
    }
    for (InetAddress group : settings.multicastGroups()) {
      if (group instanceof Inet4Address == own instanceof Inet4Address) {
        InetSocketAddress address = new InetSocketAddress(group, local.getPort());
        sockets.add(
            socket(new UdpSocket.Binding(address, false, List.of(group), interfaceOf(local))));
      }
    }
  }

  /** The interface multicast goes through; null where there's none, or the system chooses. */
  private @Nullable NetworkInterface interfaceOf(InetSocketAddress address) throws IOException {
    return settings.multicastGroups().isEmpty() || address.getAddress().isAnyLocalAddress()
        ? null
        : NetworkInterface.getByInetAddress(address.getAddress());
  }

  private UdpSocket socket(UdpSocket.Binding binding) throws IOException {
    return new UdpSocket(settings, binding, this::onDatagram);
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
    if (peers != null) {
      peers.close();
    }
    sockets.forEach(UdpSocket::close);
    onClose.accept(this);
  }

  /** The first socket in use; for tests of how its loss is survived. */
  DatagramSocket socket() {
    return sockets.get(0).socket();
  }

  private Flow flow(InetAddress address, int port) {
    int hash = hash(address, port);
    int index = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (RECENT_FLOWS - 1);
    UdpFlow flow = recent[index];
    if (flow == null
        || flow.remote.getPort() != port
        || !flow.remote.getAddress().equals(address)
        || Addresses.differInZone(flow.remote.getAddress(), address)) {
      flow = new UdpFlow(this, new InetSocketAddress(address, port));
      recent[index] = flow;
    }
    return flow;
  }

  private static int hash(InetAddress address, int port) {
    return address.hashCode() * 31 + port;
  }

  private void send(
      byte[] bytes, InetSocketAddress remote, Flow.@Nullable FailureListener onFailure) {
    try {
      if (peers != null && onFailure != null && peers.send(bytes, remote, onFailure)) {
        return;
      }
      int index =
          senders == 1 ? 0 : Math.floorMod(hash(remote.getAddress(), remote.getPort()), senders);
      sockets.get(index).send(bytes, remote);
    } catch (IOException | RuntimeException e) {
      // Port 0 and the wrong address family come as unchecked exceptions.
      LOG.debug("udp {}: not sent to {}", local, remote, e);
      if (onFailure != null) {
        onFailure.onFailure(Addresses.failure("udp", local, remote, e));
      }
    }
  }

  private void onDatagram(DatagramPacket packet) {
    Flow flow = flow(packet.getAddress(), packet.getPort());
    handOn(flow.remote(), packet.getData(), packet.getLength());
  }

  private void handOn(InetSocketAddress from, byte[] buffer, int length) {
    if (!Datagrams.isKeepAlive(buffer, 0, length)) {
      inbound.onMessage(flow(from.getAddress(), from.getPort()), buffer, 0, length);
      return;
    }
    byte[] answer = settings.answerStun() ? Stun.answer(buffer, 0, length, from) : null;
    if (answer != null) {
      send(answer, from, null);
    } else {
      pings.receive(from, buffer, 0, length);
    }
  }
}
