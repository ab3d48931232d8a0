package io.sipwright.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What's answered stays answered: a copy of a request gets the last answer again, at once (RFC 3261
 * §17.2.1, §17.2.2); a refusal of an INVITE leaves again at T1, 2·T1 … T2 until its ACK comes or
 * 64·T1 are over; and each copy of a refusal that comes gets its ACK, at once (§17.1.1.2). Over
 * UDP.
 *
 * <p>A 2xx to INVITE is the core's to repeat, see {@link AcceptedIsRepeated}, and a 408 that must
 * not be sent isn't sent again either.
 */
final class AnswersAreRepeated extends Rule {
  private static final long T1 = AcceptedIsRepeated.T1;
  private static final long T2 = AcceptedIsRepeated.T2;
  private static final long LIFE = 64 * T1;

  /** An answer, and when it has to leave again by itself. */
  private static final class Answer {
    Happening last;
    long first;
    long interval = T1;
    long next;
    boolean acknowledged;

    Answer(Happening sent) {
      last = sent;
      first = sent.at();
      next = first + T1;
    }

    boolean isRefusalOfInvite() {
      return last.facts().is("INVITE") && last.facts().status() >= 300;
    }
  }

  /** An INVITE: when it left, and when the first refusal came. */
  private static final class Asked {
    final long first;
    long refused = -1;
    boolean accepted;

    Asked(long at) {
      first = at;
    }
  }

  private final Map<String, Answer> answers = new HashMap<>();
  private final Map<String, Asked> invites = new HashMap<>();
  private final Map<String, Happening> due = new HashMap<>();
  private long now = -1;

  @Override
  void on(Happening h) {
    if (h.at() > now) {
      judge(h);
      now = h.at();
    }
    switch (h.what()) {
      case SENT -> {
        if (h.facts().request()) {
          onRequestSent(h);
        } else {
          onAnswerSent(h);
        }
      }
      case CAME -> {
        if (h.facts().request()) {
          onRequestCame(h);
        } else {
          onAnswerCame(h);
        }
      }
      case DID_END, TOLD_SERVER_OVER -> answers.remove(h.who() + " " + h.transaction());
      case CAME_DAMAGED,
          TOLD_REQUEST,
          TOLD_RESPONSE,
          TOLD_TIMEOUT,
          TOLD_NO_ACK,
          TOLD_ERROR,
          TOLD_CLIENT_OVER,
          TOLD_DIALOG_OVER,
          DID_REQUEST,
          DID_OPEN,
          DID_ACK -> {}
      case DID_ANSWER -> {
        if (h.facts().status() == 408 && !h.facts().is("INVITE")) {
          answers.remove(h.who() + " " + h.transaction());
        }
      }
    }
    if (h.what() == Happening.What.DID_END) {
      invites.remove(h.who() + " " + h.transaction());
    }
  }

  private static String key(Happening h, String method) {
    return h.who() + " " + h.facts().branch() + " " + method;
  }

  private static String key(Happening h) {
    return key(h, h.facts().method());
  }

  /** What should have happened until a time? */
  private void judge(Happening h) {
    due.forEach((key, came) -> breach(came, "no answer, or no ACK, to what came again"));
    due.clear();
    for (Answer answer : answers.values()) {
      boolean open = answer.isRefusalOfInvite() && !answer.acknowledged;
      if (open && answer.next < Math.min(h.at(), answer.first + LIFE)) {
        breach(h, "not sent again at " + answer.next / 1e9 + ": " + answer.last.facts());
      }
    }
  }

  private void onAnswerSent(Happening h) {
    due.remove(key(h));
    Answer answer = answers.get(key(h));
    if (answer != null && answer.isRefusalOfInvite() && h.facts().accepts()) {
      return; // a proxy passes it on, and the refusal is its answer all the same
    }
    if (answer != null && answer.acknowledged && answer.isRefusalOfInvite()) {
      breach(h, "a refusal behind its ACK");
    }
    if (answer == null || answer.last.facts().status() != h.facts().status()) {
      answers.put(key(h), new Answer(h));
    } else if (h.at() == answer.next) {
      answer.interval = Math.min(2 * answer.interval, T2);
      answer.next += answer.interval;
    }
  }

  private void onRequestCame(Happening h) {
    Answer answer = answers.get(key(h, h.facts().is("ACK") ? "INVITE" : h.facts().method()));
    if (answer == null) {
      return;
    }
    Facts last = answer.last.facts();
    if (h.facts().is("ACK")) {
      answer.acknowledged = true;
    } else if (!answer.acknowledged
        && !last.accepts()
        && (!last.isFinal() || h.at() < answer.first + LIFE)) {
      due.putIfAbsent(key(h), h);
    }
  }

  private void onRequestSent(Happening h) {
    if (h.facts().is("INVITE")) {
      invites.putIfAbsent(key(h), new Asked(h.at()));
    } else if (h.facts().is("ACK")) {
      due.remove(key(h, "INVITE") + " ACK");
    }
  }

  private void onAnswerCame(Happening h) {
    Asked invite = h.facts().is("INVITE") ? invites.get(key(h)) : null;
    if (invite == null || !h.facts().isFinal()) {
      return;
    }
    if (h.facts().accepts()) {
      invite.accepted |= invite.refused < 0;
      return;
    }
    long begin = invite.refused < 0 ? invite.first : invite.refused;
    if (!invite.accepted && h.at() < begin + LIFE) {
      invite.refused = invite.refused < 0 ? h.at() : invite.refused;
      due.putIfAbsent(key(h) + " ACK", h);
    }
  }

  @Override
  void atEnd(Happening last) {
    List<Happening> open = new ArrayList<>(due.values());
    open.forEach(came -> breach(came, "no answer, or no ACK, to what came again"));
  }
}
