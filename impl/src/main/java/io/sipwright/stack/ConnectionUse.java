package io.sipwright.stack;

import io.sipwright.time.Alarm;
import io.sipwright.time.Clock;
import io.sipwright.transport.Flow;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections a while after their last transaction, where the configuration wants that; RFC
 * 3261 §18 and RFC 5923 §8 would rather have them kept. Costs nothing where it doesn't. Safe for
 * use by several threads.
 */
public final class ConnectionUse {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final ConnectionConfig config;
  private final Clock clock;

  // Guarded by this.
  private final IdentityHashMap<Object, Use> byTransaction = new IdentityHashMap<>();
  private final IdentityHashMap<Flow, Use> byFlow = new IdentityHashMap<>();

  /** One connection. */
  private final class Use {
    private final Flow flow;
    private final Alarm linger = Alarm.of(this::unused);
    private int transactions;

    Use(Flow flow) {
      this.flow = flow;
    }

    private void unused() {
      synchronized (ConnectionUse.this) {
        if (transactions > 0 || !byFlow.remove(flow, this)) {
          return;
        }
      }
      flow.close();
    }
  }

  ConnectionUse(ConnectionConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** Whether connections are closed at all. */
  public boolean isLimited() {
    return !config.keepsOutgoing() || !config.keepsIncoming();
  }

  private boolean counts(Flow flow) {
    boolean kept = flow.isOutgoing() ? config.keepsOutgoing() : config.keepsIncoming();
    return !kept && flow.endpoint().reliable();
  }

  /** A transaction uses a flow from now on, in place of any other that it has used. */
  public void begin(Object transaction, @Nullable Flow flow) {
    if (!isLimited() || flow == null || !counts(flow)) {
      return;
    }
    synchronized (this) {
      Use use = byFlow.computeIfAbsent(flow, Use::new);
      if (byTransaction.get(transaction) != use) {
        end(transaction);
        use.transactions++;
        byTransaction.put(transaction, use);
        clock.disarm(use.linger);
      }
    }
    if (!flow.isOpen()) {
      closed(flow); // meanwhile
    }
  }

  /** A transaction has ended. */
  public void end(Object transaction) {
    if (!isLimited()) {
      return;
    }
    synchronized (this) {
      Use use = byTransaction.remove(transaction);
      if (use != null && --use.transactions == 0 && byFlow.get(use.flow) == use) {
        clock.arm(use.linger, config.lingerSeconds() * NANOS_PER_SECOND);
      }
    }
  }

  /** A connection has ended. */
  synchronized void closed(Flow flow) {
    Use use = byFlow.remove(flow);
    if (use != null) {
      clock.disarm(use.linger);
    }
  }

  /** Number of connections and transactions that are known; for tests. */
  public synchronized int size() {
    return byFlow.size() + byTransaction.size();
  }
}
