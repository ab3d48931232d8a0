package io.sipwright.javax.sip.address;

import io.sipwright.syntax.Escapes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code name=value} elements kept as the one text they stand in on the wire, escapes included: a
 * URI's parameters (between semicolons) and headers (between ampersands).
 */
final class RawPairs {
  private RawPairs() {}

  /** Where the element starts whose name this is, or -1. */
  private static int find(String raw, char separator, String name) {
    int from = 0;
    while (from < raw.length()) {
      int to = endOf(raw, separator, from);
      if (nameOf(raw, from, to).equalsIgnoreCase(name)) {
        return from;
      }
      from = to + 1;
    }
    return -1;
  }

  private static int endOf(String raw, char separator, int from) {
    int to = raw.indexOf(separator, from);
    return to < 0 ? raw.length() : to;
  }

  private static String nameOf(String raw, int from, int to) {
    int eq = raw.indexOf('=', from);
    return Escapes.unescape(raw.substring(from, eq < 0 || eq > to ? to : eq));
  }

  static @Nullable String get(String raw, char separator, String name) {
    int from = find(raw, separator, name);
    if (from < 0) {
      return null;
    }
    int to = endOf(raw, separator, from);
    int eq = raw.indexOf('=', from);
    return eq < 0 || eq > to ? "" : Escapes.unescape(raw.substring(eq + 1, to));
  }

  static String set(String raw, char separator, String name, String element) {
    int from = find(raw, separator, name);
    if (from < 0) {
      return raw.isEmpty() ? element : raw + separator + element;
    }
    return raw.substring(0, from) + element + raw.substring(endOf(raw, separator, from));
  }

  static String remove(String raw, char separator, String name) {
    int from = find(raw, separator, name);
    if (from < 0) {
      return raw;
    }
    int to = endOf(raw, separator, from);
    return to < raw.length()
        ? raw.substring(0, from) + raw.substring(to + 1)
        : raw.substring(0, Math.max(0, from - 1));
  }

  static List<String> names(String raw, char separator) {
    List<String> names = new ArrayList<>();
    int from = 0;
    while (from < raw.length()) {
      int to = endOf(raw, separator, from);
      names.add(nameOf(raw, from, to));
      from = to + 1;
    }
    return names;
  }
}
