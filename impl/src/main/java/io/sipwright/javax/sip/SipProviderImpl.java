package io.sipwright.javax.sip;

import io.sipwright.dialog.DialogKey;
import io.sipwright.ext.DialogTimeoutEvent;
import io.sipwright.ext.ExtendedIOExceptionEvent;
import io.sipwright.ext.ExtendedIOExceptionEvent.Reason;
import io.sipwright.ext.ExtendedListener;
import io.sipwright.ext.ExtendedProvider;
import io.sipwright.ext.ExtendedRequestEvent;
import io.sipwright.ext.ExtendedResponseEvent;
import io.sipwright.javax.sip.header.CallId;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.message.MessageModel;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.stack.SipCore;
import io.sipwright.syntax.RandomIds;
import io.sipwright.transaction.ClientDriver;
import io.sipwright.transaction.TransactionKey;
import io.sipwright.transaction.Wire;
import io.sipwright.transport.Flow;
import io.sipwright.transport.SilentPeerException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import java.util.TooManyListenersException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.ListeningPoint;
import javax.sip.ObjectInUseException;
import javax.sip.RequestEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.Transaction;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.TransactionUnavailableException;
import javax.sip.TransportAlreadySupportedException;
import javax.sip.header.CallIdHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends and receives over one listening point per transport, and tells a listener what comes in.
 * Safe for use by several threads.
 */
public class SipProviderImpl implements ExtendedProvider {
  private static final Logger LOG = LoggerFactory.getLogger(SipProviderImpl.class);

  private final SipStackImpl stack;
  private final Outbound outbound;
  private final List<ListeningPointImpl> points = new CopyOnWriteArrayList<>();
  private final OwnContacts ownContacts = new OwnContacts();
  private volatile @Nullable SipListener listener;
  private volatile boolean automaticDialogSupport;
  private volatile boolean loopDetection;

  SipProviderImpl(SipStackImpl stack, ListeningPointImpl point) {
    this.stack = stack;
    points.add(point);
    automaticDialogSupport = stack.config().automaticDialogSupport();
    loopDetection = stack.config().serverLoopDetection();
    outbound = new Outbound(stack, this);
  }

  SipStackImpl stack() {
    return stack;
  }

  MessageModel model() {
    return stack.model();
  }

  Outbound outbound() {
    return outbound;
  }

  OwnContacts ownContacts() {
    return ownContacts;
  }

  @Nullable SipListener listener() {
    return listener;
  }

  boolean isAutomaticDialogSupport() {
    return automaticDialogSupport;
  }

  boolean detectsMergedRequests() {
    return loopDetection && automaticDialogSupport && stack.config().automaticDialogErrorHandling();
  }

  /** The Call-ID that a message's events are ordered by. */
  String callIdOf(SipMessage message) {
    String callId = message.callId();
    return callId == null ? "" : callId;
  }

  /** The way back of responses to a request; null if its Via can't be read. */
  @Nullable Wire wireBack(SipCore core, SipMessage message) {
    Flow flow = message.attachment() instanceof Flow arrival ? arrival : null;
    if (flow != null) {
      return core.wireBack(flow.endpoint(), flow, message);
    }
    String transport = message.viaTransport();
    ListeningPointImpl point = transport == null ? null : getListeningPoint(transport);
    return point == null ? null : core.wireBack(point.endpoint(), null, message);
  }

  /** The INVITE's transaction that a CANCEL is for, or null. */
  @Nullable ClientTransactionImpl invite(SipCore core, SipMessage cancel) {
    TransactionKey key = TransactionKey.forCancelledByClient(cancel);
    ClientDriver driver = core.transactions().table().client(key);
    ClientTransactionImpl invite = driver == null ? null : Failover.transactionOf(driver.user());
    return invite != null ? invite : stack.movedInvites().find(key);
  }

  @Override
  public SipStack getSipStack() {
    return stack;
  }

