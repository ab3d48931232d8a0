package io.sipwright.stack;

import io.sipwright.dns.Answer;
import io.sipwright.dns.Answer.Outcome;
import io.sipwright.dns.Dns;
import io.sipwright.dns.DnsCache;
import io.sipwright.dns.DnsRecord;
import io.sipwright.dns.HostsFile;
import io.sipwright.dns.Question;
import io.sipwright.dns.RecordType;
import io.sipwright.locator.Locator;
import io.sipwright.locator.Target;
import io.sipwright.time.Alarm;
import io.sipwright.time.Clock;
import io.sipwright.time.VirtualClock;
import io.sipwright.transport.Endpoint;
import io.sipwright.transport.Inbound;
import io.sipwright.transport.Network;
import java.io.IOException;
import java.net.Inet6Address;
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
  private final Locator locator;

  private SimulatedEnvironment(VirtualClock clock, Network network, Dns dns, LocatorConfig config) {
    this.clock = clock;
    this.network = new Share(network);
    Dns cache = new DnsCache(new Shared(dns), clock, config.cacheSize());
    this.locator = new Locator(cache, HostsFile.none(), null, clock, config.settings());
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
    return on(clock, network, new Hosts(clock, hosts));
  }

  /**
   * For stacks that share a clock, a network and a DNS, each with a cache of its own.
   *
   * @param dns such as a {@link io.sipwright.dns.VirtualDns}; not closed with a stack
   */
  public static Factory on(VirtualClock clock, Network network, Dns dns) {
    return config -> new SimulatedEnvironment(clock, network, dns, config.locator());
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
    locator.close();
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

  /** Outlives those who ask. */
  private record Shared(Dns dns) implements Dns {
    @Override
    public void ask(Question question, Consumer<Answer> then) {
      dns.ask(question, then);
    }

    @Override
    public void close() {}
  }

  /** A list of hosts; what became of a name is an event of its own, as from a name server. */
  private record Hosts(VirtualClock clock, Map<String, String> addresses) implements Dns {
    @Override
    public void ask(Question question, Consumer<Answer> then) {
      String numeric = addresses.get(question.name());
      InetSocketAddress address = numeric == null ? null : new Target(numeric, 1, "udp").numeric();
      RecordType type =
          address != null && address.getAddress() instanceof Inet6Address
              ? RecordType.AAAA
              : RecordType.A;
      Outcome outcome = Outcome.NO_DOMAIN;
      List<DnsRecord> records = List.of();
      if (address != null && question.type() == type) {
        outcome = Outcome.FOUND;
        records = List.of(new DnsRecord.Address(address.getAddress()));
      }
      Answer answer = new Answer(question, outcome, records, 0, false, null, null);
      clock.arm(Alarm.of(() -> then.accept(answer)), 0);
    }

    @Override
    public void close() {}
  }
}
