package io.sipwright.examples.proxy;

import io.sipwright.examples.Screen;
import io.sipwright.examples.terminal.Stop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** The proxy at work in this JVM, on free ports. */
final class RunningProxy implements AutoCloseable {
  private static final long SECONDS = 20;

  final Screen screen = new Screen();
  private final Stop stop = Stop.onDemand();
  private final CompletableFuture<Integer> exitCode;

  RunningProxy(String... options) {
    String[] args = new String[options.length + 4];
    System.arraycopy(options, 0, args, 4, options.length);
    args[0] = "--listen";
    args[1] = "udp:127.0.0.1:0";
    args[2] = "--listen";
    args[3] = "tcp:127.0.0.1:0";
    exitCode =
        CompletableFuture.supplyAsync(
            () -> new CommandLine(new ProxyCommand(screen.terminal(), stop)).execute(args),
            task -> new Thread(task, "proxy").start());
  }

  int port(String transport) throws InterruptedException {
    return Integer.parseInt(
        screen.await("^listening on " + transport + ":127\\.0\\.0\\.1:(\\d+)$"));
  }

  /** Tells the program to end; gives all it wrote. */
  String stop() {
    stop.ask();
    exitCode.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    return screen.text();
  }

  @Override
  public void close() {
    stop();
  }
}