  // --- listener ---

  @Override
  public void addSipListener(SipListener sipListener) throws TooManyListenersException {
    Objects.requireNonNull(sipListener, "sipListener");
    synchronized (stack) {
      stack.checkListener(sipListener);
      listener = sipListener;
    }
  }

  @Override
  public void removeSipListener(SipListener sipListener) {
    synchronized (stack) {
      if (listener == sipListener) {
        listener = null;
      }
    }
  }

  private void fire(Consumer<SipListener> event) {
    SipListener target = listener;
    if (target == null) {
      return;
    }
    try {
      event.accept(target);
    } catch (Throwable t) { // whatever a listener throws is its own affair
      LOG.error("The listener {} of stack {} failed", target, stack.getStackName(), t);
    }
  }

  void fireRequest(
      @Nullable ServerTransaction transaction, @Nullable Dialog dialog, SipMessage request) {
    RequestEvent event =
        new ExtendedRequestEvent(this, transaction, dialog, (Request) request, sourceOf(request));
    fire(target -> target.processRequest(event));
  }

  /** A response with its transaction, or to none. */
  void fireResponse(
      @Nullable ClientTransaction transaction, @Nullable Dialog dialog, SipMessage response) {
    fireResponse(
        new ExtendedResponseEvent(
            this,
            transaction,
            dialog,
            (Response) response,
            transaction,
            false,
            false,
            sourceOf(response)));
  }

  /** Where a message came from; null if that's not known. */
  static @Nullable InetSocketAddress sourceOf(SipMessage message) {
    Object arrival = message.attachment();
    return arrival instanceof InetSocketAddress source
        ? source
        : arrival instanceof Flow flow ? flow.remote() : null;
  }

  void fireResponse(ExtendedResponseEvent event) {
    fire(target -> target.processResponse(event));
  }

  void fireTimeout(TimeoutEvent event) {
    fire(target -> target.processTimeout(event));
  }

  void fireTimeout(DialogTimeoutEvent event) {
    fire(
        target -> {
          if (target instanceof ExtendedListener extended) {
            extended.processDialogTimeout(event);
          }
        });
  }

  void fireTerminated(TransactionTerminatedEvent event) {
    fire(target -> target.processTransactionTerminated(event));
  }

  void fireTerminated(DialogTerminatedEvent event) {
    fire(target -> target.processDialogTerminated(event));
  }

  void fireIoException(
      @Nullable String host, int port, @Nullable String transport, @Nullable IOException cause) {
    Reason reason =
        cause instanceof UnknownHostException
            ? Reason.NO_ADDRESS
            : cause instanceof SilentPeerException ? Reason.SILENT_PEER : Reason.NOT_SENT;
    ListeningPointImpl point = transport == null ? null : getListeningPoint(transport);
    IOExceptionEvent event =
        new ExtendedIOExceptionEvent(
            this,
            host,
            port,
            transport,
            reason,
            cause,
            point == null ? null : point.endpoint().local());
    fire(target -> target.processIOException(event));
  }

  // --- listening points ---

  @Override
  @Deprecated
  public @Nullable ListeningPoint getListeningPoint() {
    return points.isEmpty() ? null : points.get(0);
  }

  @Override
  public ListeningPoint[] getListeningPoints() {
    return points.toArray(new ListeningPoint[0]);
  }

  /** {@inheritDoc} In any case. */
  @Override
  public @Nullable ListeningPointImpl getListeningPoint(String transport) {
    Objects.requireNonNull(transport, "transport");
    for (ListeningPointImpl point : points) {
      if (point.getTransport().equalsIgnoreCase(transport)) {
        return point;
      }
    }
    return null;
  }

  /**
   * The listening point for a transport, or the provider's first, or null if there's none at all.
   */
  @Nullable ListeningPointImpl pointFor(@Nullable String transport) {
    ListeningPointImpl point = transport == null ? null : getListeningPoint(transport);
    return point != null || points.isEmpty() ? point : points.get(0);
  }

