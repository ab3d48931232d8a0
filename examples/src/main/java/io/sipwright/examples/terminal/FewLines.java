package io.sipwright.examples.terminal;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes the first lines of what may be thousands: a peer that is gone makes every call fail in the
 * same way.
 */
public final class FewLines {
  private static final int MOST = 10;

  private final Terminal terminal;
  private final AtomicInteger written = new AtomicInteger();

  /** Writes there. */
  public FewLines(Terminal terminal) {
    this.terminal = terminal;
  }

  /** One more line; shown if there were few so far. */
  public void line(String text) {
    int number = written.incrementAndGet();
    if (number <= MOST) {
      terminal.line(text);
    } else if (number == MOST + 1) {
      terminal.line("(further problems are counted, but not shown)");
    }
  }
}
