package io.sipwright.scenario;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A UAS sends its 2xx to INVITE again after T1, then at intervals that double up to T2, until its
 * ACK comes or 64·T1 are over; then it says BYE unless the call is over (RFC 3261 §13.3.1.4). It
 * may stop when another INVITE of the dialog is accepted. It has to be over UDP, where everything
 * leaves at once.
 */
final class AcceptedIsRepeated extends Rule {
  static final long T1 = 500 * Happening.MILLI;
  static final long T2 = 4000 * Happening.MILLI;
  private static final long NEVER = Long.MAX_VALUE;

  private static final class Answer {
    final String who;
    final Facts message;
    final long first;
    long interval = T1;
    long next;
    long mayStop = NEVER;
    boolean acknowledged;
    boolean ended;

    Answer(Happening sent) {
      who = sent.who();
      message = sent.facts();
      first = sent.at();
      next = first + T1;
    }

    void again() {
      interval = Math.min(2 * interval, T2);
      next += interval;
    }

    /** Whether something should have left before a time. */
    boolean isLate(long time) {
      return next < Math.min(time, first + 64 * T1);
    }
  }

  private final Map<String, Answer> answers = new HashMap<>();
  private final Set<String> ended = new HashSet<>();

  @Override
  void on(Happening h) {
    switch (h.what()) {
      case SENT -> {
        if (!isProxy(h.who()) && h.facts().accepts() && !h.facts().request()) {
          onSent(h);
        } else if (h.facts().is("BYE") && h.facts().request()) {
          onEnd(h);
        }
      }
      case CAME -> onCame(h);
      case TOLD_REQUEST -> {
        Answer answer = h.facts().is("ACK") ? answers.get(key(h)) : null;
        if (answer != null) {
          answer.acknowledged = true;
        }
      }
      case TOLD_DIALOG_OVER -> {
        int end = h.transaction().indexOf(':');
        end(h, h.transaction().substring(0, Math.max(0, end)));
      }
      case CAME_DAMAGED,
          TOLD_RESPONSE,
          TOLD_TIMEOUT,
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

  private static String key(Happening h) {
    Facts m = h.facts();
    return h.who() + " " + m.callId() + " " + m.fromTag() + " " + m.toTag() + " " + m.cseq();
  }

  private void onSent(Happening h) {
    Answer answer = answers.get(key(h));
    if (answer == null) {
      overtaken(h);
      Answer first = new Answer(h);
      first.ended = ended.contains(h.who() + " " + h.facts().callId());
      answers.put(key(h), first);
    } else if (answer.acknowledged) {
      breach(h, "a 2xx behind its ACK");
    } else if (h.at() != answer.next) {
      breach(h, "a 2xx again at the wrong time; right is " + answer.next / 1e9);
    } else {
      answer.again();
    }
  }

  private void onCame(Happening h) {
    if (h.has() && h.facts().request()) {
      if (h.facts().is("ACK")) {
        Answer answer = answers.get(key(h));
        if (answer != null) {
          mayStop(answer, h);
        }
      } else if (h.facts().is("BYE")) {
        onEnd(h);
      }
    }
  }

  private void onEnd(Happening h) {
    end(h, h.facts().callId());
  }

  /** The call is over: no further BYE is needed. */
  private void end(Happening h, String callId) {
    ended.add(h.who() + " " + callId);
    for (Answer answer : answers.values()) {
      if (answer.who.equals(h.who()) && answer.message.callId().equals(callId)) {
        if (!answer.ended && h.at() > answer.first + 64 * T1 && answer.mayStop == NEVER) {
          breach(h, "no BYE at the end of 64·T1 without ACK: " + answer.message);
        }
        answer.ended = true;
      }
    }
  }

  private void overtaken(Happening h) {
    Facts m = h.facts();
    for (Answer answer : answers.values()) {
      if (answer.who.equals(h.who())
          && answer.message.callId().equals(m.callId())
          && answer.message.toTag().equals(m.toTag())) {
        mayStop(answer, h);
      }
    }
  }

  private void mayStop(Answer answer, Happening h) {
    if (answer.mayStop == NEVER) {
      answer.mayStop = h.at();
      if (answer.isLate(h.at())) {
        breach(h, "a 2xx was not sent again at " + answer.next / 1e9 + ": " + answer.message);
      }
    }
  }

  @Override
  void atEnd(Happening last) {
    for (Answer answer : answers.values()) {
      if (answer.mayStop == NEVER && answer.isLate(last.at())) {
        breach(last, "a 2xx was not sent again at " + answer.next / 1e9 + ": " + answer.message);
      }
      if (answer.mayStop == NEVER && !answer.ended) {
        breach(last, "neither ACK nor BYE behind " + answer.message + " of " + answer.who);
      }
    }
  }
}
