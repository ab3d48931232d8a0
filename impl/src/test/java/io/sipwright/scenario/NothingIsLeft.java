package io.sipwright.scenario;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When all is over, no stack holds anything: no transaction, dialog, event or timer. And all is
 * over 64·T1 + T4 after the last message or act of a program: no timer of a transaction or dialog
 * lasts longer.
 */
final class NothingIsLeft {
  /** 64·T1 + T4, in nanoseconds. */
  static final long LAST = 37_000_000_000L;

  private NothingIsLeft() {}

  /** What's left, or null. */
  static @Nullable String judge(boolean idle, int armed, Map<String, Integer> held) {
    for (Map.Entry<String, Integer> figure : held.entrySet()) {
      if (figure.getValue() != 0) {
        return "NothingIsLeft: " + figure.getKey() + ": " + figure.getValue();
      }
    }
    return idle && armed == 0 ? null : "NothingIsLeft: " + armed + " timers are armed";
  }

  /** What took too long, or null; times in nanoseconds. */
  static @Nullable String judgeTime(long lastMotion, long end) {
    return end - lastMotion <= LAST
        ? null
        : "NothingIsLeft: a timer ran " + (end - lastMotion) / 1e9 + " s after the last message";
  }
}
