package io.sipwright.javax.sip;

import io.sipwright.dialog.PendingOffer;
import io.sipwright.dialog.Reinvite;
import io.sipwright.dialog.TwoHundredRetransmitter;
import io.sipwright.ext.DialogTimeoutEvent;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.stack.SipCore;
import io.sipwright.time.Alarm;
import io.sipwright.transaction.ClientDriver;
import io.sipwright.transaction.ClientUser;
import io.sipwright.transaction.Timings;
import io.sipwright.transaction.TransactionTable.Admission;
import io.sipwright.transaction.Wire;
import java.io.IOException;
import javax.sip.DialogState;
import javax.sip.SipException;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The INVITEs of a dialog and their ACKs, on both sides (RFC 3261 §13.2.2.4, §13.3.1.4, §14). Used
 * under the dialog's lock.
 */
final class InviteUsage {
  private static final Logger LOG = LoggerFactory.getLogger(InviteUsage.class);
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Sends a BYE. */
  interface ByeSender {
    void send(SipMessage bye, Wire wire);
  }

  /** For how long a peer sends its 2xx again (RFC 3261 §13.3.1.4). */
  private static final int PEERS_PATIENCE_IN_T1 = 64;

  private final DialogImpl dialog;
  private final SipCore core;

  // As UAC: the INVITE without final response, and those that got a 2xx in the last 64·T1.
  private @Nullable ClientTransactionImpl ownPending;
  private long acceptedSeq = -1;
  private @Nullable Accepted accepted;

  // As UAS: the INVITE without final response, and the last one that was sent a 2xx.
  private @Nullable ServerTransactionImpl theirsPending;
  private @Nullable TwoHundredRetransmitter retransmitter;
  private long answeredSeq = -1;
  private long ackedSeq = -1;
  private long overtakenSeq = -1;

  /** Of either side, in an INVITE, PRACK or UPDATE. */
  private @Nullable PendingOffer offer;

  /** Of a back-to-back user agent's dialog; null for others. */
  private @Nullable InviteQueue queue;

  InviteUsage(DialogImpl dialog) {
    this.dialog = dialog;
    this.core = dialog.core();
    if (dialog.provider().stack().config().backToBackUserAgent()) {
      queueing();
    }
  }

  /** INVITEs that meet others wait from now on. */
  void queueing() {
    if (queue == null) {
      queue = new InviteQueue(dialog);
    }
  }

  @Nullable InviteQueue queue() {
    return queue;
  }

  private void settle() {
    if (queue != null) {
      queue.settle();
    }
  }

  // --- offers and answers ---

  /** The offer that waits for its answer, or null. */
  @Nullable PendingOffer offer() {
    return offer;
  }

  /** A request went by, and its offer or answer with it. */
  void passed(boolean sent, SipMessage request) {
    offer = PendingOffer.afterRequest(offer, sent, request);
  }

  /** A response went by, and its offer or answer with it. */
  void passed(boolean sent, SipMessage request, SipMessage response) {
    if (offer != null || Request.INVITE.equals(request.method())) {
      offer = PendingOffer.afterResponse(offer, sent, request, response);
      settle();
    }
  }

  /** A request got no final response. */
  void failed(boolean sent, SipMessage request) {
    offer = PendingOffer.afterEnd(offer, sent, request);
    settle();
  }

  // --- as UAC ---

  /** An INVITE of ours is sent. */
  void sent(ClientTransactionImpl transaction) {
    ownPending = transaction;
  }

  boolean isOwnPending() {
    return ownPending != null;
  }

  /** Whether an INVITE of either side has no final response yet (RFC 3261 §14.1). */
  boolean isPending() {
    return ownPending != null || (theirsPending != null && !theirsPending.hasFinalResponse());
  }

  /** Whether another INVITE should wait: for a response, an answer, or the program's ACK. */
  boolean isBusy() {
    Accepted last = find(acceptedSeq);
    return isPending() || offer != null || (last != null && last.ack == null);
  }

  /** A transaction got its final response, or none. */
  void over(ClientTransactionImpl transaction) {
    if (ownPending == transaction) {
      ownPending = null;
      settle();
    }
  }

