package io.sipwright.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link StreamLoad} in a process of its own, pinned on the second core. */
final class StreamCaller implements LoadGenerator {
  private final Path errors;
  private final Process process;
  private final BufferedReader out;
  private final Writer in;

  StreamCaller(String classPath, String transport, Path work) throws IOException {
    errors = work.resolve("load.err");
    String java = ProcessHandle.current().info().command().orElse("java");
    process =
        new ProcessBuilder(
                List.of(
                    "taskset",
                    "-c",
                    "1",
                    java,
                    "-Xmx1g",
                    "-XX:+UseParallelGC",
                    "-cp",
                    classPath,
                    StreamLoad.class.getName(),
                    transport))
            .redirectError(errors.toFile())
            .start();
    out = process.inputReader(StandardCharsets.US_ASCII);
    in = process.outputWriter(StandardCharsets.US_ASCII);
  }

  @Override
  public Outcome run(String scenario, int port, int count, int rate) throws IOException {
    in.write(scenario + " " + port + " " + count + " " + rate + "\n");
    in.flush();
    String line = out.readLine();
    if (line == null) {
      throw new IOException("The load generator ended: " + Files.readString(errors));
    }
    String[] figures = line.split(" ");
    return new Outcome(
        Long.parseLong(figures[0]),
        Long.parseLong(figures[1]),
        0,
        Double.parseDouble(figures[2]),
        Double.parseDouble(figures[3]));
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
