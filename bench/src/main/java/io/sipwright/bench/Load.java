package io.sipwright.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Load from SIPp, or from {@link StreamLoad} over TLS and WebSocket, on one core against {@link
 * LoadUas} on the other, for Sipwright and the old reference implementation in the same run: CPU
 * per OPTIONS and per call at fixed rates (medians of three), highest rates, response times, bytes
 * allocated.
 *
 * <p>Run by {@code bench/load}, which builds what's needed. Linux only; two cores that nothing else
 * uses.
 */
public final class Load {
  /**
   * What is measured: scenario, fixed rate (0: one after the other), number in a run, warm-up, and
   * where the search for the highest rate begins and ends.
   */
  private record Workload(String scenario, int rate, int count, int warmUp, int low, int high) {}

  private static final String ONE_BY_ONE = "steps";
  private static final int STEPS_WARM_UP_RATE = 500;
  private static final int RUNS = 3;
  private static final int PROBE_SECONDS = 6;
  private static final int STEPS = 7;
  private static final double RETRANSMISSIONS_ALLOWED = 0.001;

  private final Path work;
  private final String transport;
  private final LoadGenerator generator;
  private final boolean quick;
  private final String scenarios;

  private Load(
      Path work, String transport, LoadGenerator generator, boolean quick, String scenarios) {
    this.work = work;
    this.transport = transport;
    this.generator = generator;
    this.quick = quick;
    this.scenarios = scenarios;
  }

  /**
   * Arguments: scenarios' directory, class path of Sipwright, class path of the old stack, "udp",
   * "tcp", "tls", "ws" or "wss", "quick" or "full", "options", "call", "all" or "steps" (calls, one
   * after the other); then, for TLS, a key store and its password.
   */
  public static void main(String[] args) throws Exception {
    Path work = Files.createTempDirectory("sipwright-load");
    String transport = args[3];
    List<String> keys = args.length > 7 ? keys(args[6], args[7]) : List.of();
    List<Provider> providers =
        List.of(Provider.jainSipRi(args[2], transport, keys), Provider.sipwright(args[1], keys));
    System.out.println(
        "| "
            + transport
            + " | provider | CPU µs | p99 ms | bytes allocated | GC ms | highest rate/s |");
    System.out.println("|---|---|---|---|---|---|---|");
    boolean sipp =
        transport.equals("udp") || (transport.equals("tcp") && !args[5].equals(ONE_BY_ONE));
    try (LoadGenerator generator =
        sipp
            ? new Sipp(Path.of(args[0]), work, transport.equals("tcp") ? "t1" : "u1")
            : new StreamCaller(args[1], transport, work)) {
      Load load = new Load(work, transport, generator, args[4].equals("quick"), args[5]);
      for (Workload workload : load.workloads()) {
        for (Provider provider : providers) {
          load.measure(provider, workload);
        }
      }
    }
    System.out.println("Logs of the last runs: " + work);
  }

  private static List<String> keys(String store, String password) {
    String prefix = "javax.net.ssl.";
    return List.of(
        prefix + "keyStore=" + store,
        prefix + "keyStorePassword=" + password,
        prefix + "trustStore=" + store,
        prefix + "trustStorePassword=" + password);
  }

  private List<Workload> workloads() {
    int part = quick ? 2 : 1; // but of the warm-up: a compiler at work is no part of a call
    if (scenarios.equals(ONE_BY_ONE)) {
      return List.of(new Workload("call", 0, 6_000 / part, 15_000, 0, 0));
    }
    return Stream.of(
            new Workload("options", 6000, 24_000 / part, 60_000, 1000, 40_000),
            new Workload("call", 1500, 7_500 / part, 15_000, 500, 14_000))
        .filter(workload -> scenarios.equals("all") || scenarios.equals(workload.scenario))
        .toList();
  }

  private void measure(Provider provider, Workload w) throws IOException, InterruptedException {
    int port = freePort();
    List<double[]> runs = new ArrayList<>();
    int peak;
    try (UasProcess uas = UasProcess.start(provider, transport, port, work)) {
      int pace = w.rate == 0 ? STEPS_WARM_UP_RATE : w.rate / 3;
      generator.run(w.scenario, port, w.warmUp / 4, pace / 2); // a JVM starts cold
      generator.run(w.scenario, port, w.warmUp, pace);
      for (int i = 0; i < RUNS; i++) {
        UasProcess.Usage before = uas.usage();
        LoadGenerator.Outcome outcome = generator.run(w.scenario, port, w.count, w.rate);
        UasProcess.Usage after = uas.usage();
        double completed = Math.max(1, outcome.completed());
        runs.add(
            new double[] {
              (after.cpuSeconds() - before.cpuSeconds()) * 1e6 / completed,
              outcome.p99Millis(),
              (after.allocated() - before.allocated()) / completed,
              after.collectingMillis() - before.collectingMillis(),
              outcome.failed()
            });
      }
      peak = w.rate == 0 ? 0 : highestRate(w, port, uas);
    }
    System.out.printf(
        Locale.ROOT,
        "| %s, %s | %s | %.1f | %.0f | %,.0f | %.0f | %,d%s |%n",
        w.scenario,
        w.rate == 0 ? "one after another" : String.format(Locale.ROOT, "%,d/s", w.rate),
        provider.name(),
        median(runs, r -> r[0]),
        median(runs, r -> r[1]),
        median(runs, r -> r[2]),
        median(runs, r -> r[3]),
        peak,
        median(runs, r -> r[4]) > 0 ? " (calls failed at the fixed rate)" : "");
  }

  /** The highest rate without failures, with next to no retransmissions, and with the rate kept. */
  private int highestRate(Workload w, int port, UasProcess uas)
      throws IOException, InterruptedException {
    int low = w.low;
    int high = w.high;
    for (int step = 0; step < (quick ? 4 : STEPS) && high - low > 100; step++) {
      int middle = high / low > 1 ? (int) Math.sqrt((double) low * high) : (low + high) / 2;
      boolean kept = keepsUp(w, port, middle, uas);
      if (!kept) { // machines are noisy: one retry
        kept = keepsUp(w, port, middle, uas);
      }
      if (kept) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean keepsUp(Workload w, int port, int rate, UasProcess uas)
      throws IOException, InterruptedException {
    int count = rate * PROBE_SECONDS;
    LoadGenerator.Outcome outcome = generator.run(w.scenario, port, count, rate);
    drain(uas);
    return outcome.failed() == 0
        && outcome.completed() == count
        && outcome.retransmissions() <= RETRANSMISSIONS_ALLOWED * count
        && outcome.seconds() <= PROBE_SECONDS * 1.03 + 0.6;
  }

  /** Waits until the program has nothing to do any more, half a minute at most. */
  private static void drain(UasProcess uas) throws IOException, InterruptedException {
    double before = uas.usage().cpuSeconds();
    for (int i = 0; i < 60; i++) {
      Thread.sleep(500);
      double now = uas.usage().cpuSeconds();
      if (now - before < 0.05) {
        return;
      }
      before = now;
    }
  }

  private static double median(List<double[]> runs, ToDoubleFunction<double[]> value) {
    double[] values = runs.stream().mapToDouble(value).toArray();
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
