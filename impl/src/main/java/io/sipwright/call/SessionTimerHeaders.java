package io.sipwright.call;

import io.sipwright.header.MinSEHeader;
import io.sipwright.header.SessionExpiresHeader;
import io.sipwright.header.SipwrightHeaderFactory;
import java.text.ParseException;
import java.util.Iterator;
import javax.sip.InvalidArgumentException;
import javax.sip.header.AllowHeader;
import javax.sip.header.CSeqHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.OptionTag;
import javax.sip.header.RequireHeader;
import javax.sip.header.SupportedHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** What session timers read from messages and write into them (RFC 4028 §4 to §6). */
final class SessionTimerHeaders {
  private static final String TIMER = "timer";

  private final SipwrightHeaderFactory headers;

  SessionTimerHeaders(SipwrightHeaderFactory headers) {
    this.headers = headers;
  }

  /** Asks for a timer; {@code refresher} may be null: the other side chooses. */
  void ask(
      Request request, int interval, int minimum, boolean limited, @Nullable String refresher) {
    try {
      addTag(request, SupportedHeader.NAME);
      SessionExpiresHeader expires = headers.createSessionExpiresHeader(interval);
      if (refresher != null) {
        expires.setRefresher(refresher);
      }
      request.setHeader(expires);
      if (limited || minimum > SessionTimerRules.LEAST) { // RFC 4028 §7.4
        request.setHeader(headers.createMinSEHeader(minimum));
      }
    } catch (ParseException | InvalidArgumentException e) {
      throw new IllegalStateException(e); // words and numbers of our own
    }
  }

  /** Says in a 2xx what the timer is (RFC 4028 §9). */
  void settle(Response response, int interval, boolean callerRefreshes, boolean callerKnows) {
    try {
      SessionExpiresHeader expires = headers.createSessionExpiresHeader(interval);
      expires.setRefresher(callerRefreshes ? SessionExpiresHeader.UAC : SessionExpiresHeader.UAS);
      response.setHeader(expires);
      addTag(response, SupportedHeader.NAME);
      if (callerRefreshes || callerKnows) {
        addTag(response, RequireHeader.NAME);
      }
    } catch (ParseException | InvalidArgumentException e) {
      throw new IllegalStateException(e); // words and numbers of our own
    }
  }

  Response tooSmall(Request request, int minimum, MessageFactory messages) {
    try {
      Response response = messages.createResponse(SessionTimerRules.TOO_SMALL, request);
      response.setHeader(headers.createMinSEHeader(minimum));
      return response;
    } catch (ParseException | InvalidArgumentException e) {
      throw new IllegalStateException(e); // numbers of our own
    }
  }

  /** Says why a BYE is sent (RFC 3326). */
  void because(Request bye, String text) {
    try {
      bye.setHeader(headers.createReasonHeader("SIP", Response.REQUEST_TIMEOUT, text));
    } catch (ParseException | InvalidArgumentException e) {
      throw new IllegalStateException(e); // words of our own
    }
  }

  private void addTag(Message message, String name) throws ParseException {
    if (!has(message, name)) {
      HeaderFactory factory = headers;
      message.addHeader(
          name.equals(RequireHeader.NAME)
              ? factory.createRequireHeader(TIMER)
              : factory.createSupportedHeader(TIMER));
    }
  }

  private static boolean has(Message message, String name) {
    for (Iterator<?> all = message.getHeaders(name); all.hasNext(); ) {
      if (all.next() instanceof OptionTag tag && TIMER.equalsIgnoreCase(tag.getOptionTag())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the sender knows session timers. */
  static boolean supports(Message message) {
    return has(message, SupportedHeader.NAME) || has(message, RequireHeader.NAME);
  }

  @Nullable SessionExpiresHeader of(Message message) {
    return message.getHeader(SessionExpiresHeader.NAME) instanceof SessionExpiresHeader expires
        ? expires
        : null;
  }

  /** The smallest interval that the way of a message takes. */
  static int minimum(Message message) {
    return message.getHeader(MinSEHeader.NAME) instanceof MinSEHeader minimum
        ? Math.max(SessionTimerRules.LEAST, minimum.getExpires())
        : SessionTimerRules.LEAST;
  }

  /** Whether a message has a Min-SE. */
  static boolean limits(Message message) {
    return message.getHeader(MinSEHeader.NAME) != null;
  }

  /** Whether the sender takes UPDATE; null if it doesn't say. */
  static @Nullable Boolean allowsUpdate(Message message) {
    Boolean allows = null;
    for (Iterator<?> all = message.getHeaders(AllowHeader.NAME); all.hasNext(); ) {
      boolean update =
          all.next() instanceof AllowHeader allow && Request.UPDATE.equals(allow.getMethod());
      allows = update || Boolean.TRUE.equals(allows);
    }
    return allows;
  }

  /** The same request with the next number and no branch yet. */
  static Request again(Request request) {
    Request again = (Request) request.clone();
    try {
      CSeqHeader cseq = (CSeqHeader) again.getHeader(CSeqHeader.NAME);
      cseq.setSeqNumber(cseq.getSeqNumber() + 1);
      if (again.getHeader(ViaHeader.NAME) instanceof ViaHeader via) {
        via.removeParameter("branch");
      }
    } catch (InvalidArgumentException e) {
      throw new IllegalStateException("CSeq is used up", e);
    }
    return again;
  }
}
