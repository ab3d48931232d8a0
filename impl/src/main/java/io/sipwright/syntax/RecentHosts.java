package io.sipwright.syntax;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The hosts seen lately, a string each: most messages come from few proxies and domains. Safe for
 * use by several threads, which at worst make a string twice.
 */
public final class RecentHosts {
  private static final int SIZE = 512;
  private static final int LONGEST = 64;
  private static final @Nullable String[] HOSTS = new @Nullable String[SIZE];

  private RecentHosts() {}

  /** The ASCII bytes as text. */
  public static String get(byte[] b, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + b[i];
    }
    int slot = (hash ^ hash >>> 9) & (SIZE - 1);
    String known = HOSTS[slot];
    if (known != null && RawText.same(b, from, to, known)) {
      return known;
    }
    String host = new String(b, from, to - from, StandardCharsets.ISO_8859_1);
    if (host.length() <= LONGEST) {
      HOSTS[slot] = host;
    }
    return host;
  }
}
