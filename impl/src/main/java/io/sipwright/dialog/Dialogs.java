package io.sipwright.dialog;

import io.sipwright.dialog.DialogData.Phase;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.Route;
import io.sipwright.javax.sip.message.SipMessage;
import java.util.List;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;

/** Makes the state of new dialogs (RFC 3261 §12.1, RFC 6665 §4.4.1). */
public final class Dialogs {
  private Dialogs() {}

  /**
   * A new dialog, or what was missing for one: peers leave out what they like, so that's no
   * exception.
   *
   * @param dialog null if something was missing
   * @param missing in words; null if nothing was
   */
  public record Formed(@Nullable DialogData dialog, @Nullable String missing) {
    static Formed of(DialogData dialog) {
      return new Formed(dialog, null);
    }

    static Formed without(String missing) {
      return new Formed(null, missing);
    }
  }

  /**
   * As UAC (RFC 3261 §12.1.2): early by a 1xx, confirmed by a 2xx. A response without To tag or
   * without Contact makes a dialog too.
   *
   * @param request as it was sent
   * @param overTls whether it was sent over TLS
   */
  public static Formed ofClient(SipMessage request, SipMessage response, boolean overTls) {
    String callId = request.callId();
    Address from = party(request, HeaderType.FROM);
    Address to = party(response, HeaderType.TO);
    if (callId == null) {
      return Formed.without("a Call-ID in the request");
    }
    if (from == null) {
      return Formed.without("a From in the request");
    }
    if (to == null) {
      return Formed.without("a To in the response");
    }
    if (request.cseq() < 0) {
      return Formed.without("a CSeq in the request");
    }
    return Formed.of(
        new DialogData(
            request.method(),
            false,
            callId,
            request.fromTag(),
            response.toTag(),
            request.cseq(),
            -1,
            from,
            to,
            TargetRefresh.contactOf(response),
            RouteSets.ofClient(response),
            overTls && isSips(request),
            phaseBy(response)));
  }

  /**
   * As UAS (RFC 3261 §12.1.1): early by a 1xx, confirmed by a 2xx. A request without From tag or
   * without Contact makes a dialog too; a response without To tag doesn't.
   *
   * @param overTls whether the request came over TLS
   */
  public static Formed ofServer(SipMessage request, SipMessage response, boolean overTls) {
    String callId = request.callId();
    Address from = party(request, HeaderType.FROM);
    Address to = party(request, HeaderType.TO);
    String localTag = response.toTag();
    if (callId == null) {
      return Formed.without("a Call-ID in the request");
    }
    if (from == null) {
      return Formed.without("a From in the request");
    }
    if (to == null) {
      return Formed.without("a To in the request");
    }
    if (request.cseq() < 0) {
      return Formed.without("a CSeq in the request");
    }
    if (localTag == null) {
      return Formed.without("a tag in the To of the response");
    }
    return Formed.of(
        new DialogData(
            request.method(),
            true,
            callId,
            localTag,
            request.fromTag(),
            -1,
            request.cseq(),
            to,
            from,
            TargetRefresh.contactOf(request),
            RouteSets.ofServer(request),
            overTls && isSips(request),
            phaseBy(response)));
  }

  /**
   * As subscriber, by the NOTIFY that answers a SUBSCRIBE or REFER, before or after its 2xx: route
   * set, tag and target are those of the NOTIFY (RFC 6665 §4.4.1).
   *
   * @param request the SUBSCRIBE or REFER as it was sent
   * @param overTls whether it was sent over TLS
   */
  public static Formed ofNotify(SipMessage request, SipMessage notify, boolean overTls) {
    String callId = request.callId();
    Address local = party(request, HeaderType.FROM);
    Address remote = party(notify, HeaderType.FROM);
    if (callId == null) {
      return Formed.without("a Call-ID in the request");
    }
    if (local == null) {
      return Formed.without("a From in the request");
    }
    if (remote == null) {
      return Formed.without("a From in the NOTIFY");
    }
    if (request.cseq() < 0 || notify.cseq() < 0) {
      return Formed.without("a CSeq in the request or the NOTIFY");
    }
    List<Route> routeSet = RouteSets.ofServer(notify);
    return Formed.of(
        new DialogData(
            request.method(),
            false,
            callId,
            request.fromTag(),
            notify.fromTag(),
            request.cseq(),
            notify.cseq(),
            local,
            remote,
            TargetRefresh.contactOf(notify),
            routeSet,
            overTls && isSips(request),
            Phase.CONFIRMED));
  }

  private static Phase phaseBy(SipMessage response) {
    return response.status() < 200 ? Phase.EARLY : Phase.CONFIRMED;
  }

  /** A copy: programs may change it, and nobody may change a message's header by that. */
  private static @Nullable Address party(SipMessage message, HeaderType type) {
    return message.copyOfAddress(type);
  }

  private static boolean isSips(SipMessage request) {
    return request.peekRequestUri() instanceof SipURI uri && uri.isSecure();
  }
}
