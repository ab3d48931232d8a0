package io.sipwright.stack;

import io.sipwright.time.Clock;
import io.sipwright.transport.Flow;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The flows of one run of a stack (RFC 5626): their tokens, who keeps them alive, and who wants to
 * know when they end. Safe for use by several threads.
 */
public final class Flows {
  /** Hears of a flow that's kept alive. Called on threads of the stack: must not block. */
  public interface Keeping {
    /** The first answer to a keep-alive came. */
    void onAlive();

    /** The flow has failed, and is closed; told once. */
    void onFailed(String reason);
  }

  private final Clock clock;
  private final FlowTokens tokens = new FlowTokens();
  private final FlowWatchers watchers = new FlowWatchers();

  Flows(Clock clock) {
    this.clock = clock;
  }

  /** The word that names a flow; only this run of the stack can make it. */
  public String tokenOf(Flow flow) {
    return tokens.tokenOf(flow);
  }

  /** Whether the user part of a URI claims to be a token. */
  public static boolean looksLikeToken(@Nullable String user) {
    return FlowTokens.looksLikeToken(user);
  }

  /** Whether a token is one of ours, whatever became of its flow. */
  public boolean isOurs(String token) {
    return tokens.find(token).good();
  }

  /** The open flow that a token names; null if it's gone, or the token isn't one of ours. */
  public @Nullable Flow find(String token) {
    return tokens.find(token).flow();
  }

  /**
   * Tells once when a connection ends; never for UDP.
   *
   * @return what takes it back
   */
  public Runnable watch(Flow flow, Consumer<String> onEnd) {
    watchers.add(flow, onEnd);
    return () -> watchers.remove(flow, onEnd);
  }

  /**
   * Sends keep-alives on a flow, as its client (RFC 5626 §4.4). A connection that doesn't answer is
   * closed.
   *
   * @param flowTimer seconds that the server waits; 0 if that's not known
   * @return what stops it
   */
  public Runnable keep(Flow flow, int flowTimer, Keeping keeping) {
    Kept kept = new Kept(flow, flowTimer, keeping);
    watchers.add(flow, kept);
    kept.keeper.start();
    return kept::stop;
  }

  /** Whether keep-alives are sent on a connection: they find out whether it's good. */
  boolean isKept(Flow flow) {
    return watchers.has(flow, Kept.class);
  }

  /** A flow that's kept: its end by the peer counts as its failure too. */
  private final class Kept implements Keeping, Consumer<String> {
    private final Flow flow;
    private final Keeping keeping;
    private final FlowKeeper keeper;
    private final AtomicBoolean over = new AtomicBoolean();

    Kept(Flow flow, int flowTimer, Keeping keeping) {
      this.flow = flow;
      this.keeping = keeping;
      this.keeper = new FlowKeeper(flow, clock, flowTimer, this);
    }

    @Override
    public void onAlive() {
      keeping.onAlive();
    }

    @Override
    public void onFailed(String reason) {
      watchers.remove(flow, this);
      if (!flow.endpoint().reliable()) {
        accept(reason);
        return;
      }
      // Told when it's closed: what is sent then goes over a new connection.
      watchers.add(flow, closed -> accept(reason));
      flow.close();
    }

    /** It's over. */
    @Override
    public void accept(String reason) {
      keeper.stop();
      if (over.compareAndSet(false, true)) {
        keeping.onFailed(reason);
      }
    }

    void stop() {
      over.set(true);
      keeper.stop();
      watchers.remove(flow, this);
    }
  }

  /** A connection ended: nothing is kept of it. */
  void closed(Flow flow, @Nullable IOException cause) {
    tokens.closed(flow);
    watchers.closed(flow, cause);
  }

  /** Number of connections of which something is kept; for tests. */
  int size() {
    return tokens.size() + watchers.size();
  }
}
