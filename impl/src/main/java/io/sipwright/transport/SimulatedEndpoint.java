package io.sipwright.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An address of a {@link SimulatedNetwork} that's open for one transport. */
final class SimulatedEndpoint implements Endpoint {
  private static final int LONGEST_DATAGRAM = 65_507;

  /** A pair of addresses. */
  private record DatagramFlow(SimulatedEndpoint endpoint, InetSocketAddress remote)
      implements Flow {
    @Override
    public InetSocketAddress local() {
      return endpoint.local;
    }

    @Override
    public boolean isOpen() {
      return !endpoint.isClosed();
    }

    @Override
    public void send(byte[] bytes, @Nullable FailureListener onFailure) {
      endpoint.sendDatagram(bytes, remote, onFailure);
    }

    @Override
    public Ping ping(PongListener listener) {
      return endpoint.pings.ping(remote, listener, bytes -> send(bytes, null));
    }
  }

  private final SimulatedNetwork network;
  private final String transport;
  private final InetSocketAddress local;
  private final Inbound inbound;
  private final StunPings pings = new StunPings();

  // Guarded by the network's lock.
  private final Map<InetSocketAddress, SimulatedConnection> byRemote = new LinkedHashMap<>();
  private final Set<SimulatedConnection> connections = new LinkedHashSet<>();
  private final Aliases<SimulatedConnection> aliases = new Aliases<>();
  private boolean refusing;
  private boolean closed;

  SimulatedEndpoint(
      SimulatedNetwork network, String transport, InetSocketAddress local, Inbound inbound) {
    this.network = network;
    this.transport = transport;
    this.local = local;
    this.inbound = inbound;
  }

  @Override
  public String transport() {
    return transport;
  }

  @Override
  public boolean reliable() {
    return transport.equals("tcp");
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  public Flow flowTo(InetSocketAddress remote) {
    Addresses.resolved(remote);
    return reliable() ? connectionTo(remote) : new DatagramFlow(this, remote);
  }

  SimulatedConnection connectionTo(InetSocketAddress remote) {
    synchronized (network.lock) {
      SimulatedConnection current =
          aliases.get(remote).stream()
              .filter(SimulatedConnection::isConnected)
              .findFirst()
              .orElse(byRemote.get(remote));
      if (current == null || !current.isOpen()) {
        current = new SimulatedConnection(network, this, remote, null);
        list(current);
      }
      return current;
    }
  }

  @Override
  public @Nullable Flow existingFlow(InetSocketAddress remote) {
    synchronized (network.lock) {
      SimulatedConnection current = byRemote.get(remote);
      return current != null && current.isConnected() ? current : null;
    }
  }

  @Override
  public void alias(Flow flow, InetSocketAddress address) {
    synchronized (network.lock) {
      if (flow instanceof SimulatedConnection connection
          && !connection.isOutgoing()
          && connections.contains(connection)) {
        aliases.put(address, connection);
      }
    }
  }

  @Override
  public void close() {
    List<SimulatedConnection> ending;
    synchronized (network.lock) {
      closed = true;
      ending = List.copyOf(connections);
      network.remove(this);
    }
    ending.forEach(connection -> connection.close(null));
  }

  Inbound inbound() {
    return inbound;
  }

  boolean isClosed() {
    synchronized (network.lock) {
      return closed;
    }
  }

  void refuse(boolean refused) {
    synchronized (network.lock) {
      refusing = refused;
    }
  }

  boolean accepts() {
    synchronized (network.lock) {
      return !refusing && !closed;
    }
  }

  void list(SimulatedConnection connection) {
    synchronized (network.lock) {
      byRemote.put(connection.remote(), connection);
      connections.add(connection);
    }
  }

  void unlist(SimulatedConnection connection) {
    synchronized (network.lock) {
      byRemote.remove(connection.remote(), connection);
      connections.remove(connection);
      aliases.remove(connection);
    }
  }

  /** Keep-alives are answered here as at a real socket. */
  void onDatagram(InetSocketAddress from, byte[] buffer, int offset, int length) {
    if (!Datagrams.isKeepAlive(buffer, offset, length)) {
      inbound.onMessage(flowTo(from), buffer, offset, length);
      return;
    }
    byte[] answer = Stun.answer(buffer, offset, length, from);
    if (answer != null) {
      sendDatagram(answer, from, null);
    } else {
      pings.receive(from, buffer, offset, length);
    }
  }

  private void sendDatagram(
      byte[] bytes, InetSocketAddress remote, Flow.@Nullable FailureListener onFailure) {
    String why = null;
    if (isClosed()) {
      why = "Socket is closed";
    } else if (bytes.length > LONGEST_DATAGRAM) {
      why = "Message too long";
    } else if (remote.getPort() == 0) {
      why = "Can't send to port 0";
    }
    if (why == null) {
      network.sendDatagram(local, remote, bytes);
    } else if (onFailure != null) {
      IOException failure = Addresses.failure(transport, local, remote, why);
      onFailure.onFailure(failure);
    }
  }
}
