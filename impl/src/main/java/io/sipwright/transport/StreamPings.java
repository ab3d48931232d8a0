package io.sipwright.transport;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for pongs on a stream (RFC 5626 §4.4.1). A pong doesn't say which ping it answers: it's
 * a sign of life for all that wait. Safe for use by several threads.
 */
final class StreamPings {
  private volatile @Nullable Set<Flow.PongListener> waiting;

  /**
   * A ping for a listener.
   *
   * @param sender sends the bytes of a ping
   */
  Flow.Ping ping(Flow.PongListener listener, Runnable sender) {
    return new Flow.Ping() {
      @Override
      public void send() {
        add(listener);
        sender.run();
      }

      @Override
      public void end() {
        remove(listener);
      }
    };
  }

  private synchronized void add(Flow.PongListener listener) {
    Set<Flow.PongListener> all = waiting;
    if (all == null) {
      all = new CopyOnWriteArraySet<>(); // few connections have one
      waiting = all;
    }
    all.add(listener);
  }

  private void remove(Flow.PongListener listener) {
    Set<Flow.PongListener> all = waiting;
    if (all != null) {
      all.remove(listener);
    }
  }

  /** A pong came. */
  void onPong() {
    Set<Flow.PongListener> all = waiting;
    if (all != null) {
      all.forEach(listener -> listener.onPong(null));
    }
  }
}
