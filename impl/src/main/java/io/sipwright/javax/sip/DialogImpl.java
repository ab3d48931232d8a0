package io.sipwright.javax.sip;

import io.sipwright.dialog.DialogData;
import io.sipwright.dialog.DialogKey;
import io.sipwright.dialog.DialogRequests;
import io.sipwright.dialog.Dialogs;
import io.sipwright.dialog.Reinvite;
import io.sipwright.javax.sip.header.AddressHeader;
import io.sipwright.javax.sip.header.CSeq;
import io.sipwright.javax.sip.header.CallId;
import io.sipwright.javax.sip.header.Contact;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.TaggedHeader;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.locator.Destination;
import io.sipwright.locator.NextHop;
import io.sipwright.locator.Target;
import io.sipwright.stack.RequestWire;
import io.sipwright.stack.SipCore;
import io.sipwright.transaction.Wire;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogDoesNotExistException;
import javax.sip.DialogState;
import javax.sip.DialogTerminatedEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.Transaction;
import javax.sip.TransactionDoesNotExistException;
import javax.sip.address.Address;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.RouteHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * A dialog as programs see it (RFC 3261 §12): made with its first transaction, in a null state
 * until a response with a To tag goes by.
 *
 * <p>Safe for use by several threads: one lock, the object's own, held while a message is checked,
 * the state replaced and the message handed to its transaction, and never while a listener runs.
 */
public class DialogImpl implements Dialog {
  private static final long serialVersionUID = 1L;

  private final transient SipProviderImpl provider;
  private final transient boolean server;
  private final transient InviteUsage invites;
  private final transient ReliableResponses reliable;

  // Guarded by this.
  private transient @Nullable DialogData data;
  private transient @Nullable TransactionImpl first;
  private transient @Nullable SipMessage
      firstRequest; // null once its transaction is over and the dialog formed
  private transient @Nullable Address localContact;
  private transient @Nullable List<DialogImpl> forks;
  private transient boolean terminated;
  private transient boolean terminateOnBye = true;

  private transient volatile @Nullable Object applicationData;

  private DialogImpl(TransactionImpl first, boolean server, SipCore core) {
    this.provider = first.provider();
    this.first = first;
    this.firstRequest = first.message();
    this.server = server;
    this.invites = new InviteUsage(this, core);
    this.reliable = new ReliableResponses(this, core);
  }

