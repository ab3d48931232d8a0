package io.sipwright.javax.sip;

import io.sipwright.dialog.DialogData;
import io.sipwright.dialog.SubscriptionId;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.time.Alarm;
import java.util.ArrayList;
import java.util.List;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * What a dialog is there for (RFC 5057): a session, which BYE ends, and subscriptions (RFC 6665),
 * each of which ends by a NOTIFY, a failure or its time. The dialog ends with the last of them.
 * Used under the dialog's lock.
 */
final class DialogUsages {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** More than these in one dialog are not kept count of. */
  private static final int MOST_SUBSCRIPTIONS = 100;

  /** How far the session is. */
  private enum Session {
    NONE,
    LIVE,
    /** A BYE of ours has no answer yet: "mortal" in RFC 5407 §2. */
    ENDING,
    OVER
  }

  private final DialogImpl dialog;
  private final boolean tracked;
  private Session session = Session.NONE;
  private boolean terminateOnBye = true;
  private @Nullable List<Usage> subscriptions;

  /** Whether there were more than are kept count of. */
  private boolean uncounted;

  DialogUsages(DialogImpl dialog) {
    this.dialog = dialog;
    tracked = dialog.provider().stack().config().dialogsEndWithSubscriptions();
  }

  /** Whether the end of subscriptions is noticed: a property of the stack. */
  boolean areTracked() {
    return tracked;
  }

  void terminateOnBye(boolean ends) {
    terminateOnBye = ends;
  }

  /** The dialog has its first state. */
  void formed(DialogData formed) {
    boolean subscription =
        formed.method().equals(Request.SUBSCRIBE) || formed.method().equals(Request.REFER);
    session = subscription ? Session.NONE : Session.LIVE;
  }

  /**
   * Whether a request comes to a session that's over, or that a BYE of ours is about to end: what
   * would change it, and a BYE once more when it's over (RFC 5407 §3.2, §3.3.3).
   */
  boolean refuses(String method) {
    return switch (session) {
      case NONE, LIVE -> false;
      case ENDING -> changesSession(method);
      case OVER -> changesSession(method) || method.equals(Request.BYE);
    };
  }

  private static boolean changesSession(String method) {
    return switch (method) {
      case Request.INVITE, Request.UPDATE, Request.REFER -> true;
      default -> false;
    };
  }

  /**
   * Whether a NOTIFY of the peer belongs to a subscription of ours (RFC 6665 §4.1.3), as far as
   * they are kept count of.
   */
  boolean awaits(SipMessage notify) {
    return !tracked || uncounted || findNotified(notify, false) != null;
  }

  // --- the session ---

  /** A BYE got a final answer, from either side, or none at all. */
  void byeAnswered() {
    boolean last = session == Session.NONE || session == Session.OVER;
    session = Session.OVER;
    dialog.invites().stop();
    if (terminateOnBye && (last || subscriptions == null)) {
      dialog.terminate();
    }
  }

  /** The session is over because the peer doesn't know it (RFC 5057 §5.1). */
  void sessionLost() {
    session = Session.OVER;
    if (subscriptions == null) {
      dialog.terminate();
    }
  }

  // --- as UAC ---

  /** A request is sent. */
  void sent(SipMessage request) {
    switch (request.method()) {
      case Request.SUBSCRIBE, Request.REFER -> begin(request, false);
      case Request.BYE -> session = session == Session.LIVE ? Session.ENDING : session;
      default -> {}
    }
  }

  /** A final response came to a request of ours. */
  void onResponse(SipMessage request, SipMessage response) {
    int status = response.status();
    if (!tracked || status < 200) {
      return;
    }
    switch (request.method()) {
      case Request.SUBSCRIBE, Request.REFER -> answered(request, response, false);
      case Request.NOTIFY -> notified(request, status, true);
      case Request.INVITE -> {
        if (status < 300 && session == Session.NONE && dialog.data() != null) {
          session = Session.LIVE;
        }
      }
      default -> {}
    }
  }

  /** A request of ours got no answer. */
  void onNoAnswer(SipMessage request) {
    switch (request.method()) {
      case Request.SUBSCRIBE, Request.REFER -> {
        Usage usage = find(SubscriptionId.of(request, false));
        if (usage != null && !usage.confirmed) {
          end(usage);
        }
      }
      case Request.NOTIFY -> end(findNotified(request, true)); // RFC 6665 §4.2.2
      case Request.BYE -> byeAnswered();
      default -> {}
    }
  }

  // --- as UAS ---

