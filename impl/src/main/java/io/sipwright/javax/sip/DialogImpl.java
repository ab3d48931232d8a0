package io.sipwright.javax.sip;

import io.sipwright.dialog.DialogData;
import io.sipwright.dialog.Dialogs;
import io.sipwright.ext.DialogTimeoutEvent;
import io.sipwright.ext.ExtendedListener;
import io.sipwright.javax.sip.header.AddressHeader;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.stack.SipCore;
import io.sipwright.time.Alarm;
import java.util.Objects;
import javax.sip.ClientTransaction;
import javax.sip.DialogDoesNotExistException;
import javax.sip.DialogState;
import javax.sip.DialogTerminatedEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.Transaction;
import javax.sip.TransactionDoesNotExistException;
import javax.sip.address.Address;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * A dialog as programs see it (RFC 3261 §12): made with its first transaction, in a null state
 * until a response with a To tag goes by. Its two sides are {@link DialogUac} and {@link
 * DialogUas}.
 *
 * <p>Safe for use by several threads: one lock, the object's own, held while a message is checked,
 * the state replaced and the message handed to its transaction, and never while a listener runs.
 */
public class DialogImpl extends AbstractDialog {
  private static final long serialVersionUID = 1L;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final transient SipCore core;

  /** Whether the stack made it by itself, and not the program by getNewDialog. */
  private final transient boolean automatic;

  private final transient InviteUsage invites;
  private final transient DialogUsages usages;
  private final transient DialogUac uac;
  private final transient DialogUas uas;

  // Guarded by this.
  private transient @Nullable TransactionImpl first;
  private transient @Nullable Address localContact;
  private transient @Nullable Alarm earlyDeadline;
  private transient int earlySeconds;

  /** Dialogs beside this one that NOTIFYs have made. */
  private transient int notifyForks;

  private transient @Nullable DialogImpl original;

  private DialogImpl(TransactionImpl first, boolean server, SipCore core) {
    super(first.provider(), server, first.message());
    this.core = core;
    this.automatic = provider.isAutomaticDialogSupport();
    this.earlySeconds = provider.stack().config().earlyDialogTimeoutSeconds();
    this.first = first;
    this.invites = new InviteUsage(this);
    this.usages = new DialogUsages(this);
    this.uac = new DialogUac(this);
    this.uas = new DialogUas(this);
  }

  /** One that a NOTIFY makes, with no transaction of its own. */
  private DialogImpl(SipProviderImpl provider, SipCore core) {
    super(provider, false, null);
    this.core = core;
    this.automatic = true;
    this.earlySeconds = provider.stack().config().earlyDialogTimeoutSeconds();
    this.invites = new InviteUsage(this);
    this.usages = new DialogUsages(this);
    this.uac = new DialogUac(this);
    this.uas = new DialogUas(this);
  }

  /** The dialog that a request to be sent may make. */
  static DialogImpl ofClient(ClientTransactionImpl first) throws SipException {
    if (first.message().fromTag() == null) {
      throw new SipException("A request that makes a dialog needs a tag in From");
    }
    return new DialogImpl(first, false, first.core());
  }

  /** The dialog that a request which came in may make. */
  static DialogImpl ofServer(ServerTransactionImpl first) {
    DialogImpl dialog = new DialogImpl(first, true, first.core());
    if (first.message().method().equals(Request.INVITE)) {
      dialog.invites.pending(first);
      dialog.invites.passed(false, first.message());
    }
    return dialog;
  }

  /** Another dialog of the same transaction as UAC. */
  DialogImpl fork(ClientTransactionImpl transaction) {
    DialogImpl fork = new DialogImpl(transaction, false, core);
    fork.localContact = localContact;
    fork.original = this;
    fork.earlySeconds = earlySeconds;
    fork.invites.passed(true, transaction.message());
    fork.usages.begin(transaction.message(), false);
    return fork;
  }

  // --- for the two sides, under the lock ---

  SipProviderImpl provider() {
    return provider;
  }

  SipCore core() {
    return core;
  }

  DialogUac uac() {
    return uac;
  }

  DialogUas uas() {
    return uas;
  }

  InviteUsage invites() {
    return invites;
  }

  DialogData established() throws SipException {
    DialogData now = data();
    if (now == null) {
      throw new SipException("The dialog isn't established: no response with a To tag went by");
    }
    return now;
  }

