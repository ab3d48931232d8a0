package io.sipwright.dialog;

import io.sipwright.header.ReferSubHeader;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.javax.sip.message.SipMessage;
import java.util.Objects;
import javax.sip.header.EventHeader;
import javax.sip.header.OptionTag;
import javax.sip.header.SubscriptionStateHeader;
import org.jspecify.annotations.Nullable;

/**
 * What tells the subscriptions of a dialog from each other (RFC 6665 §4.5.1): the event package,
 * the id that SUBSCRIBE gave, and the side we are on. That of a REFER is the package {@code refer}
 * with the CSeq number of the REFER as id (RFC 3515 §2.4.6).
 *
 * @param event the event package
 * @param id the {@code id} parameter, or null
 * @param notifier whether this side sends the NOTIFYs
 */
public record SubscriptionId(String event, @Nullable String id, boolean notifier) {
  private static final String REFER = "refer";

  /** Seconds that a subscription lasts of which nobody said how long. */
  public static final int DEFAULT_SECONDS = 3600;

  /**
   * The subscription that a SUBSCRIBE or REFER makes or refreshes; null for other requests, and for
   * a SUBSCRIBE whose Event can't be read.
   */
  public static @Nullable SubscriptionId of(SipMessage request, boolean notifier) {
    return switch (request.method()) {
      case "SUBSCRIBE" ->
          request.peek(HeaderType.EVENT) instanceof EventHeader event
              ? new SubscriptionId(event.getEventType(), event.getEventId(), notifier)
              : null;
      case "REFER" -> new SubscriptionId(REFER, Long.toString(request.cseq()), notifier);
      default -> null;
    };
  }

  /**
   * Whether a NOTIFY of the right direction belongs to it. The NOTIFYs of a dialog's first REFER
   * need no id (RFC 3515 §2.4.6).
   */
  public boolean matches(SipMessage notify) {
    return notify.peek(HeaderType.EVENT) instanceof EventHeader event
        && this.event.equals(event.getEventType())
        && (Objects.equals(id, event.getEventId())
            || (this.event.equals(REFER) && event.getEventId() == null));
  }

  /**
   * Whether the 2xx to a REFER means that there's no subscription: {@code Refer-Sub: false} (RFC
   * 4488 §4), or that the REFER required {@code nosub} or {@code explicitsub} (RFC 7614 §4).
   */
  public static boolean isWithoutSubscription(SipMessage request, SipMessage response) {
    if (!request.method().equals("REFER")) {
      return false;
    }
    if (response.peek(HeaderType.REFER_SUB) instanceof ReferSubHeader referSub
        && !referSub.isSubscription()) {
      return true;
    }
    if (request.hasHeader(HeaderType.REQUIRE)) {
      for (SipHeader header : request.peekAll(HeaderType.REQUIRE)) {
        if (header instanceof OptionTag tag
            && (tag.getOptionTag().equalsIgnoreCase("nosub")
                || tag.getOptionTag().equalsIgnoreCase("explicitsub"))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a NOTIFY says that the subscription is over (RFC 6665 §4.1.3). */
  public static boolean isTerminatedBy(SipMessage notify) {
    return notify.peek(HeaderType.SUBSCRIPTION_STATE) instanceof SubscriptionStateHeader state
        && SubscriptionStateHeader.TERMINATED.equalsIgnoreCase(state.getState());
  }

  /** Seconds that a NOTIFY leaves to the subscription; -1 if it doesn't say. */
  public static int secondsIn(SipMessage notify) {
    return notify.peek(HeaderType.SUBSCRIPTION_STATE) instanceof SubscriptionStateHeader state
        ? state.getExpires()
        : -1;
  }

  /** Seconds that the 2xx to a SUBSCRIBE grants (RFC 6665 §4.1.2.1). */
  public static int secondsIn(SipMessage subscribe, SipMessage response) {
    int granted = response.expires();
    int seconds = granted >= 0 ? granted : subscribe.expires();
    return seconds >= 0 ? seconds : DEFAULT_SECONDS;
  }

  /**
   * Whether a refusal of a SUBSCRIBE or NOTIFY ends the subscription (RFC 6665 §4.1.2.2, §4.2.2);
   * with others it goes on.
   */
  public static boolean isEndedBy(int status) {
    return switch (status) {
      case 404, 405, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604 -> true;
      default -> false;
    };
  }
}
