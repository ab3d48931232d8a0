package io.sipwright.examples;

import io.sipwright.examples.terminal.Stop;
import io.sipwright.examples.terminal.Terminal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A program at work in this JVM, on free ports. */
public class RunningCommand implements AutoCloseable {
  private static final long SECONDS = 20;

  /** What it writes. */
  public final Screen screen = new Screen();

  private final Stop stop = Stop.onDemand();
  private final CompletableFuture<Integer> exitCode;

  /** Starts it with these arguments. */
  protected RunningCommand(BiFunction<Terminal, Stop, StackCommand> command, String... args) {
    CommandLine line = new CommandLine(command.apply(screen.terminal(), stop));
    exitCode =
        CompletableFuture.supplyAsync(
            () -> line.execute(args), task -> new Thread(task, line.getCommandName()).start());
  }

  /** Those arguments behind the ones that make it listen on free ports for UDP and TCP. */
  protected static String[] onFreePorts(String... args) {
    return Stream.concat(
            Stream.of("--listen", "udp:127.0.0.1:0", "--listen", "tcp:127.0.0.1:0"),
            Stream.of(args))
        .toArray(String[]::new);
  }

  /** The port it has for a transport. */
  public final int port(String transport) throws InterruptedException {
    return Integer.parseInt(
        screen.await("^listening on " + transport + ":127\\.0\\.0\\.1:(\\d+)$"));
  }

  /** Waits for the program to end by itself; gives its exit code. */
  public final int exitCode() {
    return exitCode.orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  /** Tells the program to end; gives all it wrote. */
  public final String stop() {
    close();
    return screen.text();
  }

  /** Tells the program to end, and waits until it has. */
  @Override
  public void close() {
    stop.ask();
    exitCode();
  }
}
