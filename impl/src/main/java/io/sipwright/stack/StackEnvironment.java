package io.sipwright.stack;

import io.sipwright.locator.Locator;
import io.sipwright.time.Clock;
import io.sipwright.transport.Network;
import java.util.concurrent.Executor;

/**
 * What a stack needs from outside to run: real for programs, virtual and simulated for tests of
 * whole calls.
 *
 * <p>Made anew each time the stack starts, by a {@link Factory}, and closed when it stops.
 */
public interface StackEnvironment extends AutoCloseable {
  /** Time and timers. */
  Clock clock();

  /** Where endpoints are opened. */
  Network network();

  /** Finds servers and hosts; closed with the environment. */
  Locator locator();

  /** Runs the application's events; never on the stack of the one who submits. */
  Executor workers();

  /** Number of armed timers, for statistics. */
  int armedTimers();

  /** Ends all threads and frees all ports before it returns. */
  @Override
  void close();

  /** Makes an environment for a configuration. */
  interface Factory {
    /** A fresh environment that runs nothing yet. */
    StackEnvironment create(StackConfig config);
  }
}
