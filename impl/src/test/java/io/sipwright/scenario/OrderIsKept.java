package io.sipwright.scenario;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Order is kept: the requests that a program gets in a dialog have rising numbers (RFC 3261
 * §12.2.2), and what it gets of one Call-ID is told in the order in which it came.
 */
final class OrderIsKept extends Rule {
  private static final Integer TOLD = -1;

  private final Map<String, Facts> last = new HashMap<>();
  private final Map<String, Integer> arrivals = new HashMap<>();

  /** When the last copy came: one may be told of once the first was absorbed. */
  private final Map<String, Integer> latest = new HashMap<>();

  private final Map<String, Integer> told = new HashMap<>();
  private final Map<String, String> byes = new HashMap<>();
  private final Set<String> over = new HashSet<>();
  private final Set<String> refused = new HashSet<>();
  private int count;

  @Override
  void on(Happening h) {
    switch (h.what()) {
      case CAME -> onCame(h);
      case TOLD_REQUEST, TOLD_RESPONSE -> onTold(h);
      case DID_REQUEST -> {
        Facts m = h.facts();
        if (m.is("BYE")) {
          byes.put(
              h.who() + " " + h.transaction(),
              h.who() + " " + m.callId() + " " + m.fromTag() + " " + m.toTag());
        }
      }
      case TOLD_TIMEOUT, TOLD_CLIENT_OVER ->
          over.add(byes.getOrDefault(h.who() + " " + h.transaction(), ""));
      case TOLD_DIALOG_OVER -> over.add(h.who() + " " + h.transaction().replace(':', ' '));
      case DID_ANSWER -> {
        Facts m = h.facts();
        if (m.is("BYE") && m.isFinal()) {
          over.add(h.who() + " " + m.callId() + " " + m.toTag() + " " + m.fromTag());
        }
      }
      case SENT,
          CAME_DAMAGED,
          TOLD_NO_ACK,
          TOLD_ERROR,
          TOLD_SERVER_OVER,
          DID_OPEN,
          DID_ACK,
          DID_END -> {}
    }
  }

  private void onCame(Happening h) {
    Facts m = h.facts();
    String transaction = h.who() + " " + m.branch() + " " + m.method();
    if (!m.request() && m.isFinal() && !m.accepts()) {
      refused.add(transaction);
    }
    if (!m.accepts() || !refused.contains(transaction)) { // see NothingIsSwallowed
      arrivals.putIfAbsent(key(h), ++count);
      latest.put(key(h), count);
    }
  }

  private void onTold(Happening h) {
    Facts m = h.facts();
    if (!m.request() && (m.status() == 481 || (m.is("BYE") && m.isFinal()))) {
      over.add(h.who() + " " + m.callId() + " " + m.fromTag() + " " + m.toTag());
    }
    Integer arrival = arrivals.put(key(h), TOLD);
    if (arrival != null && !arrival.equals(TOLD)) {
      Integer before = told.put(h.who() + " " + m.callId(), arrival);
      if (before != null && before > latest.get(key(h))) {
        breach(h, "told behind what came later");
      }
    }
    boolean numbered = m.request() && !m.toTag().isEmpty() && !m.is("ACK") && !m.is("CANCEL");
    if (numbered && !isProxy(h.who())) {
      String dialog = h.who() + " " + m.callId() + " " + m.toTag() + " " + m.fromTag();
      if (over.contains(dialog)) {
        return; // a request without dialog, to which the program says 481
      }
      Facts before = last.put(dialog, m);
      boolean again = before != null && before.branch().equals(m.branch());
      if (before != null && !again && before.cseq() >= m.cseq()) {
        breach(h, "its number isn't above " + before.cseq());
      }
    }
  }

  private static String key(Happening h) {
    Facts m = h.facts();
    String kind = m.request() ? "" : m.status() + " " + m.toTag() + " ";
    return h.who() + " " + kind + m.branch() + " " + m.method();
  }
}
