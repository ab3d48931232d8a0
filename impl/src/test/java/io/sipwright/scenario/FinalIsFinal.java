package io.sipwright.scenario;

import java.util.HashMap;
import java.util.Map;

/**
 * Behind a final response a server sends no provisional one, and no other final one, in the same
 * transaction (RFC 3261 §17.2). A proxy passes on each 2xx to INVITE, whatever it has sent before
 * (§16.7 step 5). After 64·T1 the transaction may be over, and a copy of its request is a new one.
 */
final class FinalIsFinal extends Rule {
  private static final long LIFE = 64 * AcceptedIsRepeated.T1;

  private final Map<String, Happening> finals = new HashMap<>();

  @Override
  void on(Happening h) {
    if (h.what() == Happening.What.SENT && !h.facts().request()) {
      Facts m = h.facts();
      String key = h.who() + " " + m.branch() + " " + m.method();
      Happening before = finals.get(key);
      if (before == null || h.at() > before.at() + LIFE) {
        if (m.isFinal()) {
          finals.put(key, h);
        }
      } else if (!m.isFinal()) {
        breach(h, "a provisional response behind " + before.facts());
      } else if (isOther(before.facts(), m) && !(isProxy(h.who()) && m.accepts())) {
        breach(h, "a second final response behind " + before.facts());
      }
    }
  }

  private static boolean isOther(Facts before, Facts m) {
    return before.status() != m.status() || !before.toTag().equals(m.toTag());
  }
}
