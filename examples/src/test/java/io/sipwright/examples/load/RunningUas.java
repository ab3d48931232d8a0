package io.sipwright.examples.load;

import io.sipwright.examples.Screen;
import io.sipwright.examples.terminal.Stop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** The answering program at work in this JVM, on free ports. */
public final class RunningUas implements AutoCloseable {
  private static final long SECONDS = 20;

  /** What it writes. */
  public final Screen screen = new Screen();

  private final Stop stop = Stop.onDemand();
  private final CompletableFuture<Integer> exitCode;

  /** Starts it on free ports for UDP and TCP; with these options besides. */
  public RunningUas(String... options) {
    String[] args = new String[options.length + 4];
    System.arraycopy(options, 0, args, 4, options.length);
    args[0] = "--listen";
    args[1] = "udp:127.0.0.1:0";
    args[2] = "--listen";
    args[3] = "tcp:127.0.0.1:0";
    exitCode =
        CompletableFuture.supplyAsync(
            () -> new CommandLine(new UasCommand(screen.terminal(), stop)).execute(args),
            task -> new Thread(task, "uas").start());
  }

  /** The port it has for a transport. */
  public int port(String transport) throws InterruptedException {
    return Integer.parseInt(
        screen.await("^listening on " + transport + ":127\\.0\\.0\\.1:(\\d+)$"));
  }

  /** Waits for the program to end by itself; gives its exit code. */
  public int exitCode() {
    return exitCode.orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  /** Tells the program to end, and waits until it has. */
  @Override
  public void close() {
    stop.ask();
    exitCode();
  }
}