  /** Whether a response is a 2xx to an INVITE of ours that came before, in this dialog. */
  boolean isRepeated2xx(SipMessage response) {
    return response.status() / 100 == 2 && response.cseq() <= acceptedSeq;
  }

  /**
   * Takes note of a response to an INVITE of ours.
   *
   * @return false for a 2xx that came before and was acknowledged, which it is again; one that the
   *     program didn't acknowledge yet is shown to it once more
   */
  boolean onResponse(ClientTransactionImpl transaction, SipMessage response) {
    int status = response.status();
    if (status < 200) {
      return true;
    }
    over(transaction);
    if (status >= 300) {
      return true;
    }
    long seq = response.cseq();
    if (seq <= acceptedSeq) {
      return !ackAgain(seq);
    }
    acceptedSeq = seq;
    accepted = new Accepted(seq, transaction, accepted);
    accepted.wait(timeoutFactor());
    return true;
  }

  private int timeoutFactor() {
    return dialog.provider().stack().config().habits().dialogTimeoutFactor();
  }

  private @Nullable Accepted find(long seq) {
    Accepted found = accepted;
    while (found != null && found.seq != seq) {
      found = found.before;
    }
    return found;
  }

  /** Whether an INVITE of ours with that number got a 2xx that may be acknowledged. */
  boolean hasAccepted(long seq) {
    return (seq == acceptedSeq && seq >= 0) || find(seq) != null;
  }

  /** The INVITE with that number; null once its transaction is over. */
  @Nullable SipMessage request(long seq) {
    Accepted found = find(seq);
    ClientTransactionImpl transaction = found == null ? null : found.transaction;
    return transaction == null ? null : transaction.message();
  }

  /** The program acknowledges. */
  void acked(long seq, byte[] ack, Wire wire) {
    offer = PendingOffer.afterAck(offer);
    Accepted found = find(seq);
    if (found != null) {
      found.ack = ack;
      found.wire = wire;
    }
    settle();
  }

  /**
   * A 2xx came again: its ACK is sent again.
   *
   * @return whether the program needn't see it: not if it owes the ACK
   */
  boolean ackAgain(long seq) {
    if (dialog.provider().stack().config().habits().deliversRepeated2xx()) {
      return false;
    }
    Accepted found = find(seq);
    if (found != null && found.ack == null) {
      return false;
    }
    if (found != null && found.ack != null && found.wire != null) {
      dialog.provider().outbound().send(core, found.wire, found.ack, "");
    }
    return seq >= 0 && seq <= acceptedSeq;
  }

  /** The transaction of an INVITE is over: ACKs that are still made do without its credentials. */
  void forget(ClientTransactionImpl transaction) {
    for (Accepted each = accepted; each != null; each = each.before) {
      if (each.transaction == transaction) {
        each.transaction = null;
      }
    }
  }

  /**
   * An INVITE of ours that got a 2xx, for the time that the peer may send its 2xx again: the alarm
   * ends it, and the dialog if the program gave no ACK, as the peer gives up at that time too.
   */
  private final class Accepted extends Alarm {
    private final long seq;
    private @Nullable Accepted before;
    private @Nullable ClientTransactionImpl transaction;
    private byte @Nullable [] ack;
    private @Nullable Wire wire;
    private int waitedInT1;

    Accepted(long seq, ClientTransactionImpl transaction, @Nullable Accepted before) {
      this.seq = seq;
      this.transaction = transaction;
      this.before = before;
    }

    private void wait(int inT1) {
      waitedInT1 += inT1;
      long millis = (long) inT1 * core.transactions().timings().t1();
      core.clock().arm(this, millis * NANOS_PER_MILLI);
    }

    @Override
    protected void ring() {
      synchronized (dialog) {
        if (ack != null && waitedInT1 < PEERS_PATIENCE_IN_T1) {
          wait(PEERS_PATIENCE_IN_T1 - waitedInT1);
          return;
        }
        if (accepted == this) {
          accepted = null; // those before are older
        } else {
          for (Accepted each = accepted; each != null; each = each.before) {
            if (each.before == this) {
              each.before = null;
            }
          }
        }
        if (ack == null
            && !dialog.isTerminated()
            && !dialog.timedOut(DialogTimeoutEvent.Reason.ACK_NOT_SENT)) {
          LOG.debug("{} ends: its 2xx was not acknowledged by the program", dialog);
          dialog.terminate();
        }
      }
    }
  }

