package io.sipwright.stack;

import io.sipwright.syntax.Chars;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Warns, once per key, about properties in our namespaces that nobody knows: most are typing
 * errors, so the warning names the nearest key there is.
 */
final class UnknownKeys {
  private static final List<String> NAMESPACES =
      List.of("javax.sip.", "io.sipwright.", "gov.nist.");
  private static final int MOST_REMEMBERED = 10_000;
  private static final List<String> KNOWN = known();

  private final Set<String> warned = ConcurrentHashMap.newKeySet();
  private final Consumer<String> log;

  /**
   * @param log gets one line per key that was not seen before
   */
  UnknownKeys(Consumer<String> log) {
    this.log = log;
  }

  private static List<String> known() {
    List<String> names = new ArrayList<>();
    for (ConfigKey key : ConfigTables.keys()) {
      names.addAll(key.row().names());
    }
    names.addAll(IgnoredKeys.reasons().keySet());
    return List.copyOf(names);
  }

  /** Looks at all keys, those of the default properties included. */
  void check(Properties properties) {
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      if (!isOurs(name) || warned.size() >= MOST_REMEMBERED) {
        continue;
      }
      String reason = IgnoredKeys.reasons().get(name);
      if (reason != null && warned.add(name)) {
        log.accept("property " + name + " has no effect: " + reason);
      } else if (!KNOWN.contains(name) && warned.add(name)) {
        String near = nearest(name);
        log.accept(
            "unknown property "
                + name
                + " has no effect"
                + (near == null ? "" : "; did you mean " + near + "?"));
      }
    }
  }

  private static boolean isOurs(String name) {
    for (String namespace : NAMESPACES) {
      if (name.startsWith(namespace)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The known name whose last part is the fewest edits away, of those the one that starts most
   * alike; null if more than a third of the letters would have to change.
   */
  static @Nullable String nearest(String unknown) {
    String last = lastPart(unknown);
    int bound = Math.max(1, last.length() / 3);
    String best = null;
    int bestEdits = bound + 1;
    int bestShared = -1;
    for (String name : KNOWN) {
      int edits = edits(last, lastPart(name));
      int shared = sharedStart(unknown, name);
      if (edits < bestEdits || (edits == bestEdits && edits <= bound && shared > bestShared)) {
        best = name;
        bestEdits = edits;
        bestShared = shared;
      }
    }
    return best;
  }

  private static String lastPart(String name) {
    return Chars.lower(name.substring(name.lastIndexOf('.') + 1));
  }

  private static int sharedStart(String a, String b) {
    int i = 0;
    while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    return i;
  }

  /** How many letters must be put in, taken out or changed to make one word of the other. */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
