package io.sipwright.stack;

import io.sipwright.transport.Flow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who wants to know when a connection ends. Safe for use by several threads. */
final class FlowWatchers {
  private static final String ORDERLY = "The connection was closed";

  private final Map<Flow, List<Consumer<String>>> watchers = new ConcurrentHashMap<>();

  /** Tells a watcher once, with the reason; at once if the connection has ended already. */
  void add(Flow flow, Consumer<String> watcher) {
    if (!flow.endpoint().reliable()) {
      return;
    }
    watchers.compute(
        flow,
        (f, known) -> { // at once, or the list may be gone before it's added
          List<Consumer<String>> all = known == null ? new CopyOnWriteArrayList<>() : known;
          all.add(watcher);
          return all;
        });
    if (!flow.isOpen() && remove(flow, watcher)) {
      watcher.accept(ORDERLY);
    }
  }

  /** Takes a watcher back. Returns whether it wasn't told. */
  boolean remove(Flow flow, Consumer<String> watcher) {
    boolean[] found = new boolean[1];
    watchers.computeIfPresent(
        flow,
        (f, all) -> {
          found[0] = all.remove(watcher);
          return all.isEmpty() ? null : all;
        });
    return found[0];
  }

  /** Whether a watcher of a kind waits for a connection's end. */
  boolean has(Flow flow, Class<?> kind) {
    List<Consumer<String>> all = watchers.get(flow);
    return all != null && all.stream().anyMatch(kind::isInstance);
  }

  /** A connection ended. */
  void closed(Flow flow, @Nullable IOException cause) {
    List<Consumer<String>> due = watchers.remove(flow);
    if (due != null) {
      String reason = cause == null ? ORDERLY : cause.getMessage();
      due.forEach(watcher -> watcher.accept(reason));
    }
  }

  /** Number of connections that are watched; for tests. */
  int size() {
    return watchers.size();
  }
}
