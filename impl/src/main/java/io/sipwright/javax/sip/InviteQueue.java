package io.sipwright.javax.sip;

import io.sipwright.dialog.Reinvite;
import io.sipwright.time.Alarm;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sip.SipException;
import javax.sip.TransactionState;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The INVITEs of a dialog that wait for others to end, where it's one of a back-to-back user agent.
 * Used under the dialog's lock.
 *
 * <p>One of the peer's that met one of ours waits for 2 s at most, and is then answered 491 after
 * all: where both sides wait for each other that must not be for ever.
 */
final class InviteQueue {
  private static final Logger LOG = LoggerFactory.getLogger(InviteQueue.class);

  /** Of each direction; further ones are refused. */
  private static final int MOST = 8;

  private static final long PATIENCE_NANOS = 2_000_000_000L;

  private final DialogImpl dialog;
  private final Deque<ServerTransactionImpl> incoming = new ArrayDeque<>();
  private final Deque<ClientTransactionImpl> outgoing = new ArrayDeque<>();
  private final Alarm patience = Alarm.of(this::refuseThoseThatMet);
  private boolean releasing;

  InviteQueue(DialogImpl dialog) {
    this.dialog = dialog;
  }

  /** An INVITE of the peer is to wait; tells whether it may. */
  boolean add(ServerTransactionImpl transaction, Reinvite.Verdict verdict) {
    if (incoming.size() >= MOST) {
      return false;
    }
    incoming.add(transaction);
    if (verdict == Reinvite.Verdict.REQUEST_PENDING) {
      dialog.core().clock().arm(patience, PATIENCE_NANOS);
    }
    return true;
  }

  /** An INVITE of ours is to wait. */
  void add(ClientTransactionImpl transaction) throws SipException {
    if (outgoing.size() >= MOST) {
      throw new SipException("Too many INVITEs of this dialog wait already: " + MOST);
    }
    transaction.park();
    outgoing.add(transaction);
  }

  /** Takes out an INVITE of the peer; tells whether it was waiting. */
  boolean remove(ServerTransactionImpl transaction) {
    return incoming.remove(transaction);
  }

  private void refuseThoseThatMet() {
    synchronized (dialog) {
      if (!dialog.invites().isOwnPending()) {
        return;
      }
      ServerTransactionImpl met;
      while ((met = incoming.poll()) != null) {
        dialog.provider().stack().requests().refuse(met, DialogUas.Refusal.REQUEST_PENDING);
      }
    }
  }

  /** Something ended: whoever can go on does, in the turn of the call. */
  void settle() {
    if (!releasing && !(incoming.isEmpty() && outgoing.isEmpty())) {
      releasing = true;
      dialog.core().delivery().submit(dialog.callId(), this::release);
    }
  }

  private void release() {
    ServerTransactionImpl theirs;
    synchronized (dialog) {
      releasing = false;
      theirs = nextOfTheirs();
      if (theirs == null) {
        sendNext();
        return;
      }
    }
    dialog.provider().fireRequest(theirs, dialog, theirs.message());
  }

  private @Nullable ServerTransactionImpl nextOfTheirs() {
    ServerTransactionImpl next = incoming.peek();
    if (next == null || dialog.invites().received(next) != Reinvite.Verdict.ACCEPT) {
      return null;
    }
    incoming.remove();
    dialog.invites().pending(next);
    dialog.invites().passed(false, next.message());
    return next;
  }

  private void sendNext() {
    if (dialog.invites().isBusy()) {
      return;
    }
    ClientTransactionImpl next = outgoing.poll();
    while (next != null && next.getState() == TransactionState.TERMINATED) {
      next = outgoing.poll(); // the program has given it up
    }
    if (next == null) {
      return;
    }
    try {
      dialog.uac().sendNow(next);
    } catch (SipException e) {
      LOG.debug("{}: an {} that waited can't be sent", dialog, Request.INVITE, e);
      next.failed(e);
      settle();
    }
  }

  /** The dialog is over: what waits is answered 481, or ends unsent. */
  void stop() {
    dialog.core().clock().disarm(patience);
    ServerTransactionImpl theirs;
    while ((theirs = incoming.poll()) != null) {
      dialog.provider().stack().requests().refuse(theirs, DialogUas.Refusal.SESSION_GONE);
    }
    ClientTransactionImpl ours;
    while ((ours = outgoing.poll()) != null) {
      ours.terminate();
    }
  }
}
