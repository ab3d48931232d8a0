package io.sipwright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs of SIPp, each a process of its own. Its clock ticks in 4 ms or so. */
final class Sipp implements LoadGenerator {
  private static final int CALLS_AT_ONCE = 15_000;

  private final Path scenarios;
  private final Path work;
  private final String transport;

  Sipp(Path scenarios, Path work, String transport) {
    this.scenarios = scenarios;
    this.work = work;
    this.transport = transport;
  }

  @Override
  public Outcome run(String scenario, int port, int count, int rate)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(work, "sipp");
    long limit = 2L * count / rate + 20;
    List<String> command =
        new ArrayList<>(List.of("taskset", "-c", "1", "sipp", "127.0.0.1:" + port));
    Collections.addAll(
        command,
        ("-sf "
                + scenarios.resolve(scenario + ".xml")
                + " -i 127.0.0.1 -t "
                + transport
                + " -m "
                + count
                + " -r "
                + rate
                + " -l "
                + CALLS_AT_ONCE
                + " -nostdin -nd -default_behaviors bye,abortunexp -max_retrans 5"
                + " -buff_size 4194304 -max_socket 12000 -timeout "
                + limit
                + " -trace_stat -stf stat.csv -fd 1 -trace_rtt -rtt_freq 500")
            .split(" "));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile())
            .start();
    if (!process.waitFor(limit + 40, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return outcome(directory);
  }

  @Override
  public void close() {}

  private static Outcome outcome(Path directory) throws IOException {
    List<String> rows = Files.readAllLines(directory.resolve("stat.csv"));
    String[] names = rows.get(0).split(";");
    String[] values = rows.get(rows.size() - 1).split(";");
    return new Outcome(
        (long) number(names, values, "SuccessfulCall(C)"),
        (long) number(names, values, "FailedCall(C)"),
        (long) number(names, values, "Retransmissions(C)"),
        number(names, values, "CurrentTime") - number(names, values, "StartTime"),
        p99(directory));
  }

  private static double number(String[] names, String[] values, String name) {
    for (int i = 0; i < names.length && i < values.length; i++) {
      if (names[i].equals(name)) {
        String text = values[i];
        String last = text.substring(text.lastIndexOf('\t') + 1).trim();
        return last.isEmpty() ? 0 : Double.parseDouble(last);
      }
    }
    throw new IllegalStateException("SIPp's statistics have no column " + name);
  }

  private static double p99(Path directory) throws IOException {
    List<Double> times = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.getFileName().toString().contains("rtt")).toList()) {
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
          String[] cells = line.split(";");
          if (cells.length >= 3 && cells[2].trim().equals("1")) {
            times.add(Double.parseDouble(cells[1]));
          }
        }
      }
    }
    Collections.sort(times);
    return times.isEmpty()
        ? Double.NaN
        : times.get(Math.min(times.size() - 1, times.size() * 99 / 100));
  }
}
