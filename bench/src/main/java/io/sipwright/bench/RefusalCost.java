package io.sipwright.bench;

import com.sun.management.ThreadMXBean;
import io.sipwright.javax.sip.SipStackImpl;
import io.sipwright.locator.Locator;
import io.sipwright.stack.SimulatedEnvironment;
import io.sipwright.stack.StackConfig;
import io.sipwright.stack.StackEnvironment;
import io.sipwright.time.Clock;
import io.sipwright.time.VirtualClock;
import io.sipwright.transport.Endpoint;
import io.sipwright.transport.Flow;
import io.sipwright.transport.Inbound;
import io.sipwright.transport.Network;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executor;
import javax.sip.SipFactory;
import org.jspecify.annotations.Nullable;

/**
 * What it costs to refuse an INVITE under overload, beside what it costs to take one, from the
 * bytes that came to the bytes that go: CPU time and bytes allocated, on one thread, without
 * sockets, so that what the system takes for a datagram hides nothing. {@code RefusalCost [INVITES
 * [TRANSPORT [HOST]]]}, with a host for the Via: an address, which the INVITEs come from, or a
 * name.
 */
public final class RefusalCost {
  private static final int ROUNDS = 9;
  private static final int PORT = 5060;

  /** Virtual time goes on by a second after so many: what's over is forgotten meanwhile. */
  private static final int SECOND = 500;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final VirtualClock clock = new VirtualClock();
  private final Wire wire;
  private final ArrayDeque<Runnable> turns = new ArrayDeque<>();

  private final String via;

  private RefusalCost(String transport, String host) {
    wire = new Wire(transport, host);
    via = "Via: SIP/2.0/" + transport.toUpperCase(Locale.ROOT) + " " + host;
  }

  /** What one INVITE costs. */
  private record Cost(double micros, double bytes) {}

