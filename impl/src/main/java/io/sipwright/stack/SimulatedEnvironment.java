package io.sipwright.stack;

import io.sipwright.locator.HostResolver;
import io.sipwright.locator.Target;
import io.sipwright.time.Alarm;
import io.sipwright.time.Clock;
import io.sipwright.time.VirtualClock;
import io.sipwright.transport.Endpoint;
import io.sipwright.transport.Inbound;
import io.sipwright.transport.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Virtual time and a simulated network, shared by the stacks of a test: nothing happens but while
 * the clock is advanced, on the thread that advances it, and always in the same order.
 */
public final class SimulatedEnvironment implements StackEnvironment {
  private final VirtualClock clock;
  private final Share network;
  private final HostResolver resolver;

  private SimulatedEnvironment(VirtualClock clock, Network network, Map<String, String> hosts) {
    this.clock = clock;
    this.network = new Share(network);
    this.resolver = new Hosts(clock, hosts);
  }

  /** For stacks that share a clock and a network; hosts are numeric. */
  public static Factory on(VirtualClock clock, Network network) {
    return on(clock, network, Map.of());
  }

  /**
   * For stacks that share a clock and a network.
   *
   * @param hosts numeric addresses by host name
   */
  public static Factory on(VirtualClock clock, Network network, Map<String, String> hosts) {
    return config -> new SimulatedEnvironment(clock, network, hosts);
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

  /** Runs each task as an event of its own at the present moment. */
  @Override
  public Executor workers() {
    return task -> clock.arm(Alarm.of(task), 0);
  }

  /** Those of all stacks on the clock. */
  @Override
  public int armedTimers() {
    return clock.armed();
  }

  @Override
  public void close() {
    network.close();
  }

  /** One stack's share of the network. */
  private static final class Share implements Network {
    private final Network whole;
    private final List<Endpoint> endpoints = new CopyOnWriteArrayList<>();

    Share(Network whole) {
      this.whole = whole;
    }

    @Override
    public boolean supports(String transport) {
      return whole.supports(transport);
    }

    @Override
    public Endpoint open(String transport, InetSocketAddress local, Inbound inbound)
        throws IOException {
      Endpoint endpoint = whole.open(transport, local, inbound);
      endpoints.add(endpoint);
      return endpoint;
    }

    @Override
    public void close() {
      endpoints.forEach(Endpoint::close);
    }
  }

  /** A fixed list of hosts; what became of a name is an event of its own, as from a name server. */
  private record Hosts(VirtualClock clock, Map<String, String> addresses) implements HostResolver {
    @Override
    public void resolve(String host, Consumer<Result> then) {
      InetSocketAddress address =
          new Target(addresses.getOrDefault(host, host), 1, "udp").numeric();
      Result result =
          address == null
              ? Result.failed(host, "no such host")
              : Result.found(host, List.of(address.getAddress()));
      if (new Target(host, 1, "udp").numeric() != null) {
        then.accept(result);
      } else {
        clock.arm(Alarm.of(() -> then.accept(result)), 0);
      }
    }

    @Override
    public void close() {}
  }
}
