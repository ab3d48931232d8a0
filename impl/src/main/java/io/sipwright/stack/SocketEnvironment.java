package io.sipwright.stack;

import io.sipwright.dns.Dns;
import io.sipwright.dns.DnsCache;
import io.sipwright.dns.DnsClient;
import io.sipwright.dns.HostsFile;
import io.sipwright.locator.Locator;
import io.sipwright.locator.SystemResolver;
import io.sipwright.time.Clock;
import io.sipwright.time.WheelClock;
import io.sipwright.transport.KeepAliveSettings;
import io.sipwright.transport.Network;
import io.sipwright.transport.SocketNetwork;
import io.sipwright.transport.SocketNetworkConfig;
import java.util.concurrent.Executor;

/** The real thing: this machine's sockets, clock and name service, and threads for the listener. */
public final class SocketEnvironment implements StackEnvironment {
  private static final int LEAST_PENDING_BYTES = 8 << 20;

  private final WheelClock clock;
  private final SocketNetwork network;
  private final Locator locator;
  private final Workers workers;

  /** An environment whose threads are named after the stack and start when they are needed. */
  public SocketEnvironment(StackConfig config) {
    String name = "sipwright-" + config.stackName();
    clock = new WheelClock(name + "-clock", true);
    network = new SocketNetwork(settings(config, name));
    locator = locator(config.locator(), clock, name);
    workers = new Workers(config, name + "-listener");
  }

  /** The system's own name service is asked last, unless name servers were named. */
  private static Locator locator(LocatorConfig config, Clock clock, String name) {
    Dns client =
        new DnsClient(
            config.dnsServers(), config.dnsTimeoutMillis(), config.dnsTries(), name + "-dns");
    return new Locator(
        new DnsCache(client, clock, config.cacheSize()),
        HostsFile.ofSystem(),
        config.dnsServers().isEmpty() ? new SystemResolver() : null,
        clock,
        config.settings());
  }

  static SocketNetworkConfig settings(StackConfig config, String name) {
    int connections = config.maxConnections();
    int perSource = config.maxConnectionsPerSource();
    return SocketNetworkConfig.builder()
        .name(name)
        .daemonThreads(config.daemonThreads())
        .udp(config.udp())
        .maxHeaderBytes(config.maxMessageSize()) // MAX_HEADER_COUNT and _LINE are the parser's
        .maxMessageBytes(config.maxMessageSize())
        .maxPendingBytes(config.maxWriteQueue())
        .maxPendingBytesInAll(Math.max(LEAST_PENDING_BYTES, Runtime.getRuntime().maxMemory() / 4))
        .connectTimeoutMillis(config.connectionTimeoutMillis())
        .idleTimeoutMillis(config.maxSocketIdleTimeMillis())
        .partialMessageMillis(config.readTimeoutMillis())
        .maxConnections(connections == 0 ? Integer.MAX_VALUE / 2 : connections)
        .maxConnectionsPerSource(perSource == 0 ? Integer.MAX_VALUE : perSource)
        .firstMessageMillis(config.firstMessageTimeoutMillis())
        .keepAlive(keepAlive(config.connections()))
        .proxies(config.connections().proxies())
        .tls(config.secureTransports().tls())
        .webSocket(config.secureTransports().webSocket())
        .policy(config.secureTransports().policy())
        .build();
  }

  private static KeepAliveSettings keepAlive(ConnectionConfig config) {
    return new KeepAliveSettings(config.silenceSeconds() * 1000, config.leastPingSeconds() * 1000);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public Locator locator() {
    return locator;
  }

  @Override
  public Executor workers() {
    return workers;
  }

  @Override
  public int armedTimers() {
    return clock.armed();
  }

  @Override
  public void close() {
    network.close();
    clock.close();
    locator.close();
    workers.close();
  }
}
