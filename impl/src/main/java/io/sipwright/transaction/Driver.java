package io.sipwright.transaction;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.time.Alarm;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What moves a machine: its lock, its timers, the wire, and the end.
 *
 * <p>Everything happens under one lock, the object's own. The driver is its own alarm, which rings
 * for whichever of its two timers (one that repeats, one that ends a state) is due first, and its
 * own listener for failures to send.
 */
abstract class Driver<A> extends Alarm implements Wire.FailureListener {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** What it's found by in the table: the fingerprint of its key. */
  private final long high;

  private final long low;

  private final String method;
  private final TransactionLayer layer;
  private final Wire wire;
  private Timings timings;

  private volatile @Nullable MachineState current;

  // The rest is guarded by this.

  private boolean repeats;
  private boolean lasts;
  private boolean armed;
  private boolean busy;
  private long interval;
  private long repeatAt;
  private long lastAt;
  private long armedFor;
  private @Nullable IOException failure;

  Driver(TransactionKey key, Wire wire, TransactionLayer layer) {
    high = key.high();
    low = key.low();
    method = key.method();
    this.wire = wire;
    this.layer = layer;
    timings = layer.timings();
  }

  /** The method of its request. */
  public final String method() {
    return method;
  }

  final long high() {
    return high;
  }

  final long low() {
    return low;
  }

  /** The state it's in; null for a client that wasn't started. */
  public final @Nullable TransactionStage stage() {
    MachineState state = current;
    return state == null ? null : state.stage();
  }

  /** Where it sends to. */
  public final Wire wire() {
    return wire;
  }

  /** T1, T2 and T4 for the timers it starts. */
  public final synchronized Timings timings() {
    return timings;
  }

  /** Changes T1, T2 and T4; timers that run already keep their lengths. */
  public final synchronized void setTimings(Timings timings) {
    this.timings = timings;
  }

  /** Ends it without a word to anybody but {@code onTerminated}; no effect on one that's over. */
  public final synchronized void terminate() {
    if (stage() == TransactionStage.TERMINATED) {
      return;
    }
    carryOut(end(), null, null);
  }

  /**
   * The transport found out that something can't be sent, now or later; means nothing before the
   * start.
   */
  @Override
  public final synchronized void onFailure(IOException cause) {
    if (current == null) {
      return;
    }
    if (!busy) {
      failed(cause);
    } else if (failure == null) {
      failure = cause; // when the step that's being taken is done
    }
  }

  /** Enters a machine's first state, whose timers start. */
  final void enter(MachineState first) {
    settle(first);
  }

  /** Enters the next state, does what the step says, and ends if the step does. */
  final void carryOut(Step<?, A> step, @Nullable SipMessage message, @Nullable IOException cause) {
    boolean ends =
        step.next().stage() == TransactionStage.TERMINATED
            && stage() != TransactionStage.TERMINATED;
    settle(step.next());
    busy = true;
    try {
      List<A> actions = step.actions();
      for (int i = 0; i < actions.size(); i++) { // an iterator is an object
        if (current == step.next()) { // not if a user ended it in the midst of this
          perform(actions.get(i), message, cause);
        }
      }
    } finally {
      busy = false;
      if (ends) {
        leave(layer.table());
      }
    }
    IOException late = failure;
    failure = null;
    if (late != null) {
      failed(late);
    }
  }

  final void send(byte[] bytes) {
    wire.send(bytes, this);
  }

  /** Starts the timer that ends the current state, which owns one that's not running. */
  final void startLasting(long millis) {
    long now = layer.clock().nanos();
    lasts = true;
    lastAt = now + millis * NANOS_PER_MILLI;
    rearm(now);
  }

  /** Stops the timer that would end the current state. */
  final void stopLasting() {
    lasts = false;
    rearm(layer.clock().nanos());
  }

  /** The machine's state; only once it has entered one. */
  final MachineState current() {
    return Objects.requireNonNull(current);
  }

  final TransactionLayer layer() {
    return layer;
  }

  /** A timer's first length in milliseconds, or {@link Timer#NEVER}. */
  long first(Timer timer) {
    return timer.first(timings, wire.reliable());
  }

  /** A repeating timer's next length in milliseconds. */
  long next(Timer timer, long previous) {
    return timer.next(previous, timings);
  }

  /** The step to the machine's last state, without actions. */
  abstract Step<?, A> end();

  abstract void perform(A action, @Nullable SipMessage message, @Nullable IOException cause);

  abstract void fired(Timer timer);

  abstract void failed(IOException cause);

  /** Takes itself out of the table and tells its user. */
  abstract void leave(TransactionTable table);

  @Override
  protected final synchronized void ring() {
    armed = false;
    long now = layer.clock().nanos();
    MachineState state = current;
    Timer lasting = state == null ? null : state.lasting();
    Timer repeating = state == null ? null : state.repeating();
    if (lasts && lasting != null && lastAt - now <= 0) {
      lasts = false;
      fired(lasting);
    } else if (repeats && repeating != null && repeatAt - now <= 0) {
      interval = next(repeating, interval);
      repeatAt = now + interval * NANOS_PER_MILLI;
      fired(repeating);
    }
    rearm(layer.clock().nanos()); // if nothing was due, it rang for an arming that was replaced
  }

  /** Stops the timers that a state doesn't own, and starts those it newly owns. */
  private void settle(MachineState next) {
    MachineState before = current;
    if (before == next) {
      return;
    }
    current = next;
    long now = layer.clock().nanos();
    Timer repeating = next.repeating();
    if (before == null || before.repeating() != repeating) {
      interval = repeating == null ? Timer.NEVER : first(repeating);
      repeats = interval != Timer.NEVER;
      repeatAt = now + interval * NANOS_PER_MILLI;
    }
    Timer lasting = next.lasting();
    if (before == null || before.lasting() != lasting) {
      long length = lasting == null ? Timer.NEVER : first(lasting);
      lasts = length != Timer.NEVER;
      lastAt = now + length * NANOS_PER_MILLI;
    }
    rearm(now);
  }

  /** Makes the alarm fit the timers. */
  private void rearm(long now) {
    if (repeats || lasts) {
      long due = !lasts ? repeatAt : !repeats ? lastAt : lastAt + Math.min(0, repeatAt - lastAt);
      if (!armed || due != armedFor) {
        layer.clock().arm(this, due - now);
        armed = true;
        armedFor = due;
      }
    } else if (armed) {
      layer.clock().disarm(this);
      armed = false;
    }
  }
}
