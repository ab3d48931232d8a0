package io.sipwright.dialog;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.message.SipMessage;
import javax.sip.header.ContentDispositionHeader;
import javax.sip.header.ContentTypeHeader;
import org.jspecify.annotations.Nullable;

/**
 * An offer that has no answer yet (RFC 3264, RFC 6337 §2): which side made it, and in which
 * request's transaction. Of a dialog's messages only what decides that counts: no session
 * description is read.
 *
 * @param ours whether this side made it
 * @param method of the request it was made in, or in whose response
 * @param seq that request's CSeq number
 * @param inResponse whether it was made in a response
 */
public record PendingOffer(boolean ours, String method, long seq, boolean inResponse) {
  /**
   * The offer that waits after a request went by.
   *
   * @param before the one that waited until then, or null
   * @param sent whether this side sent the request
   */
  public static @Nullable PendingOffer afterRequest(
      @Nullable PendingOffer before, boolean sent, SipMessage request) {
    String method = request.method();
    return switch (method) {
      case "ACK" -> afterAck(before);
      case "INVITE", "PRACK", "UPDATE" -> {
        if (!hasSession(request)) {
          yield before;
        }
        boolean answer = before != null && before.ours != sent && method.equals("PRACK");
        yield answer ? null : new PendingOffer(sent, method, request.cseq(), false);
      }
      default -> before;
    };
  }

  /** The offer that waits after an ACK to a 2xx went by: it answers what a response offered. */
  public static @Nullable PendingOffer afterAck(@Nullable PendingOffer before) {
    return before != null && before.inResponse ? null : before;
  }

  /** The offer that waits after a request's transaction ended without a final response. */
  public static @Nullable PendingOffer afterEnd(
      @Nullable PendingOffer before, boolean sent, SipMessage request) {
    boolean mine =
        before != null
            && before.ours == sent
            && !before.inResponse
            && before.seq == request.cseq()
            && before.method.equals(request.method());
    return mine ? null : before;
  }

  /**
   * The offer that waits after a response went by. Session descriptions of unreliable provisional
   * responses are neither offers nor answers (RFC 3261 §13.2.1).
   *
   * @param before the one that waited until then, or null
   * @param sent whether this side sent the response
   * @param request what it answers
   */
  public static @Nullable PendingOffer afterResponse(
      @Nullable PendingOffer before, boolean sent, SipMessage request, SipMessage response) {
    int status = response.status();
    boolean mine =
        before != null
            && before.seq == response.cseq()
            && before.method.equals(response.cseqMethod());
    if (status >= 300) {
      return mine ? null : before;
    }
    boolean reliable = TargetRefresh.isBy(response);
    boolean invite = request.method().equals("INVITE");
    if (reliable && hasSession(response)) {
      if (before != null && before.ours != sent) {
        return null; // the answer
      }
      return before == null && invite && !hasSession(request)
          ? new PendingOffer(sent, "INVITE", request.cseq(), true)
          : before;
    }
    return mine && status >= 200 && before != null && !before.inResponse ? null : before;
  }

  /** Whether a message carries a session description: an offer or an answer. */
  public static boolean hasSession(SipMessage message) {
    return message.hasHeader(HeaderType.CONTENT_TYPE)
        && message.hasBody()
        && message.peek(HeaderType.CONTENT_TYPE) instanceof ContentTypeHeader type
        && (("application".equalsIgnoreCase(type.getContentType())
                && "sdp".equalsIgnoreCase(type.getContentSubType()))
            || "multipart".equalsIgnoreCase(type.getContentType()))
        && !(message.peek(HeaderType.CONTENT_DISPOSITION) instanceof ContentDispositionHeader use
            && !"session".equalsIgnoreCase(use.getDispositionType()));
  }
}