  /** Prints the medians of some rounds, behind one that warms up. */
  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
    String transport = args.length > 1 ? args[1] : "udp";
    boolean webSocket = transport.startsWith("ws");
    String host = args.length > 2 ? args[2] : webSocket ? "df7jal23ls0d.invalid" : "127.0.0.2:5061";
    List<Cost> answered = new ArrayList<>();
    List<Cost> refused = new ArrayList<>();
    for (int i = 0; i <= ROUNDS; i++) {
      Cost normal = new RefusalCost(transport, host).run(count, false);
      Cost busy = new RefusalCost(transport, host).run(count, true);
      if (i > 0) {
        answered.add(normal);
        refused.add(busy);
      }
    }
    Cost normal = print("INVITE, answered 180 and 200, and its ACK", answered);
    Cost busy = print("INVITE, refused with 503", refused);
    System.out.printf(
        Locale.ROOT,
        "A refusal takes 1/%.1f of the time, 1/%.1f of the bytes.%n",
        normal.micros / busy.micros,
        normal.bytes / busy.bytes);
  }

  private static Cost print(String what, List<Cost> rounds) {
    double[] micros = rounds.stream().mapToDouble(Cost::micros).sorted().toArray();
    double[] bytes = rounds.stream().mapToDouble(Cost::bytes).sorted().toArray();
    Cost median = new Cost(micros[ROUNDS / 2], bytes[ROUNDS / 2]);
    System.out.printf(
        Locale.ROOT,
        "%-42s %6.2f us (%.2f to %.2f), %,6.0f bytes%n",
        what,
        median.micros,
        micros[0],
        micros[ROUNDS - 1],
        median.bytes);
    return median;
  }

  private Cost run(int count, boolean behind) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", "cost");
    SipStackImpl stack = new SipStackImpl(properties, this::environment);
    SipFactory factory = SipFactory.getInstance();
    factory.setPathName("io.sipwright");
    new QuietUas(factory, stack, PORT, wire.transport);
    stack.start();
    byte[][] invites = new byte[count][];
    byte[][] acks = new byte[count][];
    for (int i = 0; i < count; i++) {
      invites[i] = message("INVITE", i, "");
      acks[i] = message("ACK", i, ";tag=" + QuietUas.TAG + tag(i));
    }
    if (behind) { // one waits for longer than it may
      wire.arrive(message("OPTIONS", count, ""));
      clock.advance(Duration.ofSeconds(9));
    }
    wire.sent = 0;
    long thread = Thread.currentThread().getId();
    long allocated = THREADS.getThreadAllocatedBytes(thread);
    long begin = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < count; i++) {
      wire.arrive(invites[i]);
      if (!behind) {
        work();
        wire.arrive(acks[i]);
        work();
      }
      if (i % SECOND == 0) {
        clock.advance(Duration.ofSeconds(1));
        if (!behind) {
          work();
        }
      }
    }
    long nanos = THREADS.getCurrentThreadCpuTime() - begin;
    long bytes = THREADS.getThreadAllocatedBytes(thread) - allocated;
    check(stack, count, behind);
    stack.stop();
    return new Cost(nanos / 1e3 / count, (double) bytes / count);
  }

  /** That what was measured is what should be. */
  private void check(SipStackImpl stack, int count, boolean behind) {
    long refused = stack.getStatistics().refusals().overload();
    int dialogs = stack.getStatistics().dialogs();
    boolean right =
        behind
            ? refused == count && wire.sent == count && wire.last().startsWith("SIP/2.0 503 ")
            : dialogs == count && wire.sent == 2 * count && wire.last().startsWith("SIP/2.0 200 ");
    if (!right) {
      throw new IllegalStateException(
          refused + " refused, " + dialogs + " dialogs, " + wire.sent + " sent: " + wire.last());
    }
  }

  private void work() {
    Runnable turn = turns.poll();
    while (turn != null) {
      turn.run();
      turn = turns.poll();
    }
  }

  private static String tag(int number) {
    return "SIPpTag00" + number;
  }

  private byte[] message(String method, int number, String toTag) {
    String body = method.equals("INVITE") ? QuietUas.SDP : "";
    String text =
        method
            + " sip:service@127.0.0.1:5060 SIP/2.0\r\n"
            + via
            + ";branch=z9hG4bK-"
            + number
            + (method.equals("ACK") ? "-a" : "")
            + "\r\nFrom: sipp <sip:sipp@127.0.0.2:5061>;tag="
            + tag(number)
            + "\r\nTo: service <sip:service@127.0.0.1:5060>"
            + toTag
            + "\r\nCall-ID: "
            + number
            + "-1@127.0.0.2\r\nCSeq: 1 "
            + method
            + "\r\nContact: sip:sipp@127.0.0.2:5061\r\nMax-Forwards: 70\r\n"
            + "Subject: Performance Test\r\n"
            + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private StackEnvironment environment(StackConfig config) {
    StackEnvironment usual = SimulatedEnvironment.on(clock, wire).create(config);
    return new StackEnvironment() {
      @Override
      public Clock clock() {
        return clock;
      }

      @Override
      public Network network() {
        return wire;
      }

      @Override
      public Locator locator() {
        return usual.locator();
      }

      @Override
      public Executor workers() {
        return turns::add;
      }

      @Override
      public int armedTimers() {
        return clock.armed();
      }

      @Override
      public void close() {
        usual.close();
      }
    };
  }

  /** A network with one endpoint and one peer, who throws away what he gets. */
  private static final class Wire implements Network, Endpoint, Flow {
    private final String transport;
    private @Nullable Inbound inbound;
    private final InetSocketAddress here =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT);
    private final InetSocketAddress there;
    int sent;
    private byte[] latest = {};

    Wire(String transport, String host) {
      this.transport = transport;
      String address = host.replaceFirst("(?<=[]\\d]):\\d+$", "");
      boolean isAddress = address.matches("\\[.*]|[\\d.]+");
      there = new InetSocketAddress(isAddress ? address : "127.0.0.2", 5061);
    }

    String last() {
      return new String(latest, StandardCharsets.US_ASCII);
    }

    void arrive(byte[] message) {
      Objects.requireNonNull(inbound).onMessage(this, message, 0, message.length);
    }

    @Override
    public boolean supports(String asked) {
      return asked.equals(transport);
    }

    @Override
    public Endpoint open(String asked, InetSocketAddress local, Inbound user) throws IOException {
      inbound = user;
      return this;
    }

    @Override
    public String transport() {
      return transport;
    }

    @Override
    public boolean reliable() {
      return !transport.equals("udp");
    }

    @Override
    public boolean delimitsMessages() {
      return transport.equals("udp") || transport.startsWith("ws");
    }

    @Override
    public Flow flowTo(InetSocketAddress remote) {
      return this;
    }

    @Override
    public @Nullable Flow existingFlow(InetSocketAddress remote) {
      return null;
    }

    @Override
    public Endpoint endpoint() {
      return this;
    }

    @Override
    public InetSocketAddress remote() {
      return there;
    }

    @Override
    public InetSocketAddress local() {
      return here;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void send(byte[] bytes, @Nullable FailureListener onFailure) {
      sent++;
      latest = bytes;
    }

    @Override
    public void close() {}
  }
}
