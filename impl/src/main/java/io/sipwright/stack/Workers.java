package io.sipwright.stack;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that run the listener: one, a pool, or a virtual thread for each turn where Java has
 * them (21 and later) and the program sets no limit. They are daemons, start when they are needed
 * and end when they were idle for a while.
 */
final class Workers implements Executor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final long IDLE_SECONDS = 10;
  private static final long END_MILLIS = 300;
  private static final int LEAST_POOL = 4;

  private final ExecutorService threads;

  /** The threads that run something of this stack at this moment. */
  private final Set<Thread> busy = ConcurrentHashMap.newKeySet();

  /** Workers for a configuration; the name begins those of their threads. */
  Workers(StackConfig config, String name) {
    boolean perCall = config.listenerConcurrency() == ListenerConcurrency.PER_CALL;
    int limit = config.threadPoolSize();
    ExecutorService virtual = perCall && limit == 0 ? virtualThreads(name) : null;
    if (virtual != null) {
      threads = virtual;
    } else if (!perCall) {
      threads = pool(1, name);
    } else {
      int usual = Math.max(LEAST_POOL, 2 * Runtime.getRuntime().availableProcessors());
      threads = pool(limit > 0 ? limit : usual, name);
    }
  }

  private static ExecutorService pool(int size, String name) {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** By reflection, as this is compiled for Java 17. Null before Java 21. */
  private static @Nullable ExecutorService virtualThreads(String name) {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      Object named =
          type.getMethod("name", String.class, long.class).invoke(builder, name + "-", 1L);
      Object factory = type.getMethod("factory").invoke(named);
      return (ExecutorService)
          Executors.class
              .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
              .invoke(null, factory);
    } catch (ReflectiveOperationException e) {
      LOG.debug("No virtual threads here", e);
      return null;
    }
  }

  @Override
  public void execute(Runnable task) {
    try {
      threads.execute(
          () -> {
            Thread thread = Thread.currentThread();
            busy.add(thread);
            try {
              task.run();
            } finally {
              busy.remove(thread);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.trace("Nothing is run after the end", e);
    }
  }

  /**
   * Interrupts what runs, but not the calling thread if the program stops its stack from within the
   * listener, and waits for it for a short time.
   */
  @Override
  public void close() {
    boolean own = busy.contains(Thread.currentThread());
    boolean interrupted = Thread.interrupted();
    threads.shutdownNow();
    try {
      if (own) {
        boolean byShutdown = Thread.interrupted();
        LOG.trace("Stopped from within the listener ({})", byShutdown);
      } else if (!threads.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.debug("The listener is still at work");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