  @Override
  @Deprecated
  public void setListeningPoint(ListeningPoint listeningPoint) throws ObjectInUseException {
    try {
      addListeningPoint(listeningPoint);
    } catch (TransportAlreadySupportedException e) {
      throw new ObjectInUseException(e.getMessage(), e);
    }
  }

  @Override
  public void addListeningPoint(ListeningPoint listeningPoint)
      throws ObjectInUseException, TransportAlreadySupportedException {
    Objects.requireNonNull(listeningPoint, "listeningPoint");
    synchronized (stack) {
      if (!(listeningPoint instanceof ListeningPointImpl point)
          || !point.equals(stack.listeningPoints().at(point.endpoint()))) {
        throw new ObjectInUseException(
            "The listening point is not one of this stack: " + listeningPoint);
      }
      if (point.provider() == this) {
        return;
      }
      if (point.provider() != null) {
        throw new ObjectInUseException("Another provider uses the listening point " + point);
      }
      if (getListeningPoint(point.getTransport()) != null) {
        throw new TransportAlreadySupportedException(
            "The provider has a listening point for " + point.getTransport() + " already");
      }
      points.add(point);
      point.attachTo(this);
    }
  }

  /** {@inheritDoc} The last one may be removed too, on the way to deleting the provider. */
  @Override
  public void removeListeningPoint(ListeningPoint listeningPoint) throws ObjectInUseException {
    Objects.requireNonNull(listeningPoint, "listeningPoint");
    synchronized (stack) {
      if (listeningPoint instanceof ListeningPointImpl point && point.provider() == this) {
        detach(point);
      }
    }
  }

  void detach(ListeningPointImpl point) {
    points.remove(point);
    point.attachTo(null);
  }

  /** Lets go of the listening points and the listener. */
  void close() {
    for (ListeningPointImpl point : points) {
      detach(point);
    }
    listener = null;
  }

  // --- transactions, dialogs, stateless sending ---

  /**
   * Random characters, and behind {@code @} the address of the first listening point if it has one.
   */
  @Override
  public CallIdHeader getNewCallId() {
    String id = RandomIds.next("");
    CallId header = (CallId) model().header(HeaderType.CALL_ID);
    try {
      header.setCallId(
          points.isEmpty() || points.get(0).isWildcard() ? id : id + "@" + points.get(0).viaHost());
    } catch (ParseException e) {
      throw new IllegalStateException("generated Call-ID", e);
    }
    return header;
  }

  @Override
  public ClientTransaction getNewClientTransaction(Request request)
      throws TransactionUnavailableException {
    Objects.requireNonNull(request, "request");
    try {
      SipCore core = stack.runningCore();
      SipMessage ours = ForeignMessages.request(request, model());
      if (ours.method().equals(Request.ACK)) {
        throw new TransactionUnavailableException(
            "An ACK has no transaction of its own: send it with Dialog.sendAck");
      }
      outbound.prepare(ours);
      if (core.transactions().table().client(TransactionKey.ofClient(ours)) != null) {
        throw new TransactionUnavailableException(
            "Another transaction uses the branch " + ours.viaBranch());
      }
      if (core.transactions().table().isFullOfClients()) {
        throw new TransactionUnavailableException(
            "The stack has as many client transactions as it may have (MAX_CLIENT_TRANSACTIONS)");
      }
      if (automaticDialogSupport
          && ours.toTag() == null
          && stack.makesDialogs(ours.method())
          && stack.dialogLimits().isFull()) {
        throw new TransactionUnavailableException(
            "The stack has as many dialogs as it may have (MAX_DIALOGS)");
      }
      ClientTransactionImpl transaction = new ClientTransactionImpl(this, ours, core);
      associate(core, transaction, ours);
      return transaction;
    } catch (TransactionUnavailableException e) {
      throw e;
    } catch (SipException e) {
      throw new TransactionUnavailableException(e.getMessage(), e);
    }
  }