  // --- as UAS ---

  /** What becomes of an INVITE that came in within the dialog. */
  Reinvite.Verdict received(ServerTransactionImpl transaction) {
    boolean theirs =
        theirsPending != null && theirsPending != transaction && !theirsPending.hasFinalResponse();
    return Reinvite.onInvite(ownPending != null, theirs, offer);
  }

  @Nullable ServerTransactionImpl theirsPending() {
    return theirsPending;
  }

  void pending(ServerTransactionImpl transaction) {
    theirsPending = transaction;
  }

  /** A final response to an INVITE was sent; a 2xx goes out again until its ACK comes. */
  void answered(ServerTransactionImpl transaction, SipMessage response, byte[] bytes) {
    if (theirsPending == transaction) {
      theirsPending = null;
      settle();
    }
    Wire wire = transaction.wire();
    long seq = response.cseq();
    if (response.status() >= 300 || wire == null || seq == answeredSeq) {
      return;
    }
    if (retransmitter != null) {
      overtakenSeq = answeredSeq; // the peer sends another INVITE only if it has got that 2xx
      stopRetransmitting();
    }
    answeredSeq = seq;
    Timings timings = transaction.timings();
    retransmitter =
        new TwoHundredRetransmitter(
            core.clock(),
            timings.t1(),
            timings.t2(),
            timeoutFactor(),
            new TwoHundredRetransmitter.User() {
              @Override
              public void resend() {
                wire.send(bytes, cause -> LOG.debug("{}: 2xx not sent again", dialog, cause));
              }

              @Override
              public void onNoAck() {
                endUnacknowledged();
              }
            });
    retransmitter.start();
  }

  /** Whether the listener is to get an ACK with that number: not one that came before. */
  boolean onAck(long seq) {
    offer = PendingOffer.afterAck(offer);
    settle();
    if (seq == overtakenSeq) {
      overtakenSeq = -1;
      return true;
    }
    if (seq <= ackedSeq || seq < answeredSeq) {
      return false;
    }
    ackedSeq = seq;
    if (seq == answeredSeq) {
      stopRetransmitting();
    }
    return true;
  }

  private void stopRetransmitting() {
    if (retransmitter != null) {
      retransmitter.stop();
      retransmitter = null;
    }
  }

  /** No ACK came: the session ends with a BYE (RFC 3261 §13.3.1.4), and the dialog with it. */
  private void endUnacknowledged() {
    synchronized (dialog) {
      if (dialog.getState() != DialogState.CONFIRMED
          || dialog.timedOut(DialogTimeoutEvent.Reason.ACK_NOT_RECEIVED)) {
        return;
      }
      try {
        dialog.uac().sendBye(this::sendUnattended);
      } catch (SipException e) {
        LOG.debug("{}: no BYE could be sent for the missing ACK", dialog, e);
      }
      dialog.terminate();
    }
  }

  private void sendUnattended(SipMessage bye, Wire wire) {
    ClientDriver driver =
        ClientDriver.of(bye, bye.encoded(), wire, new Unattended(), core.transactions());
    if (core.transactions().table().add(driver) == Admission.ADDED) {
      driver.start();
    }
  }

  /** The transaction of an INVITE that came in is over. */
  void forget(ServerTransactionImpl transaction) {
    if (queue != null) {
      queue.remove(transaction);
    }
    if (theirsPending == transaction) {
      theirsPending = null;
      settle();
    }
  }

  /**
   * The dialog is over. Its INVITEs are not: a 2xx without ACK is sent on, and the peer's 2xx
   * acknowledged again (RFC 5407 §3.1.6), for 64·T1. The peer may have sent its BYE before it got
   * the 2xx to another INVITE, which would wait for it for good.
   */
  void stop() {
    ownPending = null;
    theirsPending = null;
    if (queue != null) {
      queue.stop();
    }
  }

  /** Nobody waits for the answer. */
  private static final class Unattended implements ClientUser {
    @Override
    public void onResponse(SipMessage response) {}

    @Override
    public void onTimeout() {}

    @Override
    public void onTransportError(IOException cause) {}

    @Override
    public void onTerminated() {}
  }
}
