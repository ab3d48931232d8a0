package io.sipwright.stack;

import io.sipwright.locator.HostResolver;
import io.sipwright.locator.SystemResolver;
import io.sipwright.time.Clock;
import io.sipwright.time.WheelClock;
import io.sipwright.transport.Network;
import io.sipwright.transport.SocketNetwork;
import io.sipwright.transport.SocketNetworkConfig;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The real thing: this machine's sockets, clock and name service, and threads for the listener. */
public final class SocketEnvironment implements StackEnvironment {
  private static final long IDLE_SECONDS = 10;
  private static final long END_MILLIS = 300;

  private final WheelClock clock;
  private final SocketNetwork network;
  private final SystemResolver resolver;
  private final ThreadPoolExecutor workers;

  /** An environment whose threads are named after the stack and start when they are needed. */
  public SocketEnvironment(StackConfig config) {
    String name = "sipwright-" + config.stackName();
    clock = new WheelClock(name + "-clock", true);
    network = new SocketNetwork(settings(config, name));
    resolver = new SystemResolver();
    int threads =
        config.listenerConcurrency() == ListenerConcurrency.PER_CALL ? poolSize(config) : 1;
    workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads(name),
            new ThreadPoolExecutor.DiscardPolicy()); // after the end
    workers.allowCoreThreadTimeOut(true);
  }

  private static SocketNetworkConfig settings(StackConfig config, String name) {
    int idle = config.maxSocketIdleTimeMillis();
    return SocketNetworkConfig.builder()
        .name(name)
        .daemonThreads(config.daemonThreads())
        .udpReceiveBuffer(config.receiveUdpBufferSize())
        .udpSendBuffer(config.sendUdpBufferSize())
        .maxMessageBytes(config.maxMessageSize())
        .connectTimeoutMillis(config.connectionTimeoutMillis())
        .idleTimeoutMillis(idle)
        .maxConnections(config.maxConnections())
        .build();
  }

  private static int poolSize(StackConfig config) {
    int size = config.threadPoolSize();
    return size > 0 ? size : Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-listener-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public HostResolver resolver() {
    return resolver;
  }

  @Override
  public Executor workers() {
    return workers;
  }

  @Override
  public int armedTimers() {
    return clock.armed();
  }

  @Override
  public void close() {
    network.close();
    clock.close();
    resolver.close();
    workers.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      if (!isWorker()) {
        workers.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Whether the program stops the stack from within its listener: then its own thread can't be
   * waited for.
   */
  private static boolean isWorker() {
    return Thread.currentThread().getName().contains("-listener-");
  }
}
