package io.sipwright.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program under load in a process of its own, pinned on the first core. */
final class UasProcess implements AutoCloseable {
  /**
   * What the process used up to a moment: CPU in seconds, bytes allocated, milliseconds of garbage
   * collection.
   */
  record Usage(double cpuSeconds, long allocated, long collectingMillis, long failures) {}

  private static final double TICKS_PER_SECOND = 100;

  private final Process process;
  private final BufferedReader out;
  private final Writer in;

  private UasProcess(Process process) {
    this.process = process;
    out = process.inputReader(StandardCharsets.US_ASCII);
    in = process.outputWriter(StandardCharsets.US_ASCII);
  }

  /** Starts it, and waits until it listens. */
  static UasProcess start(Provider provider, String transport, int port, Path work)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xms4g", "-Xmx4g", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=50"));
    command.addAll(List.of("-cp", provider.classPath(), LoadUas.class.getName()));
    command.addAll(List.of(provider.pathName(), transport, String.valueOf(port)));
    command.addAll(provider.properties());
    Process process =
        new ProcessBuilder(command).redirectError(work.resolve("uas.err").toFile()).start();
    UasProcess uas = new UasProcess(process);
    String line = uas.out.readLine();
    while (line != null && !line.equals("READY")) {
      line = uas.out.readLine();
    }
    if (line == null) {
      throw new IOException(
          "The program under load ended: " + Files.readString(work.resolve("uas.err")));
    }
    return uas;
  }

  Usage usage() throws IOException {
    in.write("figures\n");
    in.flush();
    String[] figures = out.readLine().split(" ");
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] cells = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    double ticks = Double.parseDouble(cells[11]) + Double.parseDouble(cells[12]);
    return new Usage(
        ticks / TICKS_PER_SECOND,
        Long.parseLong(figures[0]),
        Long.parseLong(figures[1]),
        Long.parseLong(figures[3]));
  }

  @Override
  public void close() throws IOException {
    in.close(); // its standard input ends, and so does it
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
