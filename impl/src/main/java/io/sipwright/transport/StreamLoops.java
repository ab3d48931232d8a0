package io.sipwright.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The threads that all stream endpoints of a network share, and the places for connections. */
final class StreamLoops {
  private static final int END_SECONDS = 5;
  private static final int JOIN_MILLIS = 1_000;

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final LimitCounts limits;
  private final ConnectionPlaces places;
  private final EventLoopGroup group;

  StreamLoops(SocketNetworkConfig config) {
    limits = new LimitCounts(config.name(), this::inASecond);
    places = new ConnectionPlaces(config, limits);
    ThreadFactory factory =
        new DefaultThreadFactory(config.name() + "-stream", config.daemonThreads());
    group =
        group(
            config.streamThreads(),
            task -> {
              Thread thread = factory.newThread(task);
              threads.add(thread);
              return thread;
            });
  }

  @SuppressWarnings("deprecation") // In Netty 4.2, but what replaces it isn't in Netty 4.1.
  private static EventLoopGroup group(int threads, ThreadFactory factory) {
    return new NioEventLoopGroup(threads, factory);
  }

  EventLoopGroup group() {
    return group;
  }

  LimitCounts limits() {
    return limits;
  }

  ConnectionPlaces places() {
    return places;
  }

  ConnectionFigures figures() {
    return new ConnectionFigures(places.open(), limits.waiting.get(), limits.all());
  }

  private void inASecond(Runnable task) {
    var unused = group.schedule(task, 1, TimeUnit.SECONDS);
  }

  /** Whether the calling thread is one of these: then it must not wait for them. */
  boolean inLoop() {
    return threads.contains(Thread.currentThread());
  }

  /** Does something again and again while the threads run. */
  void every(int seconds, Runnable task) {
    var unused = group.scheduleWithFixedDelay(task, seconds, seconds, TimeUnit.SECONDS);
  }

  /** Ends the threads, and waits until they have ended unless called by one of them. */
  void close() {
    var ended = group.shutdownGracefully(0, END_SECONDS, TimeUnit.SECONDS);
    if (inLoop()) {
      return;
    }
    ended.awaitUninterruptibly(END_SECONDS, TimeUnit.SECONDS);
    try {
      for (Thread thread : threads) {
        thread.join(JOIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
