package io.sipwright.bench;

import io.sipwright.ext.StackStatistics;
import io.sipwright.javax.sip.SipStackImpl;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import javax.sip.SipFactory;

/**
 * What a server brings to its end of the calls it is offered, at the rate it can take and at twice
 * that (RFC 7339 §2: goodput), over real sockets. Its program takes a while for each INVITE and
 * BYE, as programs do, on one thread: by working, or by waiting for somebody else.
 *
 * <p>{@code Overload [udp|tcp|all [work|wait [MICROS]]]}. All in one process: it needs two cores
 * with nothing else on them, one for the program and one for the rest.
 */
public final class Overload {
  private static final int AT_ONCE = 40;
  private static final int PEAK_SECONDS = 10;

  /** Until requests have waited for OVERLOAD_WAIT, and the first callers have lost patience. */
  private static final int WARM_UP_SECONDS = 35;

  private static final int SECONDS = 25;
  private static final int MANY = 1_000_000;
  private static final int LAST_SECONDS = 40;

  private final String transport;
  private final Runnable work;

  private Overload(String transport, Runnable work) {
    this.transport = transport;
    this.work = work;
  }

  /** See the class comment. */
  public static void main(String[] args) throws Exception {
    String transport = args.length > 0 ? args[0] : "all";
    String kind = args.length > 1 ? args[1] : "work";
    long nanos = 1_000L * (args.length > 2 ? Integer.parseInt(args[2]) : 1_000);
    if (!List.of("udp", "tcp", "all").contains(transport)
        || !List.of("work", "wait").contains(kind)) {
      System.err.println("Overload [udp|tcp|all [work|wait [MICROS]]]");
      System.exit(2);
    }
    Runnable work = kind.equals("work") ? () -> work(nanos) : () -> LockSupport.parkNanos(nanos);
    System.out.printf(
        "The program %ss %d us for each INVITE and BYE.%n%n"
            + "| | offered | completed | refused 503 | failed | sent again | of the peak |%n"
            + "|---|---|---|---|---|---|---|%n",
        kind, nanos / 1_000);
    for (String each : transport.equals("all") ? List.of("udp", "tcp") : List.of(transport)) {
      new Overload(each, work).measure();
    }
    System.exit(0);
  }

  /** Keeps the processor busy. */
  private static void work(long nanos) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long end = threads.getCurrentThreadCpuTime() + nanos;
    while (threads.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
  }

  private void measure() throws Exception {
    double before = peak();
    double[] once = goodput(before);
    double[] twice = goodput(2 * before);
    double after = peak();
    double peak = (before + after) / 2; // what else the machine does may have changed
    row("peak, before", new double[] {before, before, 0, 0, 0}, peak);
    row("1x", once, peak);
    row("2x", twice, peak);
    row("peak, after", new double[] {after, after, 0, 0, 0}, peak);
  }

  private void row(String name, double[] perSecond, double peak) {
    System.out.printf(
        Locale.ROOT,
        "| %s, %s | %.0f/s | %.1f/s | %.1f/s | %.1f/s | %.1f/s | %.0f %% |%n",
        transport,
        name,
        perSecond[0],
        perSecond[1],
        perSecond[2],
        perSecond[3],
        perSecond[4],
        100 * perSecond[1] / peak);
  }

  /** How many calls there are in a second if each that ends begins another one. */
  private double peak() throws Exception {
    try (Server server = new Server();
        OverloadCaller caller = new OverloadCaller(transport, server.port)) {
      caller.run(MANY, AT_ONCE, PEAK_SECONDS); // a JVM starts cold
      OverloadCaller.Figures before = caller.figures();
      long begin = System.nanoTime();
      caller.run(MANY, AT_ONCE, PEAK_SECONDS);
      double seconds = (System.nanoTime() - begin) / 1e9;
      double completed = caller.figures().minus(before).completed() / seconds;
      finish(caller);
      return completed;
    }
  }

  /** Offered, completed, refused, failed and repeated in each second. */
  private double[] goodput(double rate) throws Exception {
    try (Server server = new Server();
        OverloadCaller caller = new OverloadCaller(transport, server.port)) {
      caller.run(rate, MANY, WARM_UP_SECONDS);
      OverloadCaller.Figures before = caller.figures();
      long begin = System.nanoTime();
      caller.run(rate, MANY, SECONDS);
      double seconds = (System.nanoTime() - begin) / 1e9;
      OverloadCaller.Figures all = caller.figures().minus(before);
      finish(caller);
      StackStatistics.Refusals refusals = server.stack.getStatistics().refusals();
      System.err.printf(
          "%s at %.0f/s: %d calls left open, %s%n", transport, rate, caller.open(), refusals);
      return new double[] {
        all.begun() / seconds,
        all.completed() / seconds,
        all.refused() / seconds,
        all.failed() / seconds,
        all.repeated() / seconds
      };
    }
  }

  /** Lets the calls end that are under way. */
  private static void finish(OverloadCaller caller) throws IOException {
    for (int i = 0; i < LAST_SECONDS && caller.open() > 0; i++) {
      caller.run(0, 0, 1);
    }
  }

  /** A stack with the program on it. */
  private final class Server implements AutoCloseable {
    final SipStackImpl stack;
    final int port;

    Server() throws Exception {
      Properties properties = new Properties();
      properties.setProperty("javax.sip.STACK_NAME", "overload");
      stack = new SipStackImpl(properties);
      SipFactory factory = SipFactory.getInstance();
      factory.setPathName("io.sipwright");
      port = freePort();
      new QuietUas(factory, stack, port, transport, work);
      stack.start();
    }

    @Override
    public void close() {
      stack.stop();
    }
  }

  private static int freePort() throws IOException {
    InetAddress host = InetAddress.getLoopbackAddress();
    try (ServerSocket tcp = new ServerSocket(0, 1, host);
        DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), host)) {
      return udp.getLocalPort();
    }
  }
}