  /** A response of ours to a request of the peer was sent. */
  void onResponseSent(SipMessage request, SipMessage response) {
    int status = response.status();
    if (!tracked || status < 200) {
      return;
    }
    switch (request.method()) {
      case Request.SUBSCRIBE, Request.REFER -> {
        if (status < 300) {
          begin(request, true);
          answered(request, response, true);
        }
      }
      case Request.NOTIFY -> notified(request, status, false);
      case Request.INVITE -> {
        if (status < 300 && session == Session.NONE && dialog.data() != null) {
          session = Session.LIVE;
        }
      }
      default -> {}
    }
  }

  // --- subscriptions ---

  /** A SUBSCRIBE or REFER is on its way: NOTIFYs may come for it until Timer N. */
  void begin(SipMessage request, boolean notifier) {
    SubscriptionId id = tracked ? SubscriptionId.of(request, notifier) : null;
    boolean full = subscriptions != null && subscriptions.size() >= MOST_SUBSCRIPTIONS;
    if (id == null || find(id) != null || full) {
      uncounted |= full;
      return;
    }
    if (subscriptions == null) {
      subscriptions = new ArrayList<>(1);
    }
    Usage usage = new Usage(id);
    subscriptions.add(usage);
    usage.arm(0);
  }

  private void answered(SipMessage request, SipMessage response, boolean notifier) {
    Usage usage = find(SubscriptionId.of(request, notifier));
    if (usage == null) {
      return;
    }
    int status = response.status();
    if (status >= 300) {
      if (!usage.confirmed || SubscriptionId.isEndedBy(status)) {
        end(usage);
      }
    } else if (SubscriptionId.isWithoutSubscription(request, response)) {
      end(usage);
    } else {
      boolean refer = request.method().equals(Request.REFER);
      usage.confirmed = true;
      usage.granted =
          refer ? SubscriptionId.DEFAULT_SECONDS : SubscriptionId.secondsIn(request, response);
      // Timer N: without a NOTIFY there's no subscription (RFC 6665 §4.1.2.4).
      usage.arm(notifier || usage.notified ? usage.granted : 0);
    }
  }

  /** A NOTIFY got its answer. */
  private void notified(SipMessage notify, int status, boolean notifier) {
    Usage usage = findNotified(notify, notifier);
    if (usage == null || status == 401 || status == 407) {
      return;
    }
    if (SubscriptionId.isTerminatedBy(notify) || SubscriptionId.isEndedBy(status)) {
      end(usage);
    } else if (status < 300) {
      usage.notified = true;
      usage.confirmed = true;
      int seconds = SubscriptionId.secondsIn(notify);
      usage.arm(seconds >= 0 ? seconds : usage.granted);
    }
  }

  private @Nullable Usage find(@Nullable SubscriptionId id) {
    if (subscriptions != null && id != null) {
      for (Usage usage : subscriptions) {
        if (usage.id.equals(id)) {
          return usage;
        }
      }
    }
    return null;
  }

  private @Nullable Usage findNotified(SipMessage notify, boolean notifier) {
    if (subscriptions != null) {
      for (Usage usage : subscriptions) {
        if (usage.id.notifier() == notifier && usage.id.matches(notify)) {
          return usage;
        }
      }
    }
    return null;
  }

  private void end(@Nullable Usage usage) {
    List<Usage> all = subscriptions;
    if (usage == null || all == null || !all.remove(usage)) {
      return;
    }
    dialog.core().clock().disarm(usage);
    if (all.isEmpty()) {
      subscriptions = null;
      boolean idle = session == Session.NONE || (session == Session.OVER && terminateOnBye);
      if (idle && dialog.data() != null) {
        dialog.terminate();
      }
    }
  }

  /** The dialog is over. */
  void stop() {
    List<Usage> all = subscriptions;
    subscriptions = null;
    if (all != null) {
      all.forEach(dialog.core().clock()::disarm);
    }
  }

  /** A subscription; the alarm is its end, 64·T1 late, so that a NOTIFY that tells it is first. */
  private final class Usage extends Alarm {
    private final SubscriptionId id;
    private boolean confirmed;
    private boolean notified;
    private long due;
    private int granted = SubscriptionId.DEFAULT_SECONDS;

    Usage(SubscriptionId id) {
      this.id = id;
    }

    void arm(int seconds) {
      long grace = 64L * dialog.core().transactions().timings().t1() * NANOS_PER_MILLI;
      long delay = seconds * NANOS_PER_SECOND + grace;
      due = dialog.core().clock().nanos() + delay;
      dialog.core().clock().arm(this, delay);
    }

    @Override
    protected void ring() {
      synchronized (dialog) {
        if (dialog.core().clock().nanos() >= due) { // not armed anew meanwhile
          end(this);
        }
      }
    }
  }
}
