package io.sipwright.javax.sip;

import io.sipwright.ext.ExtendedClientTransaction;
import io.sipwright.ext.SipFlow;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.locator.HopAddress;
import io.sipwright.stack.RequestWire;
import io.sipwright.stack.SipCore;
import io.sipwright.tls.TlsSession;
import io.sipwright.transaction.ClientDriver;
import io.sipwright.transaction.ClientUser;
import io.sipwright.transaction.InviteClientDriver;
import io.sipwright.transaction.Timings;
import io.sipwright.transaction.TransactionKey;
import io.sipwright.transaction.TransactionStage;
import io.sipwright.transaction.TransactionTable.Admission;
import io.sipwright.transaction.Wire;
import java.io.IOException;
import java.util.function.Consumer;
import javax.sip.SipException;
import javax.sip.Timeout;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionState;
import javax.sip.address.Hop;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/** A client transaction as programs see it (RFC 3261 §17.1). */
public class ClientTransactionImpl extends TransactionImpl
    implements ExtendedClientTransaction, ClientUser, Failover.Part {
  private static final long serialVersionUID = 1L;

  private final transient SipCore core;
  private final transient boolean initial;
  private final transient boolean isInvite;

  // Guarded by this.
  private final transient ClientTimes times;
  private transient @Nullable ClientDriver driver;
  private transient boolean waiting;
  private transient boolean ended;
  private transient @Nullable ClientTransactionImpl cancel;
  private transient @Nullable ClientAlarms alarms;

  /** As it was sent, where that's not the request as it is. */
  private transient volatile @Nullable SipMessage rewritten;

  /** The thread that starts it, while it does. */
  private transient volatile @Nullable Thread starter;

  private transient volatile @Nullable IOException failedAtOnce;

  // Touched only in the order of the delivery.
  private transient @Nullable SipMessage accepted;

  /** A transaction that's not sent yet. */
  ClientTransactionImpl(SipProviderImpl provider, SipMessage request, SipCore core) {
    super(provider, request);
    this.core = core;
    times =
        new ClientTimes(
            core.transactions().timings(), 1000L * provider.stack().config().maxForkTimeSeconds());
    initial = request.toTag() == null;
    isInvite = request.method().equals(Request.INVITE);
  }

  SipCore core() {
    return core;
  }

  @Override
  public ClientTransactionImpl whole() {
    return this;
  }

  /** The branch that was sent last: each server it's sent to gets one of its own. */
  @Override
  public String getBranchId() {
    String branch = asSent().viaBranch();
    return branch == null ? "" : branch;
  }

  /** Whether the request was outside any dialog when the transaction was made. */
  boolean isInitial() {
    return initial;
  }

  private synchronized @Nullable ClientDriver driver() {
    return driver;
  }

  /** Where the request went; null before it's sent. */
  @Nullable Wire wire() {
    ClientDriver sent = driver();
    return sent == null ? null : sent.wire();
  }

  @Override
  public @Nullable SipFlow getFlow() {
    return wire() instanceof RequestWire way
        ? ProgramFlow.of(provider().stack(), way.flow())
        : null;
  }

  @Override
  public @Nullable TlsSession getTlsSession() {
    return wire() instanceof RequestWire way ? way.tls() : null;
  }

  /** The first 2xx that the listener got, or null. */
  @Nullable SipMessage accepted() {
    return accepted;
  }

  void accepted(SipMessage response) {
    accepted = response;
  }

  /** {@inheritDoc} Null before the request is sent. TERMINATED once an INVITE got its 2xx. */
  @Override
  public synchronized @Nullable TransactionState getState() {
    if (ended) {
      return TransactionState.TERMINATED;
    }
    if (waiting) {
      return isInvite ? TransactionState.CALLING : TransactionState.TRYING;
    }
    TransactionStage stage = driver == null ? null : driver.stage();
    return stage == null ? null : jain(stage);
  }

  // The driver's lock is never taken under the one of this object: the driver ends the other way
  // round.

  @Override
  Timings timings() {
    ClientDriver sent;
    synchronized (this) {
      sent = driver;
      if (sent == null) {
        return times.timings();
      }
    }
    return sent.timings();
  }

  @Override
  void setTimings(Timings timings) {
    times(changed -> changed.timings(timings));
  }

  @Override
  void timerD(int millis) {
    times(changed -> changed.timerD(millis));
  }

  @Override
  public void setTimeout(int millis) {
    int positive = positive("The time-out", millis);
    times(changed -> changed.timeout(positive));
  }

  private void times(Consumer<ClientTimes> change) {
    ClientDriver sent;
    synchronized (this) {
      change.accept(times);
      sent = driver;
    }
    times.applyTo(sent);
  }

  /**
   * Sends the request to its next hop. Host names are looked up meanwhile; that none was found
   * comes as an event. A CANCEL goes the way of its INVITE, and waits for the INVITE's first
   * provisional response (RFC 3261 §9.1).
   *
   * @throws SipException if it was sent before, there's no next hop, or no listening point for its
   *     transport
   */
  @Override
  public void sendRequest() throws SipException {
    SipMessage request = message();
    checkUnsent();
    if (ClientCancels.leads(core, provider(), request)) {
      ClientCancels.send(this);
      return;
    }
    DialogImpl ownDialog = dialog();
    if (ownDialog != null) {
      ownDialog.uac().beforeSending(this);
    }
    boolean routes = ownDialog == null || initial;
    Failover.dispatch(this, provider().outbound().nextHops().of(request), routes, true);
  }

  /** What's sent is settled; where to isn't. */
  void waitFor(SipMessage sent) {
    synchronized (this) {
      waiting = true;
    }
    moved(sent);
  }

  /** From now on this is what was sent last. A CANCEL may be made for either. */
  void moved(SipMessage sent) {
    rewritten = sent;
    if (isInvite) {
      provider().stack().movedInvites().put(TransactionKey.ofClient(sent), this);
      if (isEnded()) {
        provider().stack().movedInvites().forget(this);
      }
    }
  }

  /** A try has failed: whether the next one may begin. It's then for the caller to begin it. */
  synchronized boolean maySendElsewhere() {
    if (ended || cancel != null) {
      return false;
    }
    waiting = true;
    return true;
  }

  synchronized boolean isEnded() {
    return ended;
  }

  /** There's nobody to send to. */
  void giveUp(Runnable report) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      waiting = false;
    }
    ClientReports.failure(this, report);
    onTerminated();
  }

  void checkUnsent() throws SipException {
    if (getState() != null) {
      throw new SipException("The request was sent already: state is " + getState());
    }
    if (core.isClosed()) {
      throw new SipException("The stack was stopped");
    }
  }

  /** What is sent, where that's not the program's own request. */
  void rewrite(SipMessage sent) {
    rewritten = sent == message() ? null : sent;
  }

  /** It's to be sent later: to the program it's on its way already. */
  synchronized void park() {
    waiting = true;
  }

  /** One that was to be sent later couldn't be. */
  void failed(SipException cause) {
    enqueue(() -> provider().fireIoException(cause.getMessage(), -1, null, new IOException(cause)));
    terminate();
  }

  /** The request as it was sent last, or will be. */
  SipMessage asSent() {
    SipMessage sent = rewritten;
    return sent == null ? message() : sent;
  }

  /** Sends over a wire that is known: the first time, or the next time to another server. */
  void start(SipMessage request, Wire wire, ClientUser user) throws SipException {
    ClientDriver made =
        ClientDriver.of(request, request.encoded(), wire, user, core.transactions());
    boolean first;
    synchronized (this) {
      first = driver == null;
      if (ended || !(first || waiting)) {
        throw new SipException("The request was sent already");
      }
      times.applyTo(made);
      Admission admission = core.transactions().table().add(made);
      if (admission != Admission.ADDED) {
        throw new SipException(
            admission == Admission.FULL
                ? "The stack has as many client transactions as it may have"
                    + " (MAX_CLIENT_TRANSACTIONS)"
                : "Another transaction uses the branch " + getBranchId());
      }
      driver = made;
      waiting = false;
      if (first) {
        limitLife(core.clock());
        int expires = isInvite ? request.expires() : -1;
        if (expires > 0 || alarms != null) {
          alarms().start(expires);
        }
      }
    }
    if (first) {
      provider().stack().subscriptions().sent(core, message(), dialog());
    }
    starter = Thread.currentThread();
    try {
      made.start();
    } finally {
      starter = null;
    }
    noteUse(wire);
    IOException cause = failedAtOnce;
    if (cause != null) {
      throw new SipException("The request could not be sent: " + cause.getMessage(), cause);
    }
  }

  /** Of the connection that it goes over, until its end. */
  private void noteUse(Wire wire) {
    if (core.connectionUse().isLimited() && wire instanceof RequestWire way) {
      core.connectionUse().begin(this, way.flow());
      if (isEnded()) {
        core.connectionUse().end(this); // meanwhile
      }
    }
  }

  @Override
  public @Nullable DialogImpl getDefaultDialog() {
    return dialog();
  }

  @Override
  public @Nullable Hop getNextHop() {
    if (wire() instanceof RequestWire sent) {
      return new HopAddress(sent.target());
    }
    try {
      return provider().outbound().nextHops().of(message()).firstHop();
    } catch (SipException e) {
      return null;
    }
  }

  @Override
  public void alertIfStillInCallingStateBy(int count) throws SipException {
    if (count < 1) {
      throw new IllegalArgumentException(
          "The count of retransmissions must be 1 or more: " + count);
    }
    synchronized (this) {
      if (ended) {
        throw new SipException("The transaction is over");
      }
      alarms().alertAt(count);
      if (driver != null) {
        alarms().start(-1);
      }
    }
  }

  private ClientAlarms alarms() {
    ClientAlarms known = alarms;
    if (known == null) {
      known = new ClientAlarms(this);
      alarms = known;
    }
    return known;
  }

  private synchronized void stopAlarms() {
    stopLifeLimit(core.clock());
    if (alarms != null) {
      alarms.stop();
      alarms = null;
    }
  }

  /**
   * Where a CANCEL for this INVITE goes now; null if it waits here for the first response.
   *
   * @throws SipException if another one waits, or the INVITE wasn't sent
   */
  synchronized @Nullable Wire wayOfCancel(ClientTransactionImpl due) throws SipException {
    if (waiting || (driver != null && driver.stage() == TransactionStage.CALLING)) {
      if (cancel != null) {
        throw new SipException("The INVITE has a CANCEL that waits for its first response");
      }
      cancel = due;
      due.park();
      return null;
    }
    if (driver == null) {
      throw new SipException("The INVITE that this CANCEL is for wasn't sent");
    }
    return driver.wire();
  }

  /** Its CANCEL was sent: from now on there's an end to waiting for the answer. */
  void cancelled() {
    if (driver() instanceof InviteClientDriver sent) {
      sent.cancelled();
    }
  }

  /** The INVITE got an answer: its CANCEL goes out if one waits, or ends if it's over anyway. */
  void releaseCancel(boolean send) {
    ClientTransactionImpl due;
    synchronized (this) {
      due = cancel;
      cancel = null;
    }
    ClientCancels.release(this, due, send);
  }

  /**
   * The CANCEL for this INVITE, sent or not; to be sent through a client transaction of its own.
   *
   * @throws SipException if the request is no INVITE
   */
  @Override
  public Request createCancel() throws SipException {
    if (!isInvite) {
      throw new SipException("Only an INVITE can be cancelled, not " + message().method());
    }
    return ClientCancels.cancelOf(asSent());
  }

  @Override
  @Deprecated
  public Request createAck() throws SipException {
    SipMessage response = accepted;
    if (!isInvite || response == null) {
      throw new SipException("There's an ACK only for an INVITE that got a 2xx");
    }
    return (Request) provider().outbound().ackOutsideDialog(message(), response);
  }

  @Override
  void end() {
    ClientDriver sent;
    synchronized (this) {
      sent = waiting ? null : driver; // between two servers the former driver is nobody's any more
      if (sent == null) {
        if (ended) {
          return;
        }
        ended = true;
        waiting = false;
      }
    }
    if (sent != null) {
      sent.terminate();
    } else {
      onTerminated();
    }
  }

  /** Takes its turn among the events of the call. */
  void enqueue(Runnable task) {
    core.delivery().submit(callId(), task);
  }

  @Override
  public void onResponse(SipMessage response) {
    ClientReports.response(this, response);
  }

  @Override
  public void onTimeout() {
    tellTimeout();
  }

  @Override
  void tellTimeout() {
    ClientReports.failure(
        this,
        () -> provider().fireTimeout(new TimeoutEvent(provider(), this, Timeout.TRANSACTION)));
  }

  @Override
  public void onTransportError(IOException cause) {
    if (Thread.currentThread() == starter) {
      failedAtOnce = cause; // which is thrown
      return;
    }
    ClientReports.failure(this, () -> provider().outbound().reportFailure(wire(), cause));
  }

  @Override
  public void onTerminated() {
    synchronized (this) {
      ended = true;
    }
    core.connectionUse().end(this);
    provider().stack().movedInvites().forget(this);
    stopAlarms();
    ClientReports.end(this);
  }
}