  /** One that a NOTIFY makes, with no transaction of its own. */
  private DialogImpl(SipProviderImpl provider, SipCore core) {
    this.provider = provider;
    this.server = false;
    this.invites = new InviteUsage(this, core);
    this.reliable = new ReliableResponses(this, core);
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
    }
    return dialog;
  }

  SipProviderImpl provider() {
    return provider;
  }

  InviteUsage invites() {
    return invites;
  }

  /** The peer's INVITE that waits for its final response, or null. */
  @Nullable ServerTransactionImpl pendingServerInvite() {
    return invites.theirsPending();
  }

  synchronized @Nullable DialogData data() {
    return data;
  }

  private DialogData established() throws SipException {
    DialogData now = data;
    if (now == null) {
      throw new SipException("The dialog isn't established: no response with a To tag went by");
    }
    return now;
  }

  // --- as UAC: responses ---

  /**
   * The dialog a response belongs to: this one, or for another To tag than its own another one (RFC
   * 3261 §12.1.2).
   */
  DialogImpl dialogFor(ClientTransactionImpl transaction, SipMessage response) {
    String tag = response.toTag();
    int status = response.status();
    if (!isForming(transaction) || tag == null || status == 100 || status >= 300) {
      return this;
    }
    synchronized (this) {
      if (data == null ? !terminated : tag.equals(data.remoteTag())) {
        return this;
      }
      DialogImpl known = provider.stack().dialogs().findForResponse(response);
      if (known != null) {
        return known;
      }
      DialogImpl fork = new DialogImpl(transaction, false, transaction.core());
      fork.localContact = localContact;
      if (forks == null) {
        forks = new ArrayList<>(1);
      }
      forks.add(fork);
      return fork;
    }
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
    SipCore core = provider.stack().core();
    boolean own = data == null && !terminated;
    if (made == null || core == null || !(own || several)) {
      return null;
    }
    DialogImpl dialog = own ? this : new DialogImpl(provider, core);
    dialog.data = made;
    dialog.rememberContact(subscribe);
    DialogImpl other = provider.stack().dialogs().putIfAbsent(made.key(), dialog);
    return other == null ? dialog : other;
  }

  private synchronized boolean isForming(TransactionImpl transaction) {
    return transaction.message() == firstRequest;
  }

  /**
   * Takes note of a response.
   *
   * @return whether the listener is to get it: not a 2xx to INVITE that came before
   */
  synchronized boolean onResponse(ClientTransactionImpl transaction, SipMessage response) {
    int status = response.status();
    String method = transaction.message().method();
    if (isForming(transaction) && data == null && !terminated) {
      if (status >= 300) {
        terminate();
      } else if (forms(response)) {
        enter(transaction, Dialogs.ofClient(transaction.message(), response, false).dialog());
      }
    } else if (data != null) {
      replace(data.onResponse(response));
    }
    if (method.equals(Request.INVITE)
        && !invites.onResponse(transaction, response, transaction.core())) {
      return false;
    }
    boolean over =
        status >= 200
            && (method.equals(Request.BYE)
                ? terminateOnBye
                : !isForming(transaction) && status == 481);
    if (over) {
      terminate();
    }
    return true;
  }

  private boolean forms(SipMessage response) {
    return response.toTag() != null && provider.stack().dialogMethods().phaseBy(response) != null;
  }

  private void enter(ClientTransactionImpl transaction, @Nullable DialogData formed) {
    if (formed != null) {
      provider.stack().dialogs().putIfAbsent(formed.key(), this);
      data = formed;
      rememberContact(transaction.message());
    }
  }

  private void rememberContact(SipMessage ours) {
    if (localContact == null
        && ours.peek(HeaderType.CONTACT) instanceof AddressHeader contact
        && !contact.getAddress().isWildcard()) {
      localContact = (Address) contact.getAddress().clone();
    }
  }

  /** Puts the next state in place, and ends the dialog if that's an end. */
  private void replace(DialogData next) {
    data = next;
    if (next.phase() == DialogData.Phase.TERMINATED) {
      terminate();
    }
  }

  /**
   * A forming request failed, or its transaction is over: what's still early of its dialogs ends
   * (RFC 3261 §13.2.2.4).
   */
  void endEarlySiblings(ClientTransactionImpl transaction) {
    List<DialogImpl> all;
    synchronized (this) {
      if (!isForming(transaction)) {
        return;
      }
      all = forks == null ? List.of() : List.copyOf(forks);
      forks = null;
      if (getState() != DialogState.CONFIRMED) {
        terminate();
      }
    }
    for (DialogImpl fork : all) {
      if (fork.getState() != DialogState.CONFIRMED) {
        fork.delete();
      }
    }
  }

  /** No answer came, or the request couldn't be sent. */
  void onNoAnswer(ClientTransactionImpl transaction) {
    if (isForming(transaction)) {
      endEarlySiblings(transaction);
    }
    synchronized (this) {
      invites.over(transaction);
      if (transaction.message().method().equals(Request.BYE) && terminateOnBye) {
        terminate();
      }
    }
  }

  void onClientTerminated(ClientTransactionImpl transaction) {
    endEarlySiblings(transaction);
    synchronized (this) {
      invites.over(transaction);
      invites.forget(transaction);
      release(transaction);
    }
  }

  /**
   * The forming transaction is over: what's needed of its request is in the state, if there's one.
   */
  private void release(TransactionImpl transaction) {
    if (first == transaction) {
      first = null;
      if (data != null) {
        firstRequest = null;
      } else {
        terminate();
      }
    }
  }

  // --- as UAC: requests ---

  /** The forming request is about to be sent by its transaction. */
  synchronized void beforeSending(ClientTransactionImpl transaction) {
    rememberContact(transaction.message());
    if (transaction.message().method().equals(Request.INVITE)) {
      invites.sent(transaction);
    }
  }

  /**
   * {@inheritDoc} CSeq is the local sequence number + 1, which changes only when the request is
   * sent. Works for a dialog that's terminated too.
   */
  @Override
  public Request createRequest(String method) throws SipException {
    Objects.requireNonNull(method, "method");
    if (method.equals(Request.PRACK)) {
      throw new SipException("A PRACK is made by createPrack from the response it acknowledges");
    }
    DialogData now;
    Address contact;
    synchronized (this) {
      now = established();
      contact = localContact;
    }
    SipMessage request = DialogRequests.createRequest(now, method, provider.model());
    ListeningPointImpl point = address(now, request);
    if (point != null && !method.equals(Request.BYE)) {
      ContactHeader header = point.createContactHeader();
      if (contact != null) {
        header.setAddress((Address) contact.clone());
      }
      request.addLast(header);
    }
    return (Request) request;
  }

  /**
   * Puts in the Via of the listening point that a request will use; null if there's none at all.
   */
  private @Nullable ListeningPointImpl address(DialogData now, SipMessage request)
      throws SipException {
    Target target = target(now, request);
    ListeningPointImpl point = provider.pointFor(target == null ? null : target.transport());
    if (point != null) {
      request.addFirst(point.createViaHeader());
    }
    return point;
  }

  /** Where a request of the dialog goes by itself; null if that's for a router to say. */
  private static @Nullable Target target(DialogData now, SipMessage request) throws SipException {
    Destination destination =
        now.goesByRequestUri() ? NextHop.ofRequestUri(request) : NextHop.of(request, null);
    return destination == null ? null : destination.target();
  }

  private RequestWire wire(SipCore core, DialogData now, SipMessage request) throws SipException {
    Target strict = now.goesByRequestUri() ? target(now, request) : null;
    return strict == null
        ? provider.outbound().wire(core, request)
        : provider.outbound().wire(core, request, strict);
  }

  @Override
  public void sendRequest(ClientTransaction clientTransaction) throws SipException {
    Objects.requireNonNull(clientTransaction, "clientTransaction");
    if (!(clientTransaction instanceof ClientTransactionImpl transaction)
        || transaction.provider().stack() != provider.stack()) {
      throw new TransactionDoesNotExistException("The transaction is not one of this stack");
    }
    transaction.checkUnsent();
    SipMessage request = transaction.message();
    String method = request.method();
    if (method.equals(Request.CANCEL)) {
      throw new SipException("A CANCEL is sent by its own transaction, not by the dialog");
    }
    synchronized (this) {
      DialogData before = established();
      if (method.equals(Request.INVITE) && invites.isOwnPending()) {
        throw new SipException(
            "An INVITE of this dialog is in progress: another one must wait for its final response (RFC 3261 §14.1)");
      }
      complete(before, request);
      data = before.onRequestSent(request);
      transaction.associate(this);
      if (method.equals(Request.INVITE)) {
        rememberContact(request);
        invites.sent(transaction);
      }
      try {
        transaction.start(wire(transaction.core(), before, request));
      } catch (SipException e) {
        data = before;
        invites.over(transaction);
        throw e;
      }
    }
  }

  /** Tags, number and routes are the dialog's; routes that the program put in stay. */
  private static void complete(DialogData now, SipMessage request) throws SipException {
    try {
      setTag((TaggedHeader) request.header(HeaderType.FROM), now.localTag(), "From");
      setTag((TaggedHeader) request.header(HeaderType.TO), now.remoteTag(), "To");
      CSeq cseq = (CSeq) request.header(HeaderType.CSEQ);
      if (cseq == null) {
        throw new SipException("The request has no CSeq");
      }
      cseq.setSeqNumber(Math.max(now.localSeq(), 0) + 1);
      if (!request.hasHeader(HeaderType.ROUTE) && !now.goesByRequestUri()) {
        for (RouteHeader route : now.routeSet()) {
          request.addLast((RouteHeader) route.clone());
        }
      }
    } catch (ParseException | InvalidArgumentException e) {
      throw new SipException("The request doesn't fit the dialog: " + e.getMessage(), e);
    }
  }

  private static void setTag(@Nullable TaggedHeader header, @Nullable String tag, String name)
      throws SipException, ParseException {
    if (header == null) {
      throw new SipException("The request has no " + name);
    }
    if (tag != null && !tag.equals(header.getTag())) {
      header.setTag(tag);
    }
  }

  @Override
  public Request createAck(long cseq) throws InvalidArgumentException, SipException {
    DialogData now;
    SipMessage invite;
    synchronized (this) {
      now = established();
      if (!invites.hasAccepted(cseq)) {
        if (cseq <= 0 || cseq > Integer.MAX_VALUE) {
          throw new InvalidArgumentException("CSeq number " + cseq + " is not in 1 to 2147483647");
        }
        throw new SipException("No INVITE of this dialog with CSeq " + cseq + " got a 2xx");
      }
      invite = invites.request(cseq);
    }
    SipMessage ack = DialogRequests.createAck(now, cseq, invite, provider.model());
    address(now, ack);
    return (Request) ack;
  }

  @Override
  public void sendAck(Request ackRequest) throws SipException {
    Objects.requireNonNull(ackRequest, "ackRequest");
    SipMessage ack = ForeignMessages.request(ackRequest, provider.model());
    if (!ack.method().equals(Request.ACK)) {
      throw new SipException("sendAck sends ACK, not " + ack.method());
    }
    SipCore core = provider.stack().runningCore();
    DialogData now;
    synchronized (this) {
      now = established();
    }
    if (!now.callId().equals(ack.callId())) {
      throw new SipException("The ACK's Call-ID is not that of the dialog");
    }
    provider.outbound().prepare(ack);
    Wire wire = wire(core, now, ack);
    byte[] bytes = ack.encoded();
    acked(ack.cseq(), bytes, wire);
    provider.outbound().send(core, wire, bytes, now.callId());
  }

  /** The program's ACK to the 2xx of an INVITE, kept for further copies of the 2xx. */
  synchronized void acked(long cseq, byte[] ack, Wire wire) {
    invites.acked(cseq, ack, wire);
  }

  /**
   * A 2xx came that no transaction knows: whether it's one that was acknowledged before, and is
   * again.
   */
  synchronized boolean ackAgain(SipCore core, long cseq) {
    return invites.ackAgain(core, cseq);
  }

  // --- as UAS ---

  /** The tag of our side in responses to a transaction of this dialog. */
  private String localTag(ServerTransactionImpl transaction) {
    String tag = data == null ? null : data.localTag();
    return tag == null ? transaction.toTag() : tag;
  }

  /** Sends a response through its transaction, and does to the dialog what it means. */
  synchronized void respond(ServerTransactionImpl transaction, SipMessage response)
      throws SipException {
    SipMessage request = transaction.message();
    int status = response.status();
    boolean invite = request.method().equals(Request.INVITE);
    if (status > 100 && response.toTag() == null) {
      ServerTransactionImpl.addToTag(response, localTag(transaction));
    }
    if (invite && status > 100 && status < 300) {
      addContact(response, transaction);
    }
    if (isForming(transaction) && data == null && !terminated && forms(response)) {
      form(transaction, response);
    } else {
      transaction.respond(response);
      if (data != null) {
        replace(data.onResponseSent(request, response));
      }
    }
    if (invite && status >= 200) {
      reliable.stop();
      invites.answered(transaction, response);
    }
    if (isForming(transaction) && data == null && status >= 300) {
      terminate();
    }
    if (DialogData.isEndOfBye(response) && terminateOnBye) {
      terminate();
    }
  }

  private void addContact(SipMessage response, ServerTransactionImpl transaction) {
    if (!response.hasHeader(HeaderType.CONTACT)) {
      ListeningPointImpl point = provider.pointFor(transaction.message().viaTransport());
      if (point != null) {
        Contact contact = (Contact) point.createContactHeader();
        if (localContact != null) {
          contact.setAddress((Address) localContact.clone());
        }
        response.setHeader(contact);
      }
    }
  }

  private void form(ServerTransactionImpl transaction, SipMessage response) throws SipException {
    Dialogs.Formed formed = Dialogs.ofServer(transaction.message(), response, false);
    DialogData made = formed.dialog();
    if (made == null) {
      throw new SipException("The response can't make a dialog without " + formed.missing());
    }
    DialogImpl other = provider.stack().dialogs().putIfAbsent(made.key(), this);
    if (other != null && other != this) {
      throw new SipException("Another dialog has this Call-ID and these tags: " + made.key());
    }
    data = made;
    try {
      transaction.respond(response);
    } catch (SipException e) {
      provider.stack().dialogs().remove(made.key(), this);
      data = null;
      throw e;
    }
    rememberContact(response);
  }

  /**
   * Takes note of a request (RFC 3261 §12.2.2, §14.2).
   *
   * @param strict whether the stack refuses what's out of order
   * @return the status it must be refused with, or 0
   */
  synchronized int onRequest(
      ServerTransactionImpl transaction, SipMessage request, boolean strict) {
    DialogData now = data;
    if (now == null) {
      return 0;
    }
    boolean anyOrder = !strict || provider.stack().config().looseDialogValidation();
    DialogData.Received received = now.onRequest(request, anyOrder);
    if (received.verdict() == DialogData.Verdict.OUT_OF_ORDER) {
      return Response.SERVER_INTERNAL_ERROR;
    }
    data = received.next();
    switch (request.method()) {
      case Request.INVITE -> {
        int refusal = invites.received(transaction).status();
        boolean refuses = strict && !provider.stack().config().backToBackUserAgent();
        if (refusal != Reinvite.Verdict.ACCEPT.status() && refuses) {
          return refusal;
        }
        invites.pending(transaction);
      }
      case Request.PRACK -> {
        if (strict && !reliable.onPrack(request)) {
          return Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST;
        }
      }
      default -> {}
    }
    return 0;
  }

  /** Whether the listener is to get an ACK: not one that came before. */
  synchronized boolean onAck(SipMessage ack) {
    return invites.onAck(ack.cseq());
  }

  /** A final response other than 2xx got no ACK. */
  synchronized void onServerTimeout(ServerTransactionImpl transaction) {
    if (isForming(transaction) && getState() != DialogState.CONFIRMED) {
      terminate();
    }
  }

  synchronized void onServerTerminated(ServerTransactionImpl transaction) {
    release(transaction);
  }

  @Override
  public Response createReliableProvisionalResponse(int statusCode)
      throws InvalidArgumentException, SipException {
    return (Response) reliable.create(statusCode);
  }

  @Override
  public void sendReliableProvisionalResponse(Response relResponse) throws SipException {
    Objects.requireNonNull(relResponse, "relResponse");
    reliable.send(ForeignMessages.response(relResponse, provider.model()));
  }

  @Override
  public Request createPrack(Response relResponse)
      throws DialogDoesNotExistException, SipException {
    Objects.requireNonNull(relResponse, "relResponse");
    DialogData now;
    synchronized (this) {
      now = data;
      if (now == null || terminated) {
        throw new DialogDoesNotExistException("The dialog is not established, or terminated");
      }
    }
    SipMessage response = ForeignMessages.response(relResponse, provider.model());
    SipMessage prack = ReliableResponses.prack(now, response, provider.model());
    address(now, prack);
    return (Request) prack;
  }

  // --- the end ---

  /** Ends the dialog, under its lock; tells the listener once, if it ever had a state. */
  void terminate() {
    if (terminated) {
      return;
    }
    terminated = true;
    invites.stop();
    reliable.stop();
    String callId = callId();
    DialogData now = data;
    if (now != null) {
      data = now.terminated();
      provider.stack().dialogs().remove(now.key(), this);
    } else if (!provider.stack().config().deliverTerminatedEventForNullDialog()) {
      return;
    }
    SipCore core = provider.stack().core();
    if (core != null) {
      core.delivery()
          .submit(callId, () -> provider.fireTerminated(new DialogTerminatedEvent(provider, this)));
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
    terminateOnBye = terminateFlag;
  }

  // --- what it knows ---

  @Override
  public synchronized @Nullable DialogState getState() {
    if (terminated) {
      return DialogState.TERMINATED;
    }
    if (data == null) {
      return null;
    }
    return data.phase() == DialogData.Phase.EARLY ? DialogState.EARLY : DialogState.CONFIRMED;
  }

  private @Nullable Address address(HeaderType type) {
    return firstRequest != null && firstRequest.peek(type) instanceof AddressHeader header
        ? header.getAddress()
        : null;
  }

  /** {@inheritDoc} The object itself: what's changed in it counts for requests made afterwards. */
  @Override
  public synchronized @Nullable Address getLocalParty() {
    return data != null ? data.localParty() : address(server ? HeaderType.TO : HeaderType.FROM);
  }

  /** {@inheritDoc} The object itself: what's changed in it counts for requests made afterwards. */
  @Override
  public synchronized @Nullable Address getRemoteParty() {
    return data != null ? data.remoteParty() : address(server ? HeaderType.FROM : HeaderType.TO);
  }

  /** {@inheritDoc} Null while none is known. */
  @Override
  public synchronized @Nullable Address getRemoteTarget() {
    if (data != null) {
      return data.remoteTarget();
    }
    return server ? address(HeaderType.CONTACT) : null;
  }

  /** {@inheritDoc} Null in the null state. */
  @Override
  public synchronized @Nullable String getDialogId() {
    return data == null ? null : data.key().toString();
  }

  private synchronized String callId() {
    if (data != null) {
      return data.callId();
    }
    return firstRequest == null ? "" : provider.callIdOf(firstRequest);
  }

  @Override
  public CallIdHeader getCallId() {
    CallId header = (CallId) provider.model().header(HeaderType.CALL_ID);
    try {
      header.setCallId(callId());
    } catch (ParseException e) {
      throw new IllegalStateException("Call-ID of the first request", e);
    }
    return header;
  }

  @Override
  @Deprecated
  public int getLocalSequenceNumber() {
    return (int) getLocalSeqNumber();
  }

  @Override
  public synchronized long getLocalSeqNumber() {
    return data != null ? Math.max(0, data.localSeq()) : server ? 0 : firstSeq();
  }

  @Override
  @Deprecated
  public int getRemoteSequenceNumber() {
    return (int) getRemoteSeqNumber();
  }

  @Override
  public synchronized long getRemoteSeqNumber() {
    return data != null ? Math.max(0, data.remoteSeq()) : server ? firstSeq() : 0;
  }

  private long firstSeq() {
    return firstRequest == null ? 0 : firstRequest.cseq();
  }

  @Override
  public synchronized void incrementLocalSequenceNumber() {
    if (data != null) {
      data = data.withLocalSeq(Math.max(0, data.localSeq()) + 1);
    }
  }

  @Override
  public synchronized Iterator<? extends RouteHeader> getRouteSet() {
    return data == null ? Collections.emptyIterator() : data.routeSet().iterator();
  }

  @Override
  public synchronized boolean isSecure() {
    return data != null && data.secure();
  }

  @Override
  public boolean isServer() {
    return server;
  }

  @Override
  public synchronized @Nullable String getLocalTag() {
    if (data != null) {
      return data.localTag();
    }
    if (firstRequest == null) {
      return null;
    }
    return server ? firstRequest.toTag() : firstRequest.fromTag();
  }

  @Override
  public synchronized @Nullable String getRemoteTag() {
    if (data != null) {
      return data.remoteTag();
    }
    return server && firstRequest != null ? firstRequest.fromTag() : null;
  }

  /** {@inheritDoc} Null once that transaction is over. */
  @Override
  @Deprecated
  public synchronized @Nullable Transaction getFirstTransaction() {
    return first;
  }

  @Override
  public void setApplicationData(@Nullable Object applicationData) {
    this.applicationData = applicationData;
  }

  /** Survives the dialog's end. */
  @Override
  public @Nullable Object getApplicationData() {
    return applicationData;
  }

  @Override
  public String toString() {
    DialogKey key = data() == null ? null : Objects.requireNonNull(data()).key();
    return "Dialog[" + (key == null ? callId() : key) + " " + getState() + "]";
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("A dialog can't live outside its stack");
  }
}
