package io.sipwright.examples.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Where a program writes: knows whether a person is looking (a tty), whether UTF-8 can be shown and
 * whether colours are wanted. Safe for use by several threads: lines never mix.
 */
public final class Terminal {
  private final PrintStream out;
  private final boolean tty;
  private final boolean unicode;
  private final boolean colours;
  private int liveWidth;

  /** A terminal over a stream; {@code colours} should be false when {@code tty} is. */
  public Terminal(PrintStream out, boolean tty, boolean unicode, boolean colours) {
    this.out = out;
    this.tty = tty;
    this.unicode = unicode;
    this.colours = colours;
  }

  /**
   * The process's standard output, judged by the launcher's {@code sipwright.tty} property and the
   * environment.
   */
  public static Terminal standard() {
    Map<String, String> env = System.getenv();
    boolean tty = Boolean.getBoolean("sipwright.tty");
    boolean unicode = isUtf8(env);
    PrintStream out =
        new PrintStream(
            new FileOutputStream(FileDescriptor.out),
            true,
            unicode ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII);
    return new Terminal(out, tty, unicode, tty && wantsColours(env));
  }

  /**
   * True when the locale that POSIX picks for characters (LC_ALL, LC_CTYPE, LANG, in this order) is
   * UTF-8.
   */
  static boolean isUtf8(Map<String, String> env) {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = env.getOrDefault(name, "");
      if (!value.isEmpty()) {
        String upper = value.toUpperCase(Locale.ROOT);
        return upper.contains("UTF-8") || upper.contains("UTF8");
      }
    }
    return false;
  }

  /** False when NO_COLOR is set (to anything but nothing) or the terminal is a dumb one. */
  static boolean wantsColours(Map<String, String> env) {
    return env.getOrDefault("NO_COLOR", "").isEmpty()
        && !env.getOrDefault("TERM", "dumb").equals("dumb");
  }

  /** True when the output is a terminal that a line can be redrawn on. */
  public boolean isTty() {
    return tty;
  }

  /** True when box-drawing characters can be shown. */
  public boolean isUnicode() {
    return unicode;
  }

  /** True when ANSI colours are wanted. */
  public boolean hasColours() {
    return colours;
  }

  /** Writes one line that stays. A live line drawn before is wiped first. */
  public synchronized void line(String text) {
    wipe();
    out.print(text + "\n");
    out.flush();
  }

  /** Draws the live line in place of the one before. Only on a tty; nothing happens elsewhere. */
  public synchronized void live(String text) {
    if (!tty) {
      return;
    }
    int shrunk = Math.max(0, liveWidth - text.length());
    out.print("\r" + text + " ".repeat(shrunk) + "\b".repeat(shrunk));
    out.flush();
    liveWidth = text.length();
  }

  /** Wipes the live line, if there is one. */
  public synchronized void wipe() {
    if (liveWidth > 0) {
      out.print("\r" + " ".repeat(liveWidth) + "\r");
      out.flush();
      liveWidth = 0;
    }
  }
}