  private void associate(SipCore core, ClientTransactionImpl transaction, SipMessage request)
      throws SipException {
    if (request.method().equals(Request.CANCEL)) {
      ClientTransactionImpl invite = invite(core, request);
      transaction.associate(invite == null ? null : invite.dialog());
    } else if (request.toTag() != null) {
      DialogKey key = DialogKey.asClient(request);
      transaction.associate(key == null ? null : stack.dialogs().find(key));
    } else {
      outbound.nextHops().of(request); // so that a missing one is told here
      if (automaticDialogSupport && stack.makesDialogs(request.method())) {
        transaction.associate(DialogImpl.ofClient(transaction));
      }
    }
  }

  @Override
  public ServerTransaction getNewServerTransaction(Request request)
      throws TransactionAlreadyExistsException, TransactionUnavailableException {
    Objects.requireNonNull(request, "request");
    try {
      SipCore core = stack.runningCore();
      SipMessage ours = ForeignMessages.request(request, model());
      if (ours.method().equals(Request.ACK)) {
        throw new TransactionUnavailableException(
            "An ACK has no server transaction: it isn't answered");
      }
      ServerTransactionImpl transaction =
          ServerTransactionImpl.open(this, ours, core, TransactionKey.ofServer(ours));
      DialogImpl known = stack.dialogs().findForRequest(ours);
      if (known != null) {
        transaction.associate(known);
      } else if (automaticDialogSupport
          && ours.toTag() == null
          && stack.makesDialogs(ours.method())) {
        transaction.associate(DialogImpl.ofServer(transaction));
      }
      return transaction;
    } catch (TransactionAlreadyExistsException | TransactionUnavailableException e) {
      throw e;
    } catch (SipException e) {
      throw new TransactionUnavailableException(e.getMessage(), e);
    }
  }

  /**
   * Sends a request without keeping state. An empty one ({@code createRequest("")}) is a keep-alive
   * to the outbound proxy.
   */
  @Override
  public void sendRequest(Request request) throws SipException {
    Objects.requireNonNull(request, "request");
    SipCore core = stack.runningCore();
    outbound.sendStatelessly(core, ForeignMessages.request(request, model()));
  }

  @Override
  public void sendResponse(Response response) throws SipException {
    Objects.requireNonNull(response, "response");
    SipCore core = stack.runningCore();
    outbound.sendResponse(core, ForeignMessages.response(response, model()));
  }

  @Override
  public Dialog getNewDialog(Transaction transaction) throws SipException {
    Objects.requireNonNull(transaction, "transaction");
    if (!(transaction instanceof TransactionImpl ours) || ours.provider().stack() != stack) {
      throw new SipException("The transaction is not one of this stack");
    }
    DialogImpl dialog = ours.dialog();
    if (dialog != null) {
      return dialog;
    }
    String method = ours.message().method();
    if (!stack.makesDialogs(method)) {
      throw new SipException(
          method + " makes no dialog (javax.sip.EXTENSION_METHODS adds methods)");
    }
    if (ours instanceof ClientTransactionImpl client) {
      if (client.getState() != null) {
        throw new SipException("A client's dialog is made before the request is sent");
      }
      dialog = DialogImpl.ofClient(client);
    } else {
      ServerTransactionImpl server = (ServerTransactionImpl) ours;
      if (server.hasFinalResponse()) {
        throw new SipException("A server's dialog is made before the final response is sent");
      }
      dialog = DialogImpl.ofServer(server);
    }
    ours.associate(dialog);
    return dialog;
  }

  @Override
  public void setAutomaticDialogSupportEnabled(boolean flag) {
    automaticDialogSupport = flag;
  }

  @Override
  public void setLoopDetectionEnabled(boolean flag) {
    loopDetection = flag;
  }
}
