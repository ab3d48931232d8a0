package io.sipwright.stack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what the application gets to see, in order per call and never under a lock of the stack.
 *
 * <p>Everything that has to do with one Call-ID goes through one queue, run by one worker at a
 * time. {@link ListenerConcurrency} says how many such queues there are (one for all, or one per
 * Call-ID) and whether an I/O thread may run them.
 */
public final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /** How many tasks one turn of a queue runs before it lets others have the worker. */
  private static final int TURN = 64;

  /** About what a waiting task and its message take besides the message's text. */
  private static final int TASK_BYTES = 1024;

  private static final long LEAST_ROOM = 8L << 20;

  private final ListenerConcurrency concurrency;
  private final Executor workers;
  private final Map<String, Queue> queues = new HashMap<>(); // guarded by itself
  private final Queue single = new Queue("");
  private final LoadGauge gauge;
  private final long room;
  private final AtomicLong held = new AtomicLong();

  @SuppressWarnings("ThreadLocalUsage") // a thread's turn belongs to one stack's delivery
  private final ThreadLocal<@Nullable List<Queue>> ioTurn = new ThreadLocal<>();

  private volatile boolean closed;

  /**
   * A delivery.
   *
   * @param workers where queues run; must not run anything on the caller's stack
   */
  Delivery(ListenerConcurrency concurrency, Executor workers, LoadGauge gauge) {
    this(concurrency, workers, gauge, Math.max(LEAST_ROOM, Runtime.getRuntime().maxMemory() / 4));
  }

  /** As the other one, with room for so many bytes of {@link #offer offered} messages. */
  Delivery(ListenerConcurrency concurrency, Executor workers, LoadGauge gauge, long room) {
    this.concurrency = concurrency;
    this.workers = workers;
    this.gauge = gauge;
    this.room = room;
  }

  /**
   * As {@link #submit}, for what anybody may send at any rate: refused while what waits of it takes
   * a quarter of the heap, so that a listener that stands still costs messages and not the program.
   *
   * @param bytes what the task holds
   * @return whether it was taken
   */
  public boolean offer(String callId, int bytes, Runnable task) {
    return offer(
        callId,
        bytes,
        new Offer() {
          @Override
          public void run() {
            task.run();
          }
        });
  }

  /** As {@link #offer(String, int, Runnable)}, for a task that's an object anyway. */
  public boolean offer(String callId, int bytes, Offer offer) {
    long weight = (long) bytes + TASK_BYTES;
    if (held.addAndGet(weight) > room) {
      held.addAndGet(-weight);
      return false;
    }
    offer.weight = weight;
    submit(callId, offer);
    return true;
  }

  /** About what waits of {@link #offer offered} messages, in bytes. */
  public long heldBytes() {
    return held.get();
  }

  /**
   * Whether so much waits for the listener, or so long, that what begins something new had better
   * be refused: three quarters of the room, or the time that the {@link LoadGauge} has.
   */
  public boolean isBehind() {
    return held.get() > room / 4 * 3 || gauge.isBehind();
  }

  /** A task for what anybody may send at any rate; offered once. */
  public abstract static class Offer implements Runnable {
    private long weight;

    /** Whether others of its call don't hold it up: then its wait says how busy the workers are. */
    private boolean measured;

    private long since;

    /** Not offered yet. */
    protected Offer() {}
  }

  private void measure(Runnable task) {
    if (task instanceof Offer offer) {
      offer.measured = true;
      offer.since = gauge.waits();
    }
  }

  private void begin(Offer offer) {
    held.addAndGet(-offer.weight);
    if (offer.measured) {
      gauge.ran(offer.since);
    }
  }

  /**
   * Enqueues a task behind all earlier ones of the same Call-ID. Never blocks, never runs it before
   * it returns.
   */
  public void submit(String callId, Runnable task) {
    if (closed) {
      return;
    }
    if (concurrency == ListenerConcurrency.PER_CALL) {
      submitPerCall(callId, task);
    } else {
      measure(task);
      if (single.add(task)) {
        schedule(single);
      }
    }
  }

  /**
   * An I/O thread begins a message: with {@link ListenerConcurrency#INLINE}, what is submitted from
   * now on waits for {@link #endIo}.
   */
  void beginIo() {
    if (concurrency == ListenerConcurrency.INLINE) {
      ioTurn.set(new ArrayList<>(1));
    }
  }

  /** An I/O thread has done with a message and holds no lock: runs what waited. */
  void endIo() {
    if (concurrency == ListenerConcurrency.INLINE) {
      List<Queue> turn = ioTurn.get();
      ioTurn.remove();
      if (turn != null) {
        turn.forEach(Queue::run);
      }
    }
  }

  /**
   * Drops what waits and takes nothing any more. A task that runs at this moment goes on to its
   * end.
   */
  public void close() {
    closed = true;
    single.clear();
    synchronized (queues) {
      queues.values().forEach(Queue::clear);
      queues.clear();
    }
  }

  /** How many Call-IDs have tasks waiting or running; 0 or 1 unless delivery is per call. */
  public int backlog() {
    synchronized (queues) {
      return queues.size() + (single.isIdle() ? 0 : 1);
    }
  }

  private void submitPerCall(String callId, Runnable task) {
    Queue queue;
    boolean first;
    synchronized (queues) {
      queue = queues.computeIfAbsent(callId, Queue::new);
      if (queue.isIdle()) {
        measure(task);
      }
      first = queue.add(task);
    }
    if (first) {
      schedule(queue);
    }
  }

  private void schedule(Queue queue) {
    List<Queue> turn = ioTurn.get();
    if (turn != null) {
      turn.add(queue);
    } else {
      workers.execute(queue);
    }
  }

  /** A queue and the task that empties it. */
  private final class Queue implements Runnable {
    private final String callId;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);
    private boolean running;

    Queue(String callId) {
      this.callId = callId;
    }

    /** Whether the caller has to schedule the queue. */
    synchronized boolean add(Runnable task) {
      tasks.add(task);
      boolean first = !running;
      running = true;
      return first;
    }

    synchronized void clear() {
      tasks.clear();
    }

    synchronized boolean isIdle() {
      return !running;
    }

    @Override
    public void run() {
      for (int i = 0; i < TURN; i++) {
        Runnable task = next();
        if (task == null) {
          return;
        }
        runOne(task);
      }
      schedule(this);
    }

    private @Nullable Runnable next() {
      if (this == single) {
        return poll();
      }
      synchronized (
          queues) { // so that a queue is forgotten only while nothing is being added to it
        Runnable task = poll();
        if (task == null) {
          queues.remove(callId, this);
        }
        return task;
      }
    }

    private synchronized @Nullable Runnable poll() {
      Runnable task = tasks.poll();
      running = task != null;
      return task;
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private void runOne(Runnable task) {
      try {
        if (task instanceof Offer offer) {
          begin(offer);
        }
        task.run();
      } catch (Throwable t) { // a listener that throws, an Error too, must not take the stack down
        LOG.error("Unexpected failure while events of call {} were delivered", callId, t);
      }
    }
  }
}
