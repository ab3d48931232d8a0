package io.sipwright.javax.sip.address;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Escapes;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code name[=value]} elements kept as the one text that they stand in on the wire, escapes
 * included: a URI's parameters (semicolons between them) and headers (ampersands).
 *
 * <p>Names are found without regard to case and escapes (RFC 3261 §19.1.4). No parameter may stand
 * twice (RFC 3261 §19.1.1); where one does, and where a header does, the first is what's got. Every
 * method takes time linear in the text.
 */
final class RawPairs {
  private RawPairs() {}

  /**
   * Reads elements to the end given. Empty ones ({@code ;;lr}, {@code ;lr;}) are left out: deployed
   * equipment has them, and the grammar doesn't.
   *
   * @param charClass what names and values are made of
   * @param more what values hold too
   * @param needsValue whether every element must have a {@code =}
   */
  static String parse(
      Scanner in, int end, char separator, int charClass, String more, boolean needsValue)
      throws SyntaxException {
    byte[] b = in.array();
    int from = in.position();
    boolean empties = false;
    int i = from;
    while (true) {
      int start = i;
      i = Escapes.skip(b, i, end, charClass);
      if (i < end && b[i] == '=') {
        in.position(i);
        if (i == start) {
          throw in.error("expected a name");
        }
        int value = i + 1;
        i = Escapes.skip(b, value, end, charClass);
        if (i == value && !needsValue && (i == end || b[i] == separator)) {
          in.beyondGrammar("no value behind '='", value);
        }
        while (i < end && more.indexOf(b[i]) >= 0) {
          in.beyondGrammar("character in a URI that should be escaped", i);
          i = Escapes.skip(b, i + 1, end, charClass);
        }
      } else if (needsValue) {
        in.position(i);
        throw in.error(i == start ? "expected a name" : "expected '='");
      } else if (i == start) {
        empties = true;
        in.beyondGrammar("nothing between the separators of a URI", i);
      }
      if (i == end) {
        break;
      }
      if (b[i] != separator) {
        in.position(i);
        throw in.error("unexpected character in URI");
      }
      i++;
    }
    in.position(end);
    String raw = in.text(from, end);
    return empties ? withoutEmpties(raw, separator) : raw;
  }

  private static String withoutEmpties(String raw, char separator) {
    StringBuilder sb = new StringBuilder(raw.length());
    for (int from = 0; from < raw.length(); ) {
      int to = endOf(raw, separator, from);
      if (to > from) {
        append(sb, separator, raw, from, to);
      }
      from = to + 1;
    }
    return sb.toString();
  }

  private static void append(StringBuilder sb, char separator, String s, int from, int to) {
    if (!sb.isEmpty()) {
      sb.append(separator);
    }
    sb.append(s, from, to);
  }

  private static int endOf(String raw, char separator, int from) {
    int to = raw.indexOf(separator, from);
    return to < 0 ? raw.length() : to;
  }

  private static int nameEnd(String raw, int from, int to) {
    int i = from;
    while (i < to && raw.charAt(i) != '=') {
      i++;
    }
    return i;
  }

  private static boolean isNamed(String raw, int from, int to, String name) {
    boolean escaped = false;
    int end = from;
    while (end < to && raw.charAt(end) != '=') {
      escaped |= raw.charAt(end++) == '%';
    }
    if (escaped) {
      return Chars.sameIgnoringCase(Escapes.resolve(raw.substring(from, end)), name);
    }
    if (end - from != name.length()) {
      return false;
    }
    for (int i = from; i < end; i++) {
      if (Chars.lower(raw.charAt(i)) != Chars.lower(name.charAt(i - from))) {
        return false;
      }
    }
    return true;
  }

  /** Where the element of a name starts, or -1. */
  private static int find(String raw, char separator, String name) {
    for (int from = 0; from < raw.length(); ) {
      int to = endOf(raw, separator, from);
      if (isNamed(raw, from, to, name)) {
        return from;
      }
      from = to + 1;
    }
    return -1;
  }

  static boolean has(String raw, char separator, String name) {
    return find(raw, separator, name) >= 0;
  }

  /** The value, escapes resolved; {@code ""} for an element without one, null if it's not there. */
  static @Nullable String get(String raw, char separator, String name) {
    int from = find(raw, separator, name);
    if (from < 0) {
      return null;
    }
    int to = endOf(raw, separator, from);
    int end = nameEnd(raw, from, to);
    return end == to ? "" : Escapes.resolve(raw.substring(end + 1, to));
  }

  /** With an element in the place of the first of its name, or at the end. */
  static String set(String raw, char separator, String name, String element) {
    StringBuilder sb = new StringBuilder(raw.length() + element.length() + 1);
    boolean done = false;
    for (int from = 0; from < raw.length(); ) {
      int to = endOf(raw, separator, from);
      if (!isNamed(raw, from, to, name)) {
        append(sb, separator, raw, from, to);
      } else if (!done) {
        append(sb, separator, element, 0, element.length());
        done = true;
      }
      from = to + 1;
    }
    if (!done) {
      append(sb, separator, element, 0, element.length());
    }
    return sb.toString();
  }

  /**
   * With an element before the first whose name, in lower case, a test is true of, or at the end.
   */
  static String insert(String raw, char separator, String element, Predicate<String> before) {
    for (int from = 0; from < raw.length(); ) {
      int to = endOf(raw, separator, from);
      String name = Escapes.canonical(raw.substring(from, nameEnd(raw, from, to)), true);
      if (before.test(name)) {
        return raw.substring(0, from) + element + separator + raw.substring(from);
      }
      from = to + 1;
    }
    return raw.isEmpty() ? element : raw + separator + element;
  }

  /** Without the elements of a name. */
  static String remove(String raw, char separator, String name) {
    if (!has(raw, separator, name)) {
      return raw;
    }
    StringBuilder sb = new StringBuilder(raw.length());
    for (int from = 0; from < raw.length(); ) {
      int to = endOf(raw, separator, from);
      if (!isNamed(raw, from, to, name)) {
        append(sb, separator, raw, from, to);
      }
      from = to + 1;
    }
    return sb.toString();
  }

  /** The names in order, escapes resolved, each once, as a copy. */
  static Iterator<String> names(String raw, char separator) {
    if (raw.isEmpty()) {
      return List.<String>of().iterator();
    }
    Map<String, String> names = new LinkedHashMap<>();
    for (int from = 0; from < raw.length(); ) {
      int to = endOf(raw, separator, from);
      String name = Escapes.resolve(raw.substring(from, nameEnd(raw, from, to)));
      names.putIfAbsent(Chars.lower(name), name);
      from = to + 1;
    }
    return List.copyOf(names.values()).iterator();
  }

  /** Names in canonical form, each with all its values in order, raw; {@code ""} for none. */
  static Map<String, List<String>> lists(String raw, char separator) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (int from = 0; from < raw.length(); ) {
      int to = endOf(raw, separator, from);
      int end = nameEnd(raw, from, to);
      String name = Escapes.canonical(raw.substring(from, end), true);
      String value = end == to ? "" : raw.substring(end + 1, to);
      lists.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
      from = to + 1;
    }
    return lists;
  }

  /** Names in canonical form with their first values, raw; {@code ""} for none. */
  static Map<String, String> map(String raw, char separator) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int from = 0; from < raw.length(); ) {
      int to = endOf(raw, separator, from);
      int end = nameEnd(raw, from, to);
      map.putIfAbsent(
          Escapes.canonical(raw.substring(from, end), true),
          end == to ? "" : raw.substring(end + 1, to));
      from = to + 1;
    }
    return map;
  }
}
