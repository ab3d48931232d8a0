package io.sipwright.scenario;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A retransmission never reaches the program (RFC 3261 §17.2, §13.3.1.4), and no answer to a
 * request that isn't the program's. What's no retransmission for the stack: a request for which the
 * program didn't make a transaction, and a 2xx that the program didn't acknowledge yet. And a proxy
 * gets each 2xx to INVITE and each ACK to one, since both go from end to end. What's so late that
 * its transaction is over can't be told from something new, either.
 */
final class NothingTwice extends Rule {
  /**
   * Of the INVITE's transaction behind its 2xx (Timer L). A program that was slow is told of its
   * end behind what came before.
   */
  private static final long LIFE = Duration.ofSeconds(32).toNanos();

  private final Set<String> opened = new HashSet<>();
  private final Map<String, String> invites = new HashMap<>();
  private final Set<String> asked = new HashSet<>();
  private final Set<String> over = new HashSet<>();
  private final Set<String> acked = new HashSet<>();
  private final Set<String> responses = new HashSet<>();
  private final Set<String> acks = new HashSet<>();

  /** When the program accepted an INVITE. */
  private final Map<String, Long> accepted = new HashMap<>();

  @Override
  void on(Happening h) {
    switch (h.what()) {
      case DID_OPEN -> {
        opened.add(request(h));
        if (h.facts().is("INVITE")) {
          invites.put(h.who() + " " + h.transaction(), invite(h));
        }
      }
      case DID_ANSWER -> {
        if (h.facts().is("INVITE") && h.facts().accepts()) {
          accepted.putIfAbsent(invite(h), h.at());
        }
      }
      case DID_ACK -> acked.add(call(h));
      case TOLD_REQUEST -> onRequest(h);
      case TOLD_RESPONSE -> onResponse(h);
      case DID_REQUEST -> asked.add(h.who() + " " + h.transaction());
      case TOLD_CLIENT_OVER -> over.add(h.who() + " " + h.transaction());
      case TOLD_SERVER_OVER -> {
        opened.remove(h.who() + " " + h.transaction());
        over.add(invites.getOrDefault(h.who() + " " + h.transaction(), ""));
      }
      case SENT,
          CAME,
          CAME_DAMAGED,
          TOLD_TIMEOUT,
          TOLD_NO_ACK,
          TOLD_ERROR,
          TOLD_DIALOG_OVER,
          DID_END -> {}
    }
  }

  private void onRequest(Happening h) {
    if (!h.facts().is("ACK")) {
      if (opened.contains(request(h))) {
        breach(h, "a request again");
      }
    } else if (!isProxy(h.who())) {
      boolean late = h.at() - accepted.getOrDefault(invite(h), h.at()) >= LIFE;
      boolean stray = h.transaction().isEmpty() && (late || over.contains(invite(h)));
      if (acks.contains(call(h)) && !stray) {
        breach(h, "an ACK again");
      } else if (!h.transaction().isEmpty()) { // not a stray one, that nothing is known of
        acks.add(call(h));
      }
    }
  }

  private void onResponse(Happening h) {
    Facts m = h.facts();
    String transaction = h.who() + " " + m.branch() + " " + m.method();
    if (!asked.contains(transaction)) {
      breach(h, "an answer to what the program didn't ask");
    }
    if (!m.isFinal() || (isProxy(h.who()) && m.accepts())) {
      return;
    }
    String key = transaction + " " + m.status() + " " + m.toTag();
    if (over.contains(transaction)) {
      return; // too late for anybody to know it
    }
    boolean again = !responses.add(key);
    if (again && (!m.accepts() || acked.contains(call(h)))) {
      breach(h, "a final response again");
    }
  }

  private static String invite(Happening h) {
    return h.who() + " INVITE " + h.facts().callId() + " " + h.facts().cseq();
  }

  private static String request(Happening h) {
    return h.who() + " " + h.facts().branch() + " " + h.facts().method();
  }

  private static String call(Happening h) {
    Facts m = h.facts();
    return h.who() + " " + m.callId() + " " + m.fromTag() + " " + m.toTag() + " " + m.cseq();
  }
}
