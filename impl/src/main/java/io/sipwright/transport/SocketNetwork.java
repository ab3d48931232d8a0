package io.sipwright.transport;

import io.sipwright.tls.TlsContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sockets of this machine: UDP on blocking sockets, the others on Netty. */
public final class SocketNetwork implements Network {
  /** Opens endpoints of one transport. */
  private interface Transport {
    Endpoint open(InetSocketAddress local, Inbound inbound) throws IOException;
  }

  private final SocketNetworkConfig config;

  /** One row for each transport; what isn't here isn't supported. */
  private final Map<String, Transport> transports =
      Map.of(
          "udp",
          this::openUdp,
          "tcp",
          (local, inbound) -> openStream(StreamTransport.TCP, local, inbound),
          "tls",
          (local, inbound) -> openStream(tls(), local, inbound),
          "ws",
          (local, inbound) -> openStream(ws(), local, inbound),
          "wss",
          (local, inbound) -> openStream(wss(), local, inbound));

  private final Set<Endpoint> endpoints = ConcurrentHashMap.newKeySet();
  private final Object lock = new Object();
  private @Nullable StreamLoops loops;
  private @Nullable TlsContext tlsContext;
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

  private Endpoint openStream(StreamTransport transport, InetSocketAddress local, Inbound inbound)
      throws IOException {
    return new StreamEndpoint(transport, config, loops(), local, inbound, endpoints::remove);
  }

  private StreamLoops loops() {
    StreamLoops running = loops;
    if (running == null) {
      running = new StreamLoops(config);
      loops = running;
    }
    return running;
  }

  private StreamTransport tls() throws IOException {
    return new StreamTransport(
        "tls", List.of(new TlsLayer(tlsContext(), config.policy(), false)), false);
  }

  private StreamTransport ws() {
    return new StreamTransport("ws", List.of(new WebSocketLayer(config, false)), true);
  }

  /** Its certificates are those of web sites (RFC 7118 §9.1). */
  private StreamTransport wss() throws IOException {
    return new StreamTransport(
        "wss",
        List.of(
            new TlsLayer(tlsContext(), config.policy(), true), new WebSocketLayer(config, true)),
        true);
  }

  private TlsContext tlsContext() throws IOException {
    TlsContext present = tlsContext;
    if (present == null) {
      TlsContext made = new TlsContext(config.tls());
      int seconds = config.tls().reloadSeconds();
      if (seconds > 0) {
        loops().every(seconds, made::reloadIfChanged);
      }
      tlsContext = made;
      present = made;
    }
    return present;
  }

  @Override
  public ConnectionFigures figures() {
    synchronized (lock) {
      return loops == null ? ConnectionFigures.NONE : loops.figures();
    }
  }

  @Override
  public void reloadKeys() throws IOException {
    TlsContext present;
    synchronized (lock) {
      present = tlsContext;
    }
    if (present != null) {
      present.reload();
    }
  }
}
