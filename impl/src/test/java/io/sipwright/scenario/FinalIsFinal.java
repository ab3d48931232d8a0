package io.sipwright.scenario;

import java.util.HashMap;
import java.util.Map;

/**
 * Behind a final response a server sends no provisional one, and no other final one, in the same
 * transaction (RFC 3261 §17.2). A proxy passes on each 2xx to INVITE (§16.7).
 */
final class FinalIsFinal extends Rule {
  private final Map<String, Facts> finals = new HashMap<>();

  @Override
  void on(Happening h) {
    if (h.what() == Happening.What.TOLD_SERVER_OVER) {
      finals.remove(h.who() + " " + h.transaction()); // a copy that comes now is a new request
    } else if (h.what() == Happening.What.SENT && !h.facts().request()) {
      Facts m = h.facts();
      String key = h.who() + " " + m.branch() + " " + m.method();
      Facts before = finals.get(key);
      if (before == null) {
        if (m.isFinal()) {
          finals.put(key, m);
        }
      } else if (!m.isFinal()) {
        breach(h, "a provisional response behind " + before);
      } else if (isOther(before, m) && !(isProxy(h.who()) && before.accepts() && m.accepts())) {
        breach(h, "a second final response behind " + before);
      }
    }
  }

  private static boolean isOther(Facts before, Facts m) {
    return before.status() != m.status() || !before.toTag().equals(m.toTag());
  }
}