  boolean isTerminated() {
    return terminated;
  }

  DialogUsages usages() {
    return usages;
  }

  /**
   * The dialog that a NOTIFY makes which answers a SUBSCRIBE of this dialog (RFC 6665 §4.4.1): this
   * one while it has no state, otherwise another one if there may be several.
   *
   * @return null if there may not, or the NOTIFY lacks what a dialog needs
   */
  synchronized @Nullable DialogImpl formedBy(
      SipMessage subscribe, SipMessage notify, boolean several) {
    DialogData made = Dialogs.ofNotify(subscribe, notify, false).dialog();
    boolean own = !isFormed() && !terminated;
    DialogLimits limits = provider.stack().dialogLimits();
    if (made == null
        || limits.hasTooManyRoutes(notify)
        || !(own || (several && limits.allowsFork(notifyForks)))) {
      return null;
    }
    notifyForks += own ? 0 : 1;
    DialogImpl dialog = own ? this : new DialogImpl(provider, core);
    dialog.original = own ? original : this;
    dialog.rememberContact(subscribe);
    dialog.usages.begin(subscribe, false);
    DialogImpl other = dialog.enter(made);
    return other == null ? dialog : other;
  }

  /** Whether it's the transaction that made the dialog, and not over. */
  boolean isForming(TransactionImpl transaction) {
    return transaction == first;
  }

  /** The address of our Contact, once known, which many dialogs share: nobody may change it. */
  @Nullable Address localContact() {
    return localContact;
  }

  void rememberContact(SipMessage ours) {
    if (localContact == null
        && ours.peek(HeaderType.CONTACT) instanceof AddressHeader contact
        && !contact.getAddress().isWildcard()) {
      localContact = provider.ownContacts().copyOf(contact.getAddress());
    }
  }

  /** Gives it its first state, unless there's another dialog of these tags, which is given back. */
  @Nullable DialogImpl enter(DialogData formed) {
    DialogImpl other = provider.stack().dialogs().putIfAbsent(formed.key(), this);
    if (other == null || other == this) {
      data(formed);
      usages.formed(formed);
      limitEarly(formed);
    }
    return other;
  }

  /** The peer has another tag from now on; under the lock. */
  void changeRemoteTag(DialogData before, String tag) {
    DialogData after = before.withRemoteTag(tag);
    if (provider.stack().dialogs().putIfAbsent(after.key(), this) == null) {
      provider.stack().dialogs().remove(before.key(), this);
      data(after);
    }
  }

  /** Back to the null state. */
  void leave(DialogData formed) {
    provider.stack().dialogs().remove(formed.key(), this);
    stopLimit();
    data(null);
  }

  /** Puts the next state in place, and ends the dialog if that's an end. */
  void replace(DialogData next) {
    data(next);
    if (next.phase() == DialogData.Phase.TERMINATED) {
      terminate();
    } else {
      limitEarly(next);
    }
  }

  /** A dialog may be early for so long, counted from the last provisional response. */
  private void limitEarly(DialogData now) {
    stopLimit();
    if (now.phase() == DialogData.Phase.EARLY) {
      Alarm deadline = Alarm.of(this::earlyTooLong);
      earlyDeadline = deadline;
      core.clock().arm(deadline, earlySeconds * NANOS_PER_SECOND);
    }
  }

  private void earlyTooLong() {
    synchronized (this) {
      if (getState() != DialogState.EARLY
          || timedOut(DialogTimeoutEvent.Reason.EARLY_STATE_TIMEOUT)) {
        return;
      }
    }
    terminateUnlessConfirmed();
  }

  /**
   * The dialog waited in vain: tells a listener that wants to know, where the program made the
   * dialog itself.
   *
   * @return whether it's told, so that the program is to say what becomes of the dialog
   */
  boolean timedOut(DialogTimeoutEvent.Reason reason) {
    if (automatic || !(provider.listener() instanceof ExtendedListener)) {
      return false;
    }
    ClientTransaction transaction = first instanceof ClientTransaction client ? client : null;
    DialogTimeoutEvent event = new DialogTimeoutEvent(provider, this, transaction, reason);
    core.delivery().submit(callId(), () -> provider.fireTimeout(event));
    return true;
  }

  private void stopLimit() {
    if (earlyDeadline != null) {
      core.clock().disarm(earlyDeadline);
      earlyDeadline = null;
    }
  }

