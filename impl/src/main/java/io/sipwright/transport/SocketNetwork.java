package io.sipwright.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sockets of this machine: UDP on blocking sockets, TCP on Netty. */
public final class SocketNetwork implements Network {
  /** Opens endpoints of one transport. */
  private interface Transport {
    Endpoint open(InetSocketAddress local, Inbound inbound) throws IOException;
  }

  private final SocketNetworkConfig config;

  /** One row for each transport; what isn't here isn't supported. */
  private final Map<String, Transport> transports =
      Map.of("udp", this::openUdp, "tcp", this::openTcp);

  private final Set<Endpoint> endpoints = ConcurrentHashMap.newKeySet();
  private final Object lock = new Object();
  private @Nullable StreamLoops loops;
  private boolean closed;

  /** A network that uses nothing until an endpoint is opened. */
  public SocketNetwork(SocketNetworkConfig config) {
    this.config = config;
  }

  @Override
  public boolean supports(String transport) {
    return transports.containsKey(transport);
  }

  @Override
  public Endpoint open(String transport, InetSocketAddress local, Inbound inbound)
      throws IOException {
    Transport opener = transports.get(transport);
    if (opener == null) {
      throw new IOException(
          "No transport \"" + transport + "\" here, but " + List.copyOf(transports.keySet()));
    }
    Addresses.resolved(local);
    synchronized (lock) {
      if (closed) {
        throw new IOException("The network is closed");
      }
      Endpoint endpoint = opener.open(local, inbound);
      endpoints.add(endpoint);
      return endpoint;
    }
  }

  @Override
  public void close() {
    StreamLoops ending;
    synchronized (lock) {
      closed = true;
      ending = loops;
      loops = null;
    }
    for (Endpoint endpoint : List.copyOf(endpoints)) {
      endpoint.close();
    }
    if (ending != null) {
      ending.close();
    }
  }

  private Endpoint openUdp(InetSocketAddress local, Inbound inbound) throws IOException {
    return new UdpEndpoint(config, local, inbound, endpoints::remove);
  }

  private Endpoint openTcp(InetSocketAddress local, Inbound inbound) throws IOException {
    if (loops == null) {
      loops = new StreamLoops(config);
    }
    return new StreamEndpoint("tcp", config, loops, local, inbound, endpoints::remove);
  }
}
