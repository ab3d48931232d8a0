package io.sipwright.javax.sip;

import io.sipwright.dialog.DialogData;
import io.sipwright.dialog.DialogKey;
import io.sipwright.dialog.DialogReference;
import io.sipwright.dialog.DialogTable;
import io.sipwright.dialog.EndedDialogs;
import io.sipwright.ext.DialogMatch;
import io.sipwright.header.JoinHeader;
import io.sipwright.header.ReplacesHeader;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.javax.sip.message.MessageModel;
import io.sipwright.javax.sip.message.SipMessage;
import java.util.List;
import java.util.Objects;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** Which dialog an INVITE with Replaces (RFC 3891 §3) or Join (RFC 3911 §4) means. */
final class CallControl {
  private final DialogTable<DialogImpl> dialogs;
  private final EndedDialogs ended = new EndedDialogs();

  CallControl(DialogTable<DialogImpl> dialogs) {
    this.dialogs = dialogs;
  }

  /** A dialog has ended. */
  void ended(DialogData dialog) {
    if (dialog.method().equals(Request.INVITE)) {
      ended.add(dialog.key());
    }
  }

  DialogMatch replacedBy(Request request, MessageModel model) {
    return match(readable(request, model), HeaderType.REPLACES, HeaderType.JOIN);
  }

  DialogMatch joinedBy(Request request, MessageModel model) {
    return match(readable(request, model), HeaderType.JOIN, HeaderType.REPLACES);
  }

  private static SipMessage readable(Request request, MessageModel model) {
    try {
      return ForeignMessages.request(Objects.requireNonNull(request, "request"), model);
    } catch (SipException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private DialogMatch match(SipMessage request, HeaderType type, HeaderType contrary) {
    if (!request.hasHeader(type)) {
      return DialogMatch.NOT_ASKED_FOR;
    }
    List<SipHeader> headers = request.peekAll(type);
    DialogReference reference = headers.size() == 1 ? referenceOf(headers.get(0)) : null;
    if (reference == null
        || !request.method().equals(Request.INVITE)
        || request.hasHeader(contrary)) {
      return DialogMatch.refused(Response.BAD_REQUEST);
    }
    DialogImpl found = null;
    boolean over = false;
    for (DialogKey key : reference.keys()) {
      DialogImpl dialog = dialogs.find(key);
      if (dialog != null && found != null) {
        return DialogMatch.refused(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
      }
      found = dialog == null ? found : dialog;
      over |= ended.contains(key);
    }
    DialogData data = found == null ? null : found.data();
    if (found == null || data == null) {
      return DialogMatch.refused(
          over ? Response.DECLINE : Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
    }
    boolean replaces = type == HeaderType.REPLACES;
    int status = replaces ? refusal(data, reference) : notByInvite(data);
    return status == 0 ? DialogMatch.of(found) : DialogMatch.refused(status);
  }

  /** Null if it lacks a tag. */
  private static @Nullable DialogReference referenceOf(SipHeader header) {
    if (header instanceof ReplacesHeader replaces) {
      return DialogReference.of(
          replaces.getCallId(), replaces.getToTag(), replaces.getFromTag(), replaces.isEarlyOnly());
    }
    return header instanceof JoinHeader join
        ? DialogReference.of(join.getCallId(), join.getToTag(), join.getFromTag(), false)
        : null;
  }

  private static int notByInvite(DialogData data) {
    return data.method().equals(Request.INVITE) ? 0 : Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST;
  }

  private static int refusal(DialogData data, DialogReference reference) {
    boolean early = data.phase() == DialogData.Phase.EARLY;
    if (notByInvite(data) != 0 || (early && data.server())) {
      return Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST;
    }
    return !early && reference.earlyOnly() ? Response.BUSY_HERE : 0;
  }
}