  /** Once the dialog has a state, what's needed of its first request is in that. */
  synchronized void forgetFirstRequest(TransactionImpl transaction) {
    if (first == transaction && isFormed()) {
      firstRequest = null;
    }
  }

  /**
   * The forming transaction is over: what's needed of its request is in the state, if there's one.
   */
  void release(TransactionImpl transaction) {
    if (first == transaction) {
      first = null;
      if (isFormed()) {
        firstRequest = null;
      } else {
        terminate();
      }
    }
  }

  // --- sending and answering ---

  /**
   * {@inheritDoc} CSeq is the local sequence number + 1, which changes only when the request is
   * sent. Works for a dialog that's terminated too.
   */
  @Override
  public Request createRequest(String method) throws SipException {
    Objects.requireNonNull(method, "method");
    return (Request) uac.createRequest(method);
  }

  @Override
  public void sendRequest(ClientTransaction clientTransaction) throws SipException {
    Objects.requireNonNull(clientTransaction, "clientTransaction");
    if (!(clientTransaction instanceof ClientTransactionImpl transaction)
        || transaction.provider().stack() != provider.stack()) {
      throw new TransactionDoesNotExistException("The transaction is not one of this stack");
    }
    uac.send(transaction);
  }

  @Override
  public Request createAck(long cseq) throws InvalidArgumentException, SipException {
    return (Request) uac.createAck(cseq);
  }

  @Override
  public void sendAck(Request ackRequest) throws SipException {
    Objects.requireNonNull(ackRequest, "ackRequest");
    uac.sendAck(ForeignMessages.request(ackRequest, provider.model()));
  }

  @Override
  public Request createPrack(Response relResponse)
      throws DialogDoesNotExistException, SipException {
    Objects.requireNonNull(relResponse, "relResponse");
    return (Request) uac.createPrack(ForeignMessages.response(relResponse, provider.model()));
  }

  @Override
  public Response createReliableProvisionalResponse(int statusCode)
      throws InvalidArgumentException, SipException {
    return (Response) uas.reliable().create(statusCode);
  }

  @Override
  public void sendReliableProvisionalResponse(Response relResponse) throws SipException {
    Objects.requireNonNull(relResponse, "relResponse");
    uas.reliable().send(ForeignMessages.response(relResponse, provider.model()));
  }

  @Override
  public synchronized void setEarlyDialogTimeoutSeconds(int seconds) {
    if (seconds < 1) {
      throw new IllegalArgumentException("A time-out must be 1 s or more, and is " + seconds);
    }
    earlySeconds = seconds;
  }

  @Override
  public synchronized void setBackToBackUserAgent() {
    invites.queueing();
  }

  @Override
  public synchronized boolean isForked() {
    return original != null;
  }

  @Override
  public synchronized @Nullable DialogImpl getOriginalDialog() {
    return original;
  }

  /** {@inheritDoc} Null once that transaction is over. */
  @Override
  @Deprecated
  public synchronized @Nullable Transaction getFirstTransaction() {
    return first;
  }

  @Override
  public synchronized void disableSequenceNumberValidation() {
    uas.takeAnyOrder();
  }

  // --- the end ---

  /** Ends the dialog; tells the listener once, if it ever had a state. */
  synchronized void terminate() {
    if (terminated) {
      return;
    }
    terminated = true;
    stopLimit();
    invites.stop();
    usages.stop();
    uas.stopReliable();
    DialogData now = data();
    if (now != null) {
      data(now.terminated());
      provider.stack().callControl().ended(now);
      provider.stack().dialogs().remove(now.key(), this);
    } else if (!provider.stack().config().deliverTerminatedEventForNullDialog()) {
      return;
    }
    core.delivery()
        .submit(
            callId(),
            () -> {
              provider.fireTerminated(new DialogTerminatedEvent(provider, this));
              pack();
            });
  }

  /** Ends the dialog if it's in the null state or early. */
  synchronized void terminateUnlessConfirmed() {
    if (getState() != DialogState.CONFIRMED) {
      terminate();
    }
  }

  @Override
  public synchronized void delete() {
    terminate();
  }

  @Override
  public synchronized void terminateOnBye(boolean terminateFlag) throws SipException {
    if (terminated) {
      throw new SipException("The dialog is terminated");
    }
    usages.terminateOnBye(terminateFlag);
  }
}
