package io.sipwright.javax.sip;

import io.sipwright.dialog.DialogData;
import io.sipwright.dialog.Dialogs;
import io.sipwright.dialog.PendingOffer;
import io.sipwright.dialog.Reinvite;
import io.sipwright.dialog.SubscriptionId;
import io.sipwright.javax.sip.header.Contact;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.stack.StackConfig;
import javax.sip.SipException;
import javax.sip.address.Address;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * A dialog as UAS: the requests that come in, and what responses to them do to it (RFC 3261
 * §12.1.1, §12.2.2, §13.3). Under the dialog's lock.
 */
final class DialogUas {
  /** What's wrong with a request in a dialog, and how the stack answers it. */
  enum Refusal {
    /** Nothing is wrong. */
    NONE(0),
    /** Its number is lower than that of one before (RFC 3261 §12.2.2). */
    OUT_OF_ORDER(500),
    /** An INVITE or an offer while one of ours, or as an old habit one of theirs, is unanswered. */
    REQUEST_PENDING(491),
    /**
     * An INVITE or UPDATE while another of theirs is unanswered (RFC 3261 §14.2, RFC 3311 §5.2).
     */
    RETRY_LATER(500),
    /** A request that belongs to a session which is over or about to be (RFC 5407 §3.2, §3.3.3). */
    SESSION_GONE(481),
    /** A NOTIFY for no subscription of ours (RFC 6665 §4.1.3). */
    NO_SUBSCRIPTION(481),
    /** It waits for its turn, and is given to the listener then. */
    WAITS(0),
    /** A PRACK that acknowledges nothing (RFC 3262 §3). */
    NOTHING_TO_ACKNOWLEDGE(481);

    private final int status;

