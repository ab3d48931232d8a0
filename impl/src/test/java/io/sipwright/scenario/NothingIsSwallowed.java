package io.sipwright.scenario;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What comes has consequences: a request reaches the program or is answered by the stack, a 2xx to
 * INVITE reaches the program, and so does the ACK for one within 64·T1 unless the call is ended
 * meanwhile. A 2xx behind a refusal finds its transaction in Completed, which takes none (RFC 3261
 * §17.1.1.2): a proxy may have answered before it passed the 2xx on.
 *
 * <p>With {@link AcceptedIsRepeated} and {@link RequestsAreRepeated} that is: a call that both
 * sides want is established if the network lets one copy of INVITE, 2xx and ACK through, each
 * within the 64·T1 for which its sender repeats it.
 */
final class NothingIsSwallowed extends Rule {
  private static final long LIFE = 64 * AcceptedIsRepeated.T1;

  private final Map<String, Happening> unsettled = new LinkedHashMap<>();
  private final Set<String> settled = new HashSet<>();
  private final Map<String, Long> accepted = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private final Set<String> refused = new HashSet<>();
  private final Set<String> refusals = new HashSet<>();

  @Override
  void on(Happening h) {
    switch (h.what()) {
      case SENT -> onSent(h);
      case CAME -> onCame(h);
      case CAME_DAMAGED -> {
        if (h.has()) { // it may have done anything to the call
          ended.add(h.who() + " " + h.facts().callId());
        }
      }
      case TOLD_REQUEST -> settle(h.facts().is("ACK") ? call(h) : branch(h));
      case TOLD_RESPONSE -> {
        if (h.facts().accepts()) {
          settle(call(h));
        }
      }
      case TOLD_DIALOG_OVER -> {
        int end = h.transaction().indexOf(':');
        ended.add(h.who() + " " + h.transaction().substring(0, Math.max(0, end)));
      }
      case TOLD_TIMEOUT,
          TOLD_NO_ACK,
          TOLD_ERROR,
          TOLD_CLIENT_OVER,
          TOLD_SERVER_OVER,
          DID_REQUEST,
          DID_OPEN,
          DID_ANSWER,
          DID_ACK,
          DID_END -> {}
    }
  }

  private static String branch(Happening h) {
    return h.who() + " " + h.facts().branch() + " " + h.facts().method();
  }

  private static String call(Happening h) {
    Facts m = h.facts();
    String kind = m.request() ? " ACK " : " 2xx ";
    return h.who() + kind + m.callId() + " " + m.fromTag() + " " + m.toTag() + " " + m.cseq();
  }

  private void onSent(Happening h) {
    Facts m = h.facts();
    if (!m.request()) {
      settle(branch(h));
      if (m.accepts()) {
        accepted.putIfAbsent(call(h).replace(" 2xx ", " ACK "), h.at());
      } else if (m.isFinal() && m.is("INVITE")) {
        refusals.add(h.who() + " " + m.branch());
      }
    } else if (m.is("BYE")) {
      ended.add(h.who() + " " + m.callId());
    }
  }

  private void onCame(Happening h) {
    Facts m = h.facts();
    if (m.request() && m.is("ACK")) {
      if (refusals.contains(h.who() + " " + m.branch())) {
        return; // it's for that, though a proxy has sent a 2xx behind it
      }
      Long since = accepted.get(call(h));
      if (since != null && h.at() < since + LIFE && !ended.contains(h.who() + " " + m.callId())) {
        expect(call(h), h);
      }
    } else if (m.request()) {
      expect(branch(h), h);
      if (m.is("BYE")) {
        ended.add(h.who() + " " + m.callId());
      }
    } else if (m.accepts()) {
      if (!refused.contains(branch(h))) {
        expect(call(h), h);
      }
    } else if (m.isFinal()) {
      refused.add(branch(h));
    }
  }

  private void expect(String key, Happening h) {
    if (!settled.contains(key)) {
      unsettled.putIfAbsent(key, h);
    }
  }

  private void settle(String key) {
    settled.add(key);
    unsettled.remove(key);
  }

  @Override
  void atEnd(Happening last) {
    unsettled.values().forEach(h -> breach(h, "nothing came of it"));
  }
}
