package io.sipwright.javax.sip;

import io.sipwright.javax.sip.header.Event;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.stack.SipCore;
import io.sipwright.time.Alarm;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * The SUBSCRIBEs and REFERs of ours, outside of dialogs, that NOTIFYs may answer: from their
 * sending for 64·T1, which is Timer N, or until they fail (RFC 6665 §4.1.2.4).
 */
final class Subscriptions {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** What a NOTIFY has of the request it answers; our tag is in its To. */
  private record Key(@Nullable String callId, @Nullable String tag) {}

  /** A request that NOTIFYs may answer. */
  private record Pending(SipMessage request, DialogImpl dialog, Alarm timerN) {}

  private final List<String> forkable;
  private final ConcurrentMap<Key, Pending> pending = new ConcurrentHashMap<>();

  /**
   * Without any yet.
   *
   * @param forkable the event packages whose NOTIFYs may make several dialogs
   */
  Subscriptions(List<String> forkable) {
    this.forkable = forkable;
  }

  /** A request is sent: enters it if NOTIFYs may answer it. */
  void sent(SipCore core, SipMessage request, @Nullable DialogImpl dialog) {
    String method = request.method();
    boolean subscribes = method.equals(Request.SUBSCRIBE) || method.equals(Request.REFER);
    if (!subscribes || dialog == null || request.toTag() != null) {
      return;
    }
    Key key = new Key(request.callId(), request.fromTag());
    Pending entry = new Pending(request, dialog, Alarm.of(() -> leave(key, request)));
    Pending before = pending.put(key, entry); // the one with credentials after a challenge
    if (before != null) {
      core.clock().disarm(before.timerN);
    }
    core.clock().arm(entry.timerN, 64L * core.transactions().timings().t1() * NANOS_PER_MILLI);
  }

  /** A request failed: no NOTIFY answers it any more. */
  void failed(SipCore core, SipMessage request) {
    Key key = new Key(request.callId(), request.fromTag());
    Pending entry = pending.get(key);
    if (entry != null && entry.request == request && pending.remove(key, entry)) {
      core.clock().disarm(entry.timerN);
    }
  }

  private void leave(Key key, SipMessage request) {
    pending.computeIfPresent(key, (k, entry) -> entry.request == request ? null : entry);
  }

  void clear() {
    pending.clear();
  }

  /**
   * The dialog that a NOTIFY outside of all dialogs makes: the request's own if that has no state
   * yet, or for packages that fork another one.
   *
   * @return null if it answers no request of ours, or its package doesn't fork
   */
  @Nullable DialogImpl dialogBy(SipMessage notify) {
    if (!notify.method().equals(Request.NOTIFY) || pending.isEmpty()) {
      return null;
    }
    Pending entry = pending.get(new Key(notify.callId(), notify.toTag()));
    if (entry == null
        || !(notify.peek(HeaderType.EVENT) instanceof Event event)
        || !answers(event, entry.request)) {
      return null;
    }
    return entry.dialog.formedBy(entry.request, notify, forkable.contains(event.getEventType()));
  }

  /** RFC 6665 §8.2.1; for the subscription that a REFER makes RFC 3515 §2.4.6. */
  private static boolean answers(Event event, SipMessage request) {
    if (request.method().equals(Request.REFER)) {
      String id = event.getEventId();
      return event.getEventType().equals("refer")
          && (id == null || id.equals(Long.toString(request.cseq())));
    }
    return request.peek(HeaderType.EVENT) instanceof Event subscribed
        && subscribed.getEventType().equals(event.getEventType())
        && Objects.equals(subscribed.getEventId(), event.getEventId());
  }
}