    Refusal(int status) {
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  private final DialogImpl dialog;
  private final SipProviderImpl provider;

  /** Made when it's needed, as most dialogs have none. */
  private @Nullable ReliableResponses reliable;

  private boolean anyOrder;

  /** The peer's UPDATE that has no final response yet. */
  private @Nullable ServerTransactionImpl update;

  DialogUas(DialogImpl dialog) {
    this.dialog = dialog;
    provider = dialog.provider();
  }

  ReliableResponses reliable() {
    synchronized (dialog) {
      ReliableResponses known = reliable;
      if (known == null) {
        known = new ReliableResponses(dialog);
        reliable = known;
      }
      return known;
    }
  }

  /** No provisional response waits for its PRACK any more. */
  void stopReliable() {
    if (reliable != null) {
      reliable.stop();
    }
  }

  /** Lower numbers of requests are in order from now on. */
  void takeAnyOrder() {
    anyOrder = true;
  }

  // --- requests ---

  /**
   * Takes note of a request (RFC 3261 §12.2.2, §14.2).
   *
   * @param strict whether the stack refuses what's out of order
   */
  Refusal onRequest(ServerTransactionImpl transaction, SipMessage request, boolean strict) {
    synchronized (dialog) {
      DialogData now = dialog.data();
      if (now == null) {
        return Refusal.NONE;
      }
      StackConfig config = provider.stack().config();
      boolean loose = !strict || anyOrder || config.looseDialogValidation();
      DialogData.Received received = now.onRequest(request, loose);
      if (received.verdict() == DialogData.Verdict.OUT_OF_ORDER) {
        return Refusal.OUT_OF_ORDER;
      }
      if (strict && dialog.usages().refuses(request.method())) {
        return Refusal.SESSION_GONE;
      }
      if (strict
          && request.method().equals(Request.NOTIFY)
          && !config.deliverUnsolicitedNotify()
          && !dialog.usages().awaits(request)) {
        return Refusal.NO_SUBSCRIPTION;
      }
      dialog.replace(received.next());
      Refusal refusal =
          switch (request.method()) {
            case Request.INVITE -> onInvite(transaction, strict);
            case Request.UPDATE -> strict ? onUpdate(transaction, request) : Refusal.NONE;
            case Request.PRACK ->
                (reliable != null && reliable.onPrack(request)) || !strict
                    ? Refusal.NONE
                    : Refusal.NOTHING_TO_ACKNOWLEDGE;
            default -> Refusal.NONE;
          };
      if (refusal == Refusal.NONE) {
        dialog.invites().passed(false, request);
      }
      return refusal;
    }
  }

  /** RFC 3311 §5.2. */
  private Refusal onUpdate(ServerTransactionImpl transaction, SipMessage request) {
    Reinvite.Verdict verdict =
        Reinvite.onUpdate(
            update != null, PendingOffer.hasSession(request), dialog.invites().offer());
    return switch (verdict) {
      case ACCEPT -> {
        update = transaction;
        yield Refusal.NONE;
      }
      case REQUEST_PENDING -> Refusal.REQUEST_PENDING;
      case RETRY_LATER -> Refusal.RETRY_LATER;
    };
  }

  private Refusal onInvite(ServerTransactionImpl transaction, boolean strict) {
    Reinvite.Verdict verdict = dialog.invites().received(transaction);
    if (verdict == Reinvite.Verdict.ACCEPT || !strict) {
      dialog.invites().pending(transaction);
      return Refusal.NONE;
    }
    InviteQueue queue = dialog.invites().queue();
    if (queue != null && queue.add(transaction, verdict)) {
      return Refusal.WAITS;
    }
    return verdict == Reinvite.Verdict.RETRY_LATER
            && !provider.stack().config().answers491ToOverlappingInvite()
        ? Refusal.RETRY_LATER
        : Refusal.REQUEST_PENDING;
  }

  /** Whether the listener is to get an ACK: not one that came before. */
  boolean onAck(SipMessage ack) {
    synchronized (dialog) {
      return dialog.invites().onAck(ack.cseq())
          || provider.stack().config().deliverRetransmittedAck();
    }
  }

  // --- responses ---

  /** Sends a response through its transaction, and does to the dialog what it means. */
  void respond(ServerTransactionImpl transaction, SipMessage response) throws SipException {
    synchronized (dialog) {
      SipMessage request = transaction.message();
      int status = response.status();
      boolean invite = request.method().equals(Request.INVITE);
      if (invite) {
        ReliableResponses.checkMayFollow(reliable, request, response);
      }
      if (status > 100) {
        tag(transaction, response);
      }
      if (invite && status > 100 && status < 300) {
        addContact(response, request);
      }
      DialogData now = dialog.data();
      byte[] sent;
      if (now != null) {
        sent = transaction.respond(response);
        dialog.replace(now.onResponseSent(request, response));
      } else if (dialog.isForming(transaction)
          && !dialog.isTerminated()
          && forms(response)
          && !SubscriptionId.isWithoutSubscription(request, response)) {
        sent = form(transaction, response);
      } else {
        sent = transaction.respond(response);
        if (dialog.isForming(transaction) && status >= 300) {
          dialog.terminate();
        }
      }
      dialog.invites().passed(true, request, response);
      if (status >= 200 && update == transaction) {
        update = null;
      }
      if (invite && status >= 200) {
        stopReliable();
        dialog.invites().answered(transaction, response, sent);
      }
      dialog.usages().onResponseSent(request, response);
      if (DialogData.isEndOfBye(response)) {
        dialog.usages().byeAnswered();
      }
    }
  }

  /** Adds the To tag, or checks the one that's there. */
  private void tag(ServerTransactionImpl transaction, SipMessage response) throws SipException {
    DialogData now = dialog.data();
    String ours = now == null ? null : now.localTag();
    String tag = response.toTag();
    if (tag == null) {
      ServerTransactionImpl.addToTag(response, ours == null ? transaction.toTag() : ours);
    } else if (ours != null && response.status() < 300 && !tag.equals(ours)) {
      throw new SipException(
          "The To tag of the response must be that of the dialog, " + ours + ", and is " + tag);
    }
  }

  private void addContact(SipMessage response, SipMessage request) {
    if (!response.hasHeader(HeaderType.CONTACT)) {
      ListeningPointImpl point = provider.pointFor(request.viaTransport());
      if (point != null) {
        Contact contact = (Contact) point.createContactHeader();
        Address ours = dialog.localContact();
        if (ours != null) {
          contact.setAddress((Address) ours.clone());
        }
        response.setHeader(contact);
      }
    }
  }

  private boolean forms(SipMessage response) {
    return provider.stack().dialogMethods().phaseBy(response) != null;
  }

  private byte[] form(ServerTransactionImpl transaction, SipMessage response) throws SipException {
    Dialogs.Formed formed =
        Dialogs.ofServer(transaction.message(), response, transaction.isSecure());
    DialogData made = formed.dialog();
    if (made == null) {
      throw new SipException("The response can't make a dialog without " + formed.missing());
    }
    DialogImpl other = dialog.enter(made);
    if (other != null && other != dialog) {
      throw new SipException("Another dialog has this Call-ID and these tags: " + made.key());
    }
    byte[] sent;
    try {
      sent = transaction.respond(response);
    } catch (SipException e) {
      dialog.leave(made);
      throw e;
    }
    dialog.rememberContact(response);
    return sent;
  }

  // --- the end of transactions ---

  /** A final response other than 2xx got no ACK. */
  void onTimeout(ServerTransactionImpl transaction) {
    synchronized (dialog) {
      if (dialog.isForming(transaction)) {
        dialog.terminateUnlessConfirmed();
      }
    }
  }

  /** The transaction is over: what's held of it is dropped, and an early dialog of it ends. */
  void onTerminated(ServerTransactionImpl transaction) {
    onTimeout(transaction);
    synchronized (dialog) {
      dialog.invites().forget(transaction);
      dialog.invites().failed(false, transaction.message());
      if (update == transaction) {
        update = null;
      }
      if (reliable != null) {
        reliable.forget(transaction);
      }
      dialog.release(transaction);
    }
  }

  /** Whether an INVITE that's cancelled was still waiting for its turn; it's forgotten then. */
  boolean unqueue(ServerTransactionImpl invite) {
    synchronized (dialog) {
      InviteQueue queue = dialog.invites().queue();
      return queue != null && queue.remove(invite);
    }
  }

  /** The peer's INVITE that waits for its final response, or null. */
  @Nullable ServerTransactionImpl pendingInvite() {
    return dialog.invites().theirsPending();
  }
}
