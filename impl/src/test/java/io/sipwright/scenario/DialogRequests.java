package io.sipwright.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests in a dialog have the next number, the remote target as Request-URI, and the route set
 * (RFC 3261 §12.2.1.1); an ACK has the number of an INVITE that was accepted (§13.2.2.4). Target
 * and routes are those of the messages that made and changed the dialog: §12.1, §12.2.1.2, RFC
 * 6141.
 */
final class DialogRequests extends Rule {
  private static final class Model {
    long localSeq;
    String target = "";
    List<String> routes = List.of();
    boolean early;
    boolean over;
    final Set<Long> accepted = new HashSet<>();
  }

  private final Map<String, Model> dialogs = new HashMap<>();
  private final Map<String, Facts> requests = new HashMap<>();
  private final Map<String, String> byes = new HashMap<>();
  private final Set<String> seen = new HashSet<>();

  @Override
  void on(Happening h) {
    if (isProxy(h.who())) {
      return;
    }
    switch (h.what()) {
      case TOLD_RESPONSE -> onResponse(h);
      case DID_OPEN -> requests.put(h.who() + " " + h.transaction(), h.facts());
      case DID_ANSWER -> onAnswer(h);
      case TOLD_TIMEOUT, TOLD_CLIENT_OVER -> over(byes.get(h.who() + " " + h.transaction()));
      case TOLD_DIALOG_OVER -> over(h.who() + " " + h.transaction().replace(':', ' '));
      case SENT, DID_REQUEST, DID_ACK -> onSent(h);
      case CAME,
          CAME_DAMAGED,
          TOLD_REQUEST,
          TOLD_NO_ACK,
          TOLD_ERROR,
          TOLD_SERVER_OVER,
          DID_END -> {}
    }
  }

  private static boolean refreshes(Facts m) {
    return m.status() / 100 == 2 || m.rseq() >= 0;
  }

  /** As UAC: RFC 3261 §12.1.2, §12.2.1.2, §13.2.2.4. */
  private void onResponse(Happening h) {
    Facts m = h.facts();
    if (m.is("BYE") && m.isFinal()) {
      over(h.who() + " " + m.callId() + " " + m.fromTag() + " " + m.toTag());
    }
    boolean forms = m.is("INVITE") && m.status() > 100 && m.status() < 300 && !m.toTag().isEmpty();
    if (!forms) {
      return;
    }
    String key = h.who() + " " + m.callId() + " " + m.fromTag() + " " + m.toTag();
    List<String> reversed = new ArrayList<>(m.recordRoutes());
    Collections.reverse(reversed);
    Model dialog = dialogs.get(key);
    if (dialog != null && m.status() >= 200 && !dialog.accepted.add(m.cseq())) {
      return; // again, as it wasn't acknowledged
    }
    if (dialog != null && !dialog.early && h.transaction().isEmpty()) {
      return; // of a re-INVITE that timed out, which counts as refused (RFC 3261 §14.1)
    }
    if (dialog != null && dialog.over) {
      if (m.accepts() && !m.contact().isEmpty()) {
        dialog.target = m.contact(); // where the ACK goes
      }
      return;
    }
    boolean isNew = dialog == null;
    if (dialog == null) {
      dialog = new Model();
      dialog.localSeq = m.cseq();
      dialogs.put(key, dialog);
    }
    if (m.status() >= 200) {
      dialog.accepted.add(m.cseq());
    }
    if (isNew || (dialog.early && m.status() >= 200)) {
      dialog.routes = reversed;
    }
    if ((isNew || refreshes(m)) && !m.contact().isEmpty()) {
      dialog.target = m.contact();
    }
    dialog.early = m.status() < 200 && (isNew || dialog.early);
  }

  /** As UAS: RFC 3261 §12.1.1, §12.2.2. */
  private void onAnswer(Happening h) {
    Facts m = h.facts();
    Facts request = requests.get(h.who() + " " + h.transaction());
    String key = h.who() + " " + m.callId() + " " + m.toTag() + " " + m.fromTag();
    if (m.is("BYE") && m.isFinal()) {
      over(key);
    }
    if (request == null || m.toTag().isEmpty() || m.status() <= 100 || m.status() >= 300) {
      return;
    }
    Model dialog = dialogs.get(key);
    if (dialog != null && dialog.over) {
      return;
    }
    if (dialog == null && m.is("INVITE")) {
      dialog = new Model();
      dialog.localSeq = -1;
      dialog.target = request.contact();
      dialog.routes = request.recordRoutes();
      dialogs.put(key, dialog);
    } else if (dialog != null
        && (m.is("INVITE") || m.is("UPDATE"))
        && refreshes(m)
        && !request.contact().isEmpty()) {
      dialog.target = request.contact();
    }
  }

  private void over(@Nullable String key) {
    Model dialog = key == null ? null : dialogs.get(key);
    if (dialog != null) {
      dialog.over = true; // what comes now changes nothing any more (RFC 3261 §12.3)
    }
  }

  private void onSent(Happening h) {
    Facts m = h.facts();
    boolean isNew = m.request() && seen.add(h.who() + " " + m.branch());
    if (!isNew || m.toTag().isEmpty() || m.is("CANCEL")) {
      return;
    }
    String key = h.who() + " " + m.callId() + " " + m.fromTag() + " " + m.toTag();
    if (m.is("BYE")) {
      byes.put(h.who() + " " + m.branch() + " BYE", key);
    }
    Model dialog = dialogs.get(key);
    if (dialog == null) {
      breach(h, "a request in a dialog that nothing has made");
      return;
    }
    if (m.is("ACK")) {
      if (!dialog.accepted.contains(m.cseq())) {
        breach(h, "an ACK for no 2xx");
      }
    } else {
      if (dialog.localSeq >= 0 && m.cseq() != dialog.localSeq + 1) {
        breach(h, "its number should be " + (dialog.localSeq + 1));
      }
      dialog.localSeq = m.cseq();
    }
    if (!m.uri().equals(dialog.target)) {
      breach(h, "the target is " + dialog.target);
    }
    if (!m.routes().equals(dialog.routes)) {
      breach(h, "the route set is " + dialog.routes);
    }
  }
}
