package io.sipwright.stack;

import io.sipwright.locator.HostResolver;
import io.sipwright.locator.SystemResolver;
import io.sipwright.time.Clock;
import io.sipwright.time.WheelClock;
import io.sipwright.transport.Network;
import io.sipwright.transport.SocketNetwork;
import io.sipwright.transport.SocketNetworkConfig;
import java.util.concurrent.Executor;

/** The real thing: this machine's sockets, clock and name service, and threads for the listener. */
public final class SocketEnvironment implements StackEnvironment {
  private static final int LEAST_PENDING_BYTES = 1 << 20;

  private final WheelClock clock;
  private final SocketNetwork network;
  private final SystemResolver resolver;
  private final Workers workers;

  /** An environment whose threads are named after the stack and start when they are needed. */
  public SocketEnvironment(StackConfig config) {
    String name = "sipwright-" + config.stackName();
    clock = new WheelClock(name + "-clock", true);
    network = new SocketNetwork(settings(config, name));
    resolver = new SystemResolver();
    workers = new Workers(config, name + "-listener");
  }

  static SocketNetworkConfig settings(StackConfig config, String name) {
    int connections = config.maxConnections();
    return SocketNetworkConfig.builder()
        .name(name)
        .daemonThreads(config.daemonThreads())
        .udpReceiveBuffer(config.receiveUdpBufferSize())
        .udpSendBuffer(config.sendUdpBufferSize())
        .maxHeaderBytes(config.maxMessageSize()) // MAX_HEADER_COUNT and _LINE are the parser's
        .maxMessageBytes(config.maxMessageSize())
        .maxPendingBytes(Math.max(LEAST_PENDING_BYTES, 2 * config.maxMessageSize()))
        .connectTimeoutMillis(config.connectionTimeoutMillis())
        .idleTimeoutMillis(config.maxSocketIdleTimeMillis())
        .partialMessageMillis(config.readTimeoutMillis())
        .maxConnections(connections == 0 ? Integer.MAX_VALUE / 2 : connections)
        .build();
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
  public HostResolver resolver() {
    return resolver;
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
    resolver.close();
    workers.close();
  }
}
