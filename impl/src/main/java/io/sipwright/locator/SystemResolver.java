package io.sipwright.locator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the operating system, through {@link InetAddress}. Numeric addresses and {@code localhost}
 * are answered on the spot; names on a few threads of its own, which end when they have had nothing
 * to do for a while. Those who ask for the same name at the same time share one look-up.
 */
public final class SystemResolver implements HostResolver {
  private static final Logger LOG = LoggerFactory.getLogger(SystemResolver.class);
  private static final int MOST_THREADS = 4;
  private static final int MOST_NAMES_WAITING = 1000;
  private static final int IDLE_SECONDS = 10;

  /** The question itself, which blocks. */
  interface Lookup {
    InetAddress[] all(String name) throws IOException;
  }

  private final Lookup lookup;
  private final ThreadPoolExecutor workers;
  private final Map<String, List<Consumer<Result>>> waiting = new HashMap<>(); // guarded by itself

  /** Starts no thread yet. */
  public SystemResolver() {
    this(InetAddress::getAllByName);
  }

  SystemResolver(Lookup lookup) {
    this.lookup = lookup;
    this.workers =
        new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_NAMES_WAITING),
            SystemResolver::thread);
    workers.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "sipwright-resolver");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void resolve(String host, Consumer<Result> then) {
    InetAddress numeric = NumericAddress.parse(host);
    if (numeric != null) {
      then.accept(Result.found(host, List.of(numeric)));
    } else if (host.equalsIgnoreCase("localhost")) {
      then.accept(Result.found(host, loopback()));
    } else if (host.isEmpty() || host.indexOf(':') >= 0 || host.indexOf('[') >= 0) {
      then.accept(Result.failed(host, "no address and no host name: '" + host + "'"));
    } else {
      enqueue(host, then);
    }
  }

  private static List<InetAddress> loopback() {
    InetAddress v4 = NumericAddress.parse("127.0.0.1");
    InetAddress v6 = NumericAddress.parse("::1");
    List<InetAddress> both = new ArrayList<>(2);
    if (v4 != null) {
      both.add(v4);
    }
    if (v6 != null) {
      both.add(v6);
    }
    return both;
  }

  private void enqueue(String name, Consumer<Result> then) {
    synchronized (waiting) {
      List<Consumer<Result>> others = waiting.get(name);
      if (others != null) {
        others.add(then);
        return;
      }
      List<Consumer<Result>> first = new ArrayList<>(1);
      first.add(then);
      waiting.put(name, first);
    }
    try {
      workers.execute(() -> answer(name, ask(name)));
    } catch (RejectedExecutionException e) {
      String why = workers.isShutdown() ? "the resolver is closed" : "too many names are waiting";
      answer(name, Result.failed(name, why));
    }
  }

  private Result ask(String name) {
    try {
      InetAddress[] addresses = lookup.all(name);
      return addresses.length == 0
          ? Result.failed(name, "no address for " + name)
          : Result.found(name, List.of(addresses));
    } catch (UnknownHostException e) {
      return Result.failed(name, "unknown host " + name);
    } catch (IOException | RuntimeException e) {
      return Result.failed(name, "look-up of " + name + " failed: " + e);
    }
  }

  private void answer(String name, Result result) {
    List<Consumer<Result>> all;
    synchronized (waiting) {
      all = waiting.remove(name);
    }
    if (all == null) {
      return;
    }
    for (Consumer<Result> one : all) {
      try {
        one.accept(result);
      } catch (RuntimeException e) {
        LOG.error("Could not take the answer for {}", name, e);
      }
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
    List<String> names;
    synchronized (waiting) {
      names = new ArrayList<>(waiting.keySet());
    }
    for (String name : names) {
      answer(name, Result.failed(name, "the resolver is closed"));
    }
  }
}
