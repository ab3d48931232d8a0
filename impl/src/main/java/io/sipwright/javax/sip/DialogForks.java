package io.sipwright.javax.sip;

import io.sipwright.dialog.DialogData;
import io.sipwright.javax.sip.message.SipMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dialogs beside one that further answers to the same request have made (RFC 3261 §12.1.2,
 * §13.2.2.4). Guarded by the first dialog.
 */
final class DialogForks {
  private final DialogImpl dialog;
  private @Nullable List<DialogImpl> forks;

  DialogForks(DialogImpl dialog) {
    this.dialog = dialog;
  }

  /**
   * The dialog a response belongs to: this one, or for another To tag than its own another one (RFC
   * 3261 §12.1.2).
   *
   * @return null if there may be no other one, or its route would be too long
   */
  @Nullable DialogImpl dialogFor(ClientTransactionImpl transaction, SipMessage response) {
    String tag = response.toTag();
    int status = response.status();
    synchronized (dialog) {
      DialogData data = dialog.data();
      boolean another =
          dialog.isForming(transaction)
              && tag != null
              && status > 100
              && status < 300
              && (data == null ? dialog.isTerminated() : !tag.equals(data.remoteTag()));
      if (!another) {
        boolean fine = data != null || status >= 300 || !limits().hasTooManyRoutes(response);
        return fine ? dialog : null;
      }
      DialogImpl known = dialog.provider().stack().dialogs().findForResponse(response);
      if (known != null) {
        return known;
      }
      if (tag != null && data != null && mayChangeTag(data)) {
        dialog.changeRemoteTag(data, tag);
        return dialog;
      }
      DialogImpl ended = tag == null ? null : forkTo(tag);
      if (ended != null) {
        return ended;
      }
      int before = forks == null ? 0 : forks.size();
      boolean allowed = limits().allowsFork(before) && !limits().hasTooManyRoutes(response);
      return allowed ? fork(transaction) : null;
    }
  }

  /** A property that brings an old habit back. */
  private boolean mayChangeTag(DialogData data) {
    return data.phase() == DialogData.Phase.EARLY
        && dialog.provider().stack().config().habits().remoteTagMayChange();
  }

  private DialogLimits limits() {
    return dialog.provider().stack().dialogLimits();
  }

  /** The fork to a remote tag, be it over: a 2xx that comes again makes no other one. */
  private @Nullable DialogImpl forkTo(String tag) {
    if (forks != null) {
      for (DialogImpl fork : forks) {
        DialogData data = fork.data();
        if (data != null && tag.equals(data.remoteTag())) {
          return fork;
        }
      }
    }
    return null;
  }

  /** Another dialog of the same transaction; under the lock. */
  DialogImpl fork(ClientTransactionImpl transaction) {
    DialogImpl fork = dialog.fork(transaction);
    if (forks == null) {
      forks = new ArrayList<>(1);
    }
    forks.add(fork);
    return fork;
  }

  /** All but the first; a copy. */
  List<DialogImpl> all() {
    return forks == null ? List.of() : List.copyOf(forks);
  }

  /** All but the first, which are forgotten here. */
  List<DialogImpl> takeAll() {
    List<DialogImpl> all = forks == null ? List.of() : forks;
    forks = null;
    return all;
  }
}
