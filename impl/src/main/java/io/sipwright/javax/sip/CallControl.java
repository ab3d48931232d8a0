package io.sipwright.javax.sip;

import io.sipwright.dialog.DialogData;
import io.sipwright.dialog.DialogKey;
import io.sipwright.dialog.DialogReference;
import io.sipwright.dialog.DialogTable;
import io.sipwright.dialog.EndedDialogs;
import io.sipwright.ext.DialogMatch;
import java.util.Iterator;
import javax.sip.header.Header;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** Which dialog an INVITE with Replaces (RFC 3891 §3) or Join (RFC 3911 §4) means. */
final class CallControl {
  private static final String REPLACES = "Replaces";
  private static final String JOIN = "Join";

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

  DialogMatch replacedBy(Request request) {
    return match(request, REPLACES, JOIN, true);
  }

  DialogMatch joinedBy(Request request) {
    return match(request, JOIN, REPLACES, false);
  }

  private DialogMatch match(Request request, String name, String contrary, boolean replaces) {
    Iterator<?> headers = request.getHeaders(name);
    if (!headers.hasNext()) {
      return DialogMatch.NOT_ASKED_FOR;
    }
    String text = headers.next().toString();
    DialogReference reference = DialogReference.parse(text.substring(text.indexOf(':') + 1));
    if (headers.hasNext()
        || reference == null
        || !request.getMethod().equals(Request.INVITE)
        || firstOf(request, contrary) != null) {
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
    int status = replaces ? refusal(data, reference) : notByInvite(data);
    return status == 0 ? DialogMatch.of(found) : DialogMatch.refused(status);
  }

  private static @Nullable Header firstOf(Message message, String name) {
    return message.getHeader(name);
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
