package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;

import io.sipwright.stack.SimulatedEnvironment;
import io.sipwright.stack.StackEnvironment;
import io.sipwright.time.VirtualClock;
import io.sipwright.transport.SimulatedLink;
import io.sipwright.transport.SimulatedNetwork;
import io.sipwright.transport.Transmission;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Parties on a simulated network under virtual time, for a test of whole calls. Nothing happens but
 * while {@link #run} lets time pass; each datagram and event takes no time unless {@link #link}
 * says otherwise.
 *
 * <p>The first party or wire end has the address 10.0.0.1, the next one 10.0.0.2 and so on, all at
 * port 5060; the host name of one called alice is alice.test.
 *
 * <pre>{@code
 * try (Calls calls = new Calls()) {
 *   Party alice = calls.party("alice");
 *   Party bob = calls.party("bob").answering(180, 200);
 *   ClientTransaction invite = alice.send(alice.request("INVITE", bob));
 *   calls.run();
 *   assertEquals(alice.heard(), List.of("180 INVITE", "200 INVITE"));
 *   assertEquals(calls.wire(), List.of("alice>bob INVITE", "bob>alice 180 INVITE", …));
 * }
 * }</pre>
 */
final class Calls implements AutoCloseable {
  final VirtualClock clock = new VirtualClock();
  final SimulatedNetwork network;
  private final Map<String, InetAddress> hosts = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private @Nullable InetAddress chosen;
  private final List<Party> parties = new ArrayList<>();
  private StackEnvironment.Factory environments;

  Calls() {
    this(1);
  }

  /** With losses and the like that follow from a seed. */
  Calls(long seed) {
    network = new SimulatedNetwork(clock, seed);
    environments = SimulatedEnvironment.on(clock, network, names);
  }

  /**
   * A running stack with a listening point and a provider for UDP and TCP, and a listener.
   *
   * @param settings keys and values of properties, by turns
   */
  Party party(String name, String... settings) throws Exception {
    Party party = bareParty(name, settings);
    party.listen("udp");
    party.listen("tcp");
    return party;
  }

  /** As {@link #party}, at an address of one's own choice. */
  Party partyAt(String address, String name, String... settings) throws Exception {
    chosen = InetAddress.getByName(address);
    return party(name, settings);
  }

  /** Makes a host name lead to a party or wire end. */
  void name(String host, String to) {
    names.put(host, address(to).getAddress().getHostAddress());
  }

  /** What is made from now on has another environment on the same clock and network. */
  void use(StackEnvironment.Factory other) {
    environments = other;
  }

  /** A stack with nothing open yet. */
  Party bareParty(String name, String... settings) throws Exception {
    String address = newHost(name).getHostAddress();
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", name);
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    SipStackImpl stack = new SipStackImpl(properties, environments);
    Party party = new Party(name, address, 5060, stack);
    parties.add(party);
    return party;
  }

  /** An end that sends and sees plain text. */
  WireEnd wireEnd(String name, String transport) throws Exception {
    return new WireEnd(this, new InetSocketAddress(newHost(name), 5060), transport);
  }

  private InetAddress newHost(String name) throws UnknownHostException {
    InetAddress given = chosen;
    chosen = null;
    InetAddress address =
        given == null ? InetAddress.getByName("10.0.0." + (hosts.size() + 1)) : given;
    if (hosts.put(name, address) != null) {
      throw new IllegalArgumentException("There's a " + name + " already");
    }
    names.put(name + ".test", address.getHostAddress());
    return address;
  }

  /** Lets one second pass. */
  void run() {
    run(1000);
  }

  /** Lets milliseconds pass. */
  void run(long millis) {
    clock.advance(Duration.ofMillis(millis));
  }

  /** Lets time pass until no timer is armed any more. */
  void runToTheEnd() {
    clock.runUntilIdle();
  }

  /** The way of datagrams from one to another, to make it lossy or slow. */
  SimulatedLink link(String from, String to) {
    return network.link(address(from), address(to));
  }

  InetSocketAddress address(String name) {
    InetAddress host = hosts.get(name);
    if (host == null) {
      throw new IllegalArgumentException("There's no " + name);
    }
    return new InetSocketAddress(host, 5060);
  }

  private String nameOf(InetSocketAddress address) {
    for (Map.Entry<String, InetAddress> host : hosts.entrySet()) {
      if (host.getValue().equals(address.getAddress())) {
        return host.getKey();
      }
    }
    return address.toString();
  }

  /**
   * What went over the wire so far, as {@code alice>bob INVITE} and {@code bob>alice 180 INVITE}.
   */
  List<String> wire() {
    return network.trace().stream().map(this::line).toList();
  }

  /** As {@link #wire}, with the time before each line: {@code 0.500 alice>bob INVITE}. */
  List<String> timedWire() {
    return network.trace().stream()
        .map(t -> t.toString().substring(0, t.toString().indexOf(' ')) + " " + line(t))
        .toList();
  }

  /** The texts of the messages of which {@link #wire} has this line. */
  List<String> texts(String line) {
    return network.trace().stream()
        .filter(t -> line(t).equals(line))
        .map(Transmission::text)
        .toList();
  }

  /** The only message of which {@link #wire} has this line. */
  String text(String line) {
    List<String> all = texts(line);
    assertEquals(all.size(), 1, "messages \"" + line + "\" in " + wire());
    return all.get(0);
  }

  private String line(Transmission sent) {
    return nameOf(sent.from()) + ">" + nameOf(sent.to()) + " " + summary(sent.text());
  }

  /** {@code INVITE} of a request, {@code 180 INVITE} of a response. */
  static String summary(String message) {
    if (message.isBlank()) {
      return "keep-alive";
    }
    if (!message.startsWith("SIP/2.0 ")) {
      return message.substring(0, Math.max(0, message.indexOf(' ')));
    }
    String cseq = header(message, "CSeq");
    String status = message.substring(8, 11);
    return cseq == null ? status : status + " " + cseq.substring(cseq.indexOf(' ')).strip();
  }

  /** The value of the first header of a name in a message's text, or null. */
  static @Nullable String header(String message, String name) {
    for (String line : message.replaceAll("\r\n[ \t]+", " ").split("\r\n")) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase(name)) {
        return line.substring(colon + 1).strip();
      }
    }
    return null;
  }

  /** Stops all; fails if a script, a timer or the network has failed meanwhile. */
  @Override
  public void close() {
    parties.forEach(party -> party.stack.stop());
    parties.forEach(Party::assertNothingFailed);
    assertEquals(network.failures(), List.of());
    assertEquals(clock.failures(), List.of());
  }
}
