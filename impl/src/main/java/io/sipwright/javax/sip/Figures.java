package io.sipwright.javax.sip;

import io.sipwright.stack.SipCore;
import java.util.Map;
import java.util.TreeMap;

/** What {@link SipStackImpl#statistics} tells. */
final class Figures {
  private Figures() {}

  static Map<String, Integer> of(SipStackImpl stack) {
    Map<String, Integer> figures = new TreeMap<>();
    SipCore core = stack.core();
    put(figures, "dialogs", stack.dialogs().size());
    put(figures, "refused", stack.requests().overload().refused());
    put(
        figures,
        "clientTransactions",
        core == null ? 0 : core.transactions().table().clientCount());
    put(
        figures,
        "serverTransactions",
        core == null ? 0 : core.transactions().table().serverCount());
    put(figures, "timers", core == null ? 0 : core.armedTimers());
    put(figures, "backlog", core == null ? 0 : core.delivery().backlog());
    if (core != null) {
      core.connectionFigures().forEach((name, value) -> put(figures, name, value));
    }
    return figures;
  }

  private static void put(Map<String, Integer> figures, String name, long value) {
    figures.put(name, (int) Math.min(Integer.MAX_VALUE, value));
  }
}
