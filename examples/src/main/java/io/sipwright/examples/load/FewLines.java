package io.sipwright.examples.load;

import io.sipwright.examples.terminal.Terminal;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes the first lines of what may be thousands: a peer that is gone makes every call fail in the
 * same way.
 */
final class FewLines {
  private static final int MOST = 10;

  private final Terminal terminal;
  private final AtomicInteger written = new AtomicInteger();

  FewLines(Terminal terminal) {
    this.terminal = terminal;
  }

  void line(String text) {
    int number = written.incrementAndGet();
    if (number <= MOST) {
      terminal.line(text);
    } else if (number == MOST + 1) {
      terminal.line("(further problems are counted, but not shown)");
    }
  }
}
