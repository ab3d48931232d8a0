package io.sipwright.scenario;

import java.util.HashMap;
import java.util.Map;

/**
 * Over UDP a client sends its request again until something comes back, or for 64·T1: an INVITE
 * after T1, 2·T1, 4·T1 … (RFC 3261 §17.1.1.2), another one at intervals that double up to T2, and
 * are T2 behind a provisional response, which doesn't stop it (§17.1.2.2).
 */
final class RequestsAreRepeated extends Rule {
  private static final long T1 = AcceptedIsRepeated.T1;
  private static final long T2 = AcceptedIsRepeated.T2;

  private static final class Asked {
    final Facts message;
    final long first;
    long interval = T1;
    long next;
    boolean proceeding;
    boolean over;

    Asked(Happening sent) {
      message = sent.facts();
      first = sent.at();
      next = first + T1;
    }

    void again() {
      if (message.is("INVITE")) {
        interval = 2 * interval;
      } else {
        interval = proceeding ? T2 : Math.min(2 * interval, T2);
      }
      next += interval;
    }
  }

  private final Map<String, Asked> asked = new HashMap<>();

  @Override
  void on(Happening h) {
    switch (h.what()) {
      case SENT -> {
        if (h.facts().request() && !h.facts().is("ACK")) {
          onSent(h);
        }
      }
      case CAME, CAME_DAMAGED -> {
        if (h.has() && !h.facts().request()) {
          onResponse(h);
        }
      }
      case TOLD_TIMEOUT, TOLD_CLIENT_OVER, DID_END -> {
        Asked request = asked.get(h.who() + " " + h.transaction());
        if (request != null) {
          over(request, h);
        }
      }
      case TOLD_REQUEST,
          TOLD_RESPONSE,
          TOLD_NO_ACK,
          TOLD_ERROR,
          TOLD_SERVER_OVER,
          TOLD_DIALOG_OVER,
          DID_REQUEST,
          DID_OPEN,
          DID_ANSWER,
          DID_ACK -> {}
    }
  }

  private static String key(Happening h) {
    return h.who() + " " + h.facts().branch() + " " + h.facts().method();
  }

  private void onSent(Happening h) {
    Asked request = asked.get(key(h));
    if (request == null) {
      asked.put(key(h), new Asked(h));
    } else if (request.over) {
      breach(h, "a request again that was answered");
    } else if (h.at() != request.next) {
      breach(h, "a request again at the wrong time; right is " + request.next / 1e9);
    } else {
      request.again();
    }
  }

  private void onResponse(Happening h) {
    Asked request = asked.get(key(h));
    if (request == null || (h.what() == Happening.What.CAME_DAMAGED && !fits(request, h))) {
      return;
    }
    if (h.facts().isFinal() || request.message.is("INVITE")) {
      if (h.what() == Happening.What.CAME) {
        over(request, h);
      } else {
        request.next = Long.MAX_VALUE; // whether it's readable is the stack's to say
        asked.remove(key(h));
      }
    } else {
      request.proceeding = true;
    }
  }

  private static boolean fits(Asked request, Happening h) {
    return h.facts().cseq() == request.message.cseq();
  }

  private void over(Asked request, Happening h) {
    if (!request.over && request.next < Math.min(h.at(), request.first + 64 * T1)) {
      breach(h, "not sent again at " + request.next / 1e9 + ": " + request.message);
    }
    request.over = true;
  }
}
