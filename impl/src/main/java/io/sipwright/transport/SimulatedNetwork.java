package io.sipwright.transport;

import io.sipwright.time.Alarm;
import io.sipwright.time.VirtualClock;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network that exists in memory only, under virtual time: addresses are just names, and nothing
 * ever leaves the program. What is sent is delivered by the clock's alarms, on the thread that
 * advances it, never inside the call that sends.
 *
 * <p>Knows "udp" and "tcp". Delay, loss and all the rest are set for each pair of addresses and
 * direction ({@link #link}). The same seed and the same calls give the same course of events. For
 * tests that want to see what is done with a buffer that's reused, what was handed to an {@link
 * Inbound} is overwritten after the call.
 */
public final class SimulatedNetwork implements Network {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedNetwork.class);
  private static final int FIRST_CHOSEN_PORT = 40_000;
  private static final int PADDING = 3;

  private record Key(String transport, InetSocketAddress address) {}

  private record Direction(InetSocketAddress from, InetSocketAddress to) {}

  /** A {@link Transmission} whose fate isn't sealed. */
  static final class Sending {
    private final Transmission begun;
    private Transmission.Fate fate = Transmission.Fate.UNDER_WAY;

    Sending(Transmission begun) {
      this.begun = begun;
    }
  }

  private final VirtualClock clock;
  private final long start;

  /** Guards all that belongs to this network, its endpoints and connections. */
  final Object lock = new Object();

  private final SplittableRandom random;
  private final Map<Key, SimulatedEndpoint> endpoints = new LinkedHashMap<>();
  private final Map<Direction, SimulatedLink> links = new LinkedHashMap<>();
  private final SimulatedLink everyLink = new SimulatedLink();
  private final List<Sending> trace = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private @Nullable Consumer<Transmission> watcher;
  private int nextPort = FIRST_CHOSEN_PORT;
  private boolean closed;
  private volatile long idleNanos;

  /**
   * An empty network.
   *
   * @param seed for what happens at random
   */
  public SimulatedNetwork(VirtualClock clock, long seed) {
    this.clock = clock;
    this.start = clock.nanos();
    this.random = new SplittableRandom(seed);
  }

  @Override
  public boolean supports(String transport) {
    return transport.equals("udp") || transport.equals("tcp");
  }

  @Override
  public Endpoint open(String transport, InetSocketAddress local, Inbound inbound)
      throws IOException {
    if (!supports(transport)) {
      throw new IOException("No transport \"" + transport + "\" here, but [udp, tcp]");
    }
    Addresses.resolved(local);
    synchronized (lock) {
      if (closed) {
        throw new IOException("The network is closed");
      }
      InetSocketAddress bound = local.getPort() == 0 ? choosePort(local) : local;
      if (endpoints.containsKey(new Key(transport, bound))) {
        throw Addresses.cannotBind(transport, bound, new BindException("Address already in use"));
      }
      SimulatedEndpoint endpoint = new SimulatedEndpoint(this, transport, bound, inbound);
      endpoints.put(new Key(transport, bound), endpoint);
      return endpoint;
    }
  }

  @Override
  public void close() {
    List<SimulatedEndpoint> open;
    synchronized (lock) {
      closed = true;
      open = List.copyOf(endpoints.values());
    }
    open.forEach(SimulatedEndpoint::close);
  }

  /**
   * The settings for one direction: addresses of endpoints, whether they are open already or not.
   * It begins with what {@link #everyLink} says when it's asked for first.
   */
  public SimulatedLink link(InetSocketAddress from, InetSocketAddress to) {
    synchronized (lock) {
      return links.computeIfAbsent(
          new Direction(from, to), direction -> new SimulatedLink(everyLink));
    }
  }

  /** The settings of all directions that have none of their own. */
  public SimulatedLink everyLink() {
    return everyLink;
  }

  /** What was sent so far, in order, keep-alives included. */
  public List<Transmission> trace() {
    synchronized (lock) {
      return trace.stream()
          .map(
              s ->
                  new Transmission(
                      s.begun.at(),
                      s.begun.transport(),
                      s.begun.from(),
                      s.begun.to(),
                      s.begun.bytes(),
                      s.fate))
          .toList();
    }
  }

  /** Forgets what was sent so far. */
  public void clearTrace() {
    synchronized (lock) {
      trace.clear();
    }
  }

  /**
   * Shows all that's sent to a watcher in place of keeping it for {@link #trace}: when it's sent,
   * and again with its fate, each time it arrives just before the receiver gets it. Of what the
   * network has damaged it's the damaged bytes that arrive; of a stream that broke, nothing.
   */
  public void watch(Consumer<Transmission> watching) {
    synchronized (lock) {
      watcher = watching;
    }
  }

  /** What an {@link Inbound} or failure listener has thrown so far, in order. */
  public List<Throwable> failures() {
    synchronized (lock) {
      return List.copyOf(failures);
    }
  }

  /**
   * Closes connections that are idle, as {@code MAX_SOCKET_IDLE_TIME} does; but here a request that
   * waits for its answer doesn't make it longer. For connections that are made from now on.
   */
  public void closeIdle(Duration time) {
    idleNanos = time.toNanos();
  }

  /** How long connections may be idle; 0 for ever. */
  long idleNanos() {
    return idleNanos;
  }

  /** Refuses new TCP connections to an address, or stops doing so. */
  public void refuse(InetSocketAddress address, boolean refused) {
    synchronized (lock) {
      SimulatedEndpoint endpoint = endpoints.get(new Key("tcp", address));
      if (endpoint == null) {
        throw new IllegalArgumentException("No tcp endpoint at " + Addresses.text(address));
      }
      endpoint.refuse(refused);
    }
  }

  /**
   * Resets a TCP connection from the side of this flow: what is under way is lost, and both sides
   * are told that it ended with an error, the other one after the delay of the link.
   */
  public void reset(Flow flow) {
    ((SimulatedConnection) flow).reset();
  }

  /** Closes a TCP connection in an orderly way from the side of this flow. */
  public void close(Flow flow) {
    ((SimulatedConnection) flow).close(null);
  }

  /** Sends no more from this side of a TCP connection; what the other side sends still arrives. */
  public void closeOutput(Flow flow) {
    ((SimulatedConnection) flow).closeOutput();
  }

  private InetSocketAddress choosePort(InetSocketAddress local) {
    return new InetSocketAddress(local.getAddress(), nextPort++);
  }

  // ---- for endpoints and connections

  InetSocketAddress ephemeral(InetSocketAddress local) {
    synchronized (lock) {
      return choosePort(local);
    }
  }

  @Nullable SimulatedEndpoint endpoint(String transport, InetSocketAddress address) {
    synchronized (lock) {
      return endpoints.get(new Key(transport, address));
    }
  }

  void remove(SimulatedEndpoint endpoint) {
    synchronized (lock) {
      endpoints.remove(new Key(endpoint.transport(), endpoint.local()), endpoint);
    }
  }

  long nanos() {
    return clock.nanos();
  }

  /** Does something later, on the thread that advances the clock. */
  void later(long delayNanos, Runnable action) {
    clock.arm(
        Alarm.of(
            () -> {
              try {
                action.run();
              } catch (Throwable e) {
                LOG.error("A listener of the simulated network failed", e);
                synchronized (lock) {
                  failures.add(e);
                }
              }
            }),
        delayNanos);
  }

  /** Delay of a stream, or -1 if the link is cut. */
  long streamDelay(InetSocketAddress from, InetSocketAddress to) {
    synchronized (lock) {
      SimulatedLink link = linkInUse(from, to);
      return link.isCut() ? -1 : link.streamDelay(random);
    }
  }

  /** Where a stream breaks within what is sent next, or null. */
  SimulatedLink.@Nullable Break streamBreak(
      InetSocketAddress from, InetSocketAddress to, int length) {
    synchronized (lock) {
      return linkInUse(from, to).breakWithin(length);
    }
  }

  private SimulatedLink linkInUse(InetSocketAddress from, InetSocketAddress to) {
    return links.getOrDefault(new Direction(from, to), everyLink);
  }

  Sending record(String transport, InetSocketAddress from, InetSocketAddress to, byte[] bytes) {
    synchronized (lock) {
      Duration at = Duration.ofNanos(clock.nanos() - start);
      Sending sending =
          new Sending(
              new Transmission(at, transport, from, to, bytes, Transmission.Fate.UNDER_WAY));
      if (watcher == null) {
        trace.add(sending);
      } else {
        watcher.accept(sending.begun);
      }
      return sending;
    }
  }

  void seal(Sending sending, Transmission.Fate fate) {
    seal(sending, fate, sending.begun.bytes());
  }

  private void seal(Sending sending, Transmission.Fate fate, byte[] bytes) {
    synchronized (lock) {
      if (sending.fate != Transmission.Fate.DUPLICATED) {
        sending.fate = fate;
      }
      if (watcher != null) {
        Transmission sent = sending.begun;
        watcher.accept(
            new Transmission(sent.at(), sent.transport(), sent.from(), sent.to(), bytes, fate));
      }
    }
  }

  void sendDatagram(InetSocketAddress from, InetSocketAddress to, byte[] bytes) {
    synchronized (lock) {
      Sending sending = record("udp", from, to, bytes);
      SimulatedLink link = linkInUse(from, to);
      if (link.loses(bytes, random)) {
        seal(sending, Transmission.Fate.LOST);
        return;
      }
      boolean twice = link.duplicates(random);
      for (int i = 0; i < (twice ? 2 : 1); i++) {
        byte[] received = link.damaged(bytes, random);
        later(link.datagramDelay(random), () -> arrive(sending, received));
      }
      if (twice) {
        seal(sending, Transmission.Fate.DUPLICATED);
      }
    }
  }

  private void arrive(Sending sending, byte[] bytes) {
    Transmission datagram = sending.begun;
    SimulatedEndpoint target = endpoint("udp", datagram.to());
    if (target == null) {
      seal(sending, Transmission.Fate.NOBODY_THERE);
      return;
    }
    seal(sending, Transmission.Fate.DELIVERED, bytes);
    lend(
        bytes,
        (buffer, offset, length) -> target.onDatagram(datagram.from(), buffer, offset, length));
  }

  /** Gets bytes that are only valid during the call. */
  interface Borrower {
    void take(byte[] buffer, int offset, int length);
  }

  /** Lends a copy of bytes in the midst of a buffer, and overwrites it afterwards. */
  static void lend(byte[] bytes, Borrower borrower) {
    byte[] buffer = new byte[bytes.length + 2 * PADDING];
    System.arraycopy(bytes, 0, buffer, PADDING, bytes.length);
    try {
      borrower.take(buffer, PADDING, bytes.length);
    } finally {
      Arrays.fill(buffer, (byte) '#');
    }
  }
}
