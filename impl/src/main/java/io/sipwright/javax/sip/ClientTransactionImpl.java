package io.sipwright.javax.sip;

import io.sipwright.ext.ExtendedClientTransaction;
import io.sipwright.ext.SipFlow;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.locator.Destination;
import io.sipwright.locator.HopAddress;
import io.sipwright.locator.Target;
import io.sipwright.stack.RequestWire;
import io.sipwright.stack.SipCore;
import io.sipwright.tls.TlsSession;
import io.sipwright.transaction.Cancels;
import io.sipwright.transaction.ClientDriver;
import io.sipwright.transaction.ClientUser;
import io.sipwright.transaction.InviteClientDriver;
import io.sipwright.transaction.Timings;
import io.sipwright.transaction.TransactionKey;
import io.sipwright.transaction.TransactionStage;
import io.sipwright.transaction.TransactionTable.Admission;
import io.sipwright.transaction.Wire;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import javax.sip.SipException;
import javax.sip.Timeout;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionState;
import javax.sip.TransactionTerminatedEvent;
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
    if (request.method().equals(Request.CANCEL)
        && (provider().stack().config().cancelClientTransactionChecked()
            || provider().invite(core, request) != null)) {
      sendCancel(request);
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
    tellFailure(report);
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

  private SipMessage asSent() {
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
      return hop(sent.target());
    }
    try {
      List<Destination> all = provider().outbound().nextHops().of(message()).destinations();
      return all.isEmpty() ? null : hop(all.get(0).target());
    } catch (SipException e) {
      return null;
    }
  }

  private static Hop hop(Target target) {
    return new HopAddress(target);
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

  private void sendCancel(SipMessage cancel) throws SipException {
    ClientTransactionImpl invite = provider().invite(core, cancel);
    if (invite == null) {
      throw new SipException("There's no INVITE on its way that this CANCEL is for");
    }
    ClientDriver target;
    synchronized (invite) {
      target = invite.driver;
      if (invite.waiting || (target != null && target.stage() == TransactionStage.CALLING)) {
        if (invite.cancel != null) {
          throw new SipException("The INVITE has a CANCEL that waits for its first response");
        }
        invite.cancel = this;
        synchronized (this) {
          waiting = true;
        }
        return;
      }
    }
    if (target == null) {
      throw new SipException("The INVITE that this CANCEL is for wasn't sent");
    }
    rewrite(Failover.following(message(), invite.asSent()));
    start(asSent(), target.wire(), this);
    invite.cancelled();
  }

  /** Its CANCEL was sent: from now on there's an end to waiting for the answer. */
  private void cancelled() {
    if (driver() instanceof InviteClientDriver sent) {
      sent.cancelled();
    }
  }

  /** The INVITE got an answer: the CANCEL that waited goes out, unless it's over anyway. */
  private void releaseCancel(boolean send) {
    ClientTransactionImpl due;
    synchronized (this) {
      due = cancel;
      cancel = null;
    }
    if (due == null) {
      return;
    }
    Wire wire = wire();
    try {
      if (send && wire != null) {
        due.rewrite(Failover.following(due.message(), asSent()));
        due.start(due.asSent(), wire, due);
        cancelled();
      } else {
        due.terminate();
      }
    } catch (SipException e) {
      due.terminate();
    }
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
    try {
      return (Request) Cancels.of(asSent());
    } catch (IllegalArgumentException e) {
      throw new SipException(e.getMessage(), e);
    }
  }

  /** {@inheritDoc} */
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

  private void enqueue(Runnable task) {
    core.delivery().submit(callId(), task);
  }

  @Override
  public void onResponse(SipMessage response) {
    Runnable turn =
        () -> {
          releaseCancel(response.status() < 200);
          if (response.status() >= 300) {
            provider().stack().subscriptions().failed(core, message());
          }
          provider().stack().responses().deliver(this, response);
        };
    if (response.status() < 200) { // of which a peer may send any number
      core.delivery().offer(callId(), response.heldBytes(), turn);
    } else {
      enqueue(turn);
    }
  }

  @Override
  public void onTimeout() {
    tellTimeout();
  }

  @Override
  void tellTimeout() {
    enqueue(
        () -> {
          releaseCancel(false);
          DialogImpl ownDialog = dialog();
          if (ownDialog != null) {
            ownDialog.uac().onNoAnswer(this);
          }
          provider().stack().subscriptions().failed(core, message());
          provider().fireTimeout(new TimeoutEvent(provider(), this, Timeout.TRANSACTION));
        });
  }

  @Override
  public void onTransportError(IOException cause) {
    if (Thread.currentThread() == starter) {
      failedAtOnce = cause; // which is thrown
      return;
    }
    tellFailure(() -> provider().outbound().reportFailure(wire(), cause));
  }

  private void tellFailure(Runnable report) {
    enqueue(
        () -> {
          releaseCancel(false);
          DialogImpl ownDialog = dialog();
          if (ownDialog != null) {
            ownDialog.uac().onNoAnswer(this);
          }
          provider().stack().subscriptions().failed(core, message());
          report.run();
        });
  }

  @Override
  public void onTerminated() {
    synchronized (this) {
      ended = true;
    }
    core.connectionUse().end(this);
    provider().stack().movedInvites().forget(this);
    stopAlarms();
    enqueue(
        () -> {
          releaseCancel(false);
          provider().stack().retransmissionFilter().forget(this);
          DialogImpl ownDialog = dialog();
          if (ownDialog != null) {
            ownDialog.uac().onTerminated(this);
          }
          provider().fireTerminated(new TransactionTerminatedEvent(provider(), this));
        });
  }
}
