package io.sipwright.examples;

import io.sipwright.examples.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program under test wrote; can be waited for. */
public final class Screen extends ByteArrayOutputStream {
  private static final long SECONDS = 20;

  /** A terminal, not a tty, that writes here. */
  public Terminal terminal() {
    return new Terminal(new PrintStream(this, true, StandardCharsets.UTF_8), false, true, false);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    super.write(bytes, offset, length);
    notifyAll();
  }

  /** Everything so far. */
  public synchronized String text() {
    return toString(StandardCharsets.UTF_8);
  }

  /** Waits until the pattern is found in what was written; gives its first group. */
  public synchronized String await(String regex) throws InterruptedException {
    Pattern pattern = Pattern.compile(regex, Pattern.MULTILINE);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (true) {
      Matcher matcher = pattern.matcher(text());
      if (matcher.find()) {
        return matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("no '" + regex + "' within " + SECONDS + " s in:\n" + text());
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
