package io.sipwright.dialog;

import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.javax.sip.address.Uris;
import io.sipwright.javax.sip.header.CSeq;
import io.sipwright.javax.sip.header.CallId;
import io.sipwright.javax.sip.header.From;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.MaxForwards;
import io.sipwright.javax.sip.header.Route;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.javax.sip.header.TaggedHeader;
import io.sipwright.javax.sip.header.To;
import io.sipwright.javax.sip.message.MessageModel;
import io.sipwright.javax.sip.message.SipMessage;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.address.Address;
import javax.sip.address.URI;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests within a dialog (RFC 3261 §12.2.1.1, §13.2.2.4). They have everything but Via and
 * Contact, which belong to the listening point, and share no object with the dialog.
 */
public final class DialogRequests {
  private static final int MAX_FORWARDS = 70;
  private static final long HIGHEST_SEQ = Integer.MAX_VALUE;

  private DialogRequests() {}

  /**
   * A request with the next number of our side. The dialog isn't changed: see {@link
   * DialogData#onRequestSent}.
   *
   * @throws SipException if the method is ACK, CANCEL or no token, or the numbers are used up
   */
  public static SipMessage createRequest(DialogData dialog, String method, MessageModel model)
      throws SipException {
    Objects.requireNonNull(method, "method");
    if (method.equals("ACK") || method.equals("CANCEL")) {
      throw new SipException(
          method
              + " has the number of another request: ACK is made by createAck, CANCEL by the"
              + " transaction of the INVITE");
    }
    // Without a number yet, 1: the next after none (RFC 3261 §8.1.1.5 leaves the choice to us).
    long seq = Math.max(dialog.localSeq(), 0) + 1;
    if (seq > HIGHEST_SEQ) {
      throw new SipException("The dialog has no CSeq number left above " + dialog.localSeq());
    }
    return create(dialog, method, seq, model);
  }

  /**
   * The ACK for a 2xx (RFC 3261 §13.2.2.4), with the credentials of the INVITE.
   *
   * @param seq number of the INVITE
   * @param invite as it was sent, with that number; null if nobody has it any more, then there are
   *     no credentials
   * @throws InvalidArgumentException if the number is below 0 or over 2**31 - 1
   * @throws SipException if {@code invite} is no INVITE of that number
   */
  public static SipMessage createAck(
      DialogData dialog, long seq, @Nullable SipMessage invite, MessageModel model)
      throws SipException, InvalidArgumentException {
    if (seq < 0 || seq > HIGHEST_SEQ) {
      throw new InvalidArgumentException("CSeq number " + seq + " is outside 0 to 2147483647");
    }
    if (invite != null && !(invite.method().equals("INVITE") && invite.cseq() == seq)) {
      throw new SipException(
          "ACK number "
              + seq
              + " is for an INVITE of that number, not for "
              + invite.method()
              + ' '
              + invite.cseq());
    }
    SipMessage ack = create(dialog, "ACK", seq, model);
    if (invite != null) {
      copyAll(invite, HeaderType.AUTHORIZATION, ack);
      copyAll(invite, HeaderType.PROXY_AUTHORIZATION, ack);
    }
    return ack;
  }

  private static void copyAll(SipMessage from, HeaderType type, SipMessage to) {
    if (from.hasHeader(type)) {
      for (SipHeader header : from.peekAll(type)) {
        to.addHeader(header.clone());
      }
    }
  }

  private static SipMessage create(DialogData dialog, String method, long seq, MessageModel model)
      throws SipException {
    SipMessage request = model.request();
    Request line = (Request) request;
    try {
      line.setMethod(method);
      List<Route> routeSet = dialog.routeSet();
      URI target = dialog.targetUri();
      if (dialog.goesByRequestUri()) {
        // RFC 3261 §12.2.1.1: the strict router takes the place of the target, which goes last.
        line.setRequestURI(Uris.forRequestLine(RouteSets.firstUri(routeSet)));
        addRoutes(request, routeSet.subList(1, routeSet.size()));
        NameAddress last = model.address();
        last.setURI((URI) target.clone());
        request.addHeader(RouteSets.ofAddress(last, model));
      } else {
        line.setRequestURI(Uris.forRequestLine(target));
        addRoutes(request, routeSet);
      }
      request.addHeader(party(HeaderType.FROM, dialog.localParty(), dialog.localTag(), model));
      request.addHeader(party(HeaderType.TO, dialog.remoteParty(), dialog.remoteTag(), model));
      CallId callId = (CallId) model.header(HeaderType.CALL_ID);
      callId.setCallId(dialog.callId());
      request.addHeader(callId);
      CSeq cseq = (CSeq) model.header(HeaderType.CSEQ);
      cseq.setSeqNumber(seq);
      cseq.setMethod(method);
      request.addHeader(cseq);
      MaxForwards maxForwards = (MaxForwards) model.header(HeaderType.MAX_FORWARDS);
      maxForwards.setMaxForwards(MAX_FORWARDS);
      request.addHeader(maxForwards);
    } catch (ParseException | InvalidArgumentException e) {
      throw new SipException("Can't make a request of the dialog: " + e.getMessage(), e);
    }
    return request;
  }

  private static void addRoutes(SipMessage request, List<Route> routes) {
    for (Route route : routes) {
      request.addHeader(route.clone());
    }
  }

  /** From or To with the dialog's tag, whatever tag is found in the address. */
  private static TaggedHeader party(
      HeaderType type, Address address, @Nullable String tag, MessageModel model)
      throws ParseException {
    TaggedHeader header =
        type == HeaderType.FROM ? (From) model.header(type) : (To) model.header(type);
    header.setAddress(DialogData.copyOf(address));
    if (tag != null) {
      header.setTag(tag);
    }
    return header;
  }
}
