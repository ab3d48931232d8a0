package io.sipwright.scenario;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Each client transaction ends in exactly one of final response, time-out and transport error, and
 * the program is told of it once (RFC 3261 §17.1); no provisional response comes behind it. Then,
 * once, the program is told that it's over.
 *
 * <p>Two don't: one that the program itself has ended, and a CANCEL that was held back and isn't
 * needed any more (RFC 3261 §9.1).
 */
final class OneOutcome extends Rule {
  private static final class Fate {
    String outcome = "";
    boolean over;
  }

  private final Map<String, Fate> fates = new HashMap<>();
  private final Set<String> sent = new HashSet<>();
  private final Map<String, Integer> errors = new HashMap<>();

  @Override
  void on(Happening h) {
    String key = h.who() + " " + h.transaction();
    switch (h.what()) {
      case SENT -> {
        if (h.facts().request()) {
          sent.add(h.who() + " " + h.facts().branch() + " " + h.facts().method());
        }
      }
      case DID_REQUEST -> fates.putIfAbsent(key, new Fate());
      case DID_END -> {
        Fate fate = fates.get(key);
        if (fate != null && fate.outcome.isEmpty()) {
          fate.outcome = "end by the program";
        }
      }
      case TOLD_RESPONSE -> onResponse(h, key);
      case TOLD_TIMEOUT -> decide(h, key, "time-out");
      case TOLD_ERROR -> errors.merge(h.who(), 1, Integer::sum);
      case TOLD_CLIENT_OVER -> onOver(h, key);
      case CAME,
          CAME_DAMAGED,
          TOLD_REQUEST,
          TOLD_NO_ACK,
          TOLD_SERVER_OVER,
          TOLD_DIALOG_OVER,
          DID_OPEN,
          DID_ANSWER,
          DID_ACK -> {}
    }
  }

  private void onResponse(Happening h, String key) {
    if (h.transaction().isEmpty()) {
      return; // behind the transaction's end, or a further 2xx
    }
    if (h.facts().isFinal()) {
      decide(h, key, "final response");
    } else if (fates.containsKey(key) && !fates.get(key).outcome.isEmpty()) {
      breach(h, "a provisional response behind the " + fates.get(key).outcome);
    }
  }

  private void decide(Happening h, String key, String outcome) {
    Fate fate = fates.get(key);
    if (fate == null) {
      breach(h, outcome + " of a transaction that wasn't started");
    } else if (!fate.outcome.isEmpty()) {
      breach(h, outcome + " after " + fate.outcome);
    } else {
      fate.outcome = outcome;
    }
  }

  private void onOver(Happening h, String key) {
    Fate fate = fates.get(key);
    if (fate == null) {
      return; // sending it has failed at once
    }
    if (fate.over) {
      breach(h, "over twice");
    }
    fate.over = true;
    if (!fate.outcome.isEmpty()) {
      return;
    }
    int told = errors.getOrDefault(h.who(), 0);
    if (told > 0) {
      errors.put(h.who(), told - 1);
      fate.outcome = "transport error";
    } else if (sent.contains(key) || !key.endsWith(" CANCEL")) {
      breach(h, "over without a word");
    }
  }

  @Override
  void atEnd(Happening last) {
    fates.forEach(
        (key, fate) -> {
          if (!fate.over) {
            breach(last, key + " is never over, with outcome " + fate.outcome);
          }
        });
  }
}
