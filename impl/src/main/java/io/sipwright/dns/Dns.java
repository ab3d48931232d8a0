package io.sipwright.dns;

import java.util.function.Consumer;

/** Somebody who answers questions about names. */
public interface Dns extends AutoCloseable {
  /**
   * Asks. Never blocks, and never throws for what a name is.
   *
   * @param then told exactly once, in bounded time: before this returns if the answer is known,
   *     otherwise later on another thread. Must not block.
   */
  void ask(Question question, Consumer<Answer> then);

  /** Ends what it has running; whoever still waits is told of a failure. Harmless when repeated. */
  @Override
  void close();
}
