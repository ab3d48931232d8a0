package io.sipwright.javax.sip;

import io.sipwright.ext.ExtendedServerTransaction;
import io.sipwright.ext.SipFlow;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.To;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.stack.FlowPromises;
import io.sipwright.stack.SipCore;
import io.sipwright.syntax.RandomIds;
import io.sipwright.tls.TlsSession;
import io.sipwright.transaction.ServerDriver;
import io.sipwright.transaction.ServerUser;
import io.sipwright.transaction.Timings;
import io.sipwright.transaction.TransactionKey;
import io.sipwright.transaction.TransactionStage;
import io.sipwright.transaction.TransactionTable;
import io.sipwright.transaction.TransactionTable.Admission;
import io.sipwright.transaction.Wire;
import io.sipwright.transport.Flow;
import java.io.IOException;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.Timeout;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionState;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.TransactionUnavailableException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * A server transaction as programs see it (RFC 3261 §17.2). The one of an ACK to a 2xx has no
 * machine behind it: it's there because JAIN SIP hands the ACK over in a transaction.
 */
public class ServerTransactionImpl extends TransactionImpl
    implements ExtendedServerTransaction, ServerUser {
  private static final long serialVersionUID = 1L;

  /** When an INVITE that's not answered yet gets a 100 (RFC 3261 §17.2.1). */
  private static final long TRYING_MILLIS = 200;

  private final transient SipCore core;
  private final transient @Nullable ServerDriver driver;
  private transient volatile @Nullable String ownToTag;
  private transient volatile @Nullable RetransmitAlerts alerts;
  private transient volatile boolean repeatedByStack;
  private transient volatile boolean quiet;

  /** Null once the program has sent something, or need not. */
  private transient volatile @Nullable SilenceLimit silence;

  /** Whether, and under what, it's among the {@link OngoingRequests}; set once, at its opening. */
  private transient boolean ongoing;

  private transient long ongoingEntry;

  /** Of a CANCEL: what it cancels. */
  private transient volatile @Nullable ServerTransactionImpl cancelled;

  /** The thread that sends a response through it, while it does. */
  private transient volatile @Nullable Thread sender;

  private transient volatile @Nullable IOException failedAtOnce;

  private ServerTransactionImpl(
      SipProviderImpl provider,
      SipMessage request,
      SipCore core,
      @Nullable TransactionKey key,
      @Nullable Wire wire) {
    super(provider, request);
    this.core = core;
    driver =
        key == null || wire == null ? null : ServerDriver.of(key, wire, this, core.transactions());
  }

  /**
   * The transaction for a request, entered into the table.
   *
   * @throws TransactionAlreadyExistsException if there's one
   * @throws TransactionUnavailableException if there are too many, the request is an ACK, or has no
   *     way back
   */
  static ServerTransactionImpl open(
      SipProviderImpl provider, SipMessage request, SipCore core, TransactionKey key)
      throws TransactionAlreadyExistsException, TransactionUnavailableException {
    Wire wire = provider.wireBack(core, request);
    if (wire == null) {
      throw new TransactionUnavailableException("The request has no Via that says where to answer");
    }
    ServerTransactionImpl transaction =
        new ServerTransactionImpl(provider, request, core, key, wire);
    TransactionTable table = core.transactions().table();
    Admission admission =
        Overload.beginsSomething(request)
            ? table.add(transaction.liveDriver())
            : table.addOngoing(transaction.liveDriver());
    switch (admission) {
      case EXISTS ->
          throw new TransactionAlreadyExistsException(
              "A server transaction exists for this request: " + key);
      case FULL ->
          throw new TransactionUnavailableException(
              "The stack has as many server transactions as it may have (MAX_SERVER_TRANSACTIONS)");
      case ADDED -> {
        transaction.limitLife(core.clock());
        if (request.attachment() instanceof Flow arrival) {
          core.connectionUse().begin(transaction, arrival);
        }
        int seconds = provider.stack().config().habits().listenerResponseSeconds();
        if (seconds > 0) {
          transaction.silence = SilenceLimit.start(transaction, seconds);
        }
        transaction.enterOngoing();
        if (request.method().equals(Request.INVITE)) {
          // As the request is now: when it's due, on the clock's thread, the program may be
          // changing it.
          transaction
              .liveDriver()
              .sendTryingAfter(TRYING_MILLIS, request.laterResponse(Response.TRYING));
        }
      }
    }
    return transaction;
  }

  private void enterOngoing() {
    SipMessage request = message();
    if (provider().detectsMergedRequests()
        && (request.toTag() == null || request.method().equals(Request.INVITE))) {
      ongoingEntry = provider().stack().ongoing().enter(request, this);
      ongoing = true;
    }
  }

  /** The transaction object that goes with an ACK to a 2xx. */
  static ServerTransactionImpl ofAck(SipProviderImpl provider, SipMessage ack, SipCore core) {
    return new ServerTransactionImpl(provider, ack, core, null, null);
  }

  private ServerDriver liveDriver() {
    return Objects.requireNonNull(driver);
  }

  SipCore core() {
    return core;
  }

  /** Where it sends to; null for an ACK's. */
  @Nullable Wire wire() {
    return driver == null ? null : driver.wire();
  }

  @Override
  public @Nullable SipFlow getFlow() {
    return ProgramFlow.of(provider().stack(), message().attachment());
  }

  @Override
  public @Nullable TlsSession getTlsSession() {
    return message().attachment() instanceof Flow arrival ? arrival.tls() : null;
  }

  boolean hasFinalResponse() {
    TransactionStage stage = stage();
    return stage != TransactionStage.TRYING && stage != TransactionStage.PROCEEDING;
  }

  private TransactionStage stage() {
    TransactionStage stage = driver == null ? null : driver.stage();
    return stage == null ? TransactionStage.TERMINATED : stage;
  }

  /**
   * {@inheritDoc} TERMINATED after a 2xx to INVITE, and after any final response over a reliable
   * transport.
   */
  @Override
  public TransactionState getState() {
    TransactionStage stage = stage();
    if (stage == TransactionStage.COMPLETED
        && driver != null
        && driver.wire().reliable()
        && !driver.method().equals(Request.INVITE)) {
      return TransactionState.TERMINATED; // Timer J is zero
    }
    return jain(stage);
  }

  @Override
  Timings timings() {
    return driver == null ? Timings.DEFAULT : driver.timings();
  }

  @Override
  void setTimings(Timings timings) {
    if (driver != null) {
      driver.setTimings(timings);
    }
  }

  /**
   * Sends a response. It has taken effect, on the dialog too, when this returns. A response over
   * 100 without To tag gets one unless automatic dialog support is off.
   *
   * @throws SipException if no such response may follow what was sent, or it's not one to this
   *     request
   * @throws InvalidArgumentException if it's a reliable provisional response, which {@link
   *     javax.sip.Dialog#sendReliableProvisionalResponse} sends
   */
  @Override
  public void sendResponse(Response response) throws SipException, InvalidArgumentException {
    Objects.requireNonNull(response, "response");
    SipMessage ours = ForeignMessages.response(response, provider().model());
    checkFits(ours);
    if (ours.status() < 200 && ours.status() > 100 && ReliableResponses.isReliable(ours)) {
      throw new InvalidArgumentException(
          "A reliable provisional response is sent by Dialog.sendReliableProvisionalResponse");
    }
    DialogImpl ownDialog = dialog();
    if (ownDialog != null) {
      ownDialog.uas().respond(this, ours);
    } else {
      if (ours.status() > 100 && ours.toTag() == null && provider().isAutomaticDialogSupport()) {
        addToTag(ours, toTag());
      }
      respond(ours);
      if (ours.status() / 100 == 2 && message().method().equals(Request.INVITE)) {
        sendAgain(ours);
      }
    }
    forgetAnswered();
  }

  private void stopWaiting() {
    SilenceLimit limit = silence;
    if (limit != null) {
      silence = null;
      limit.stop();
    }
  }

  /** Once its final response was sent, of the request the bytes will do. */
  private void forgetAnswered() {
    if (hasFinalResponse()) {
      packRequest();
    }
  }

  /** A 2xx without dialog is sent again by the stack, by the program, or not at all. */
  private void sendAgain(SipMessage response) {
    RetransmissionFilter filter = provider().stack().retransmissionFilter();
    if (filter.isActive() && !repeatedByStack) {
      repeatedByStack = true;
      byte[] bytes = response.encoded();
      Wire wire = liveDriver().wire();
      alerts =
          new RetransmitAlerts(
              core.clock(), timings(), () -> wire.send(bytes, this::onTransportError));
    }
    RetransmitAlerts again = alerts;
    if (again != null) {
      filter.sent2xx(this, response, again);
    }
  }

  private void checkFits(SipMessage response) throws SipException {
    if (driver == null) {
      throw new SipException("An ACK is not answered");
    }
    String method = message().method();
    if (!method.equals(response.cseqMethod()) || message().cseq() != response.cseq()) {
      throw new SipException(
          "The response's CSeq must be that of the request, "
              + message().cseq()
              + " "
              + method
              + ", and is "
              + response.cseq()
              + " "
              + response.cseqMethod());
    }
    if (!Objects.equals(message().callId(), response.callId())) {
      throw new SipException("The response's Call-ID must be that of the request");
    }
    if (response.viaBranch() == null && message().viaBranch() != null) {
      throw new SipException("The response must have the Via of the request");
    }
  }

  /** Sends a final response that the stack gives by itself. */
  void refuse(SipMessage response) throws SipException {
    respond(response);
    forgetAnswered();
  }

  /** It's a CANCEL's, for an INVITE. */
  void cancels(ServerTransactionImpl invite) {
    cancelled = invite;
  }

  @Override
  public @Nullable ServerTransactionImpl getCanceledInviteTransaction() {
    return cancelled;
  }

  /** The listener doesn't know of it, and is not told of its end. */
  void quiet() {
    quiet = true;
  }

  /** Sends through the machine; gives back what is sent, which nobody may change. */
  byte[] respond(SipMessage response) throws SipException {
    if (core.isClosed()) {
      throw new SipException("The stack was stopped");
    }
    stopWaiting();
    WildcardHosts.replace(response, provider().stack(), message());
    FlowPromises.note(response, message().attachment());
    ServerDriver live = liveDriver();
    byte[] bytes = response.encoded();
    synchronized (live) { // so that a failure at once is that of this response
      failedAtOnce = null;
      sender = Thread.currentThread();
      try {
        live.respond(response, bytes);
      } catch (IllegalStateException e) {
        throw new SipException(e.getMessage(), e);
      } finally {
        sender = null;
      }
      IOException cause = failedAtOnce;
      if (cause != null) {
        throw new SipException("The response could not be sent: " + cause.getMessage(), cause);
      }
    }
    return bytes;
  }

  /** The To tag of this transaction's responses: the request's, or one that's made for it once. */
  synchronized String toTag() {
    String tag = message().toTag();
    if (tag == null) {
      tag = ownToTag;
    }
    if (tag == null) {
      tag = RandomIds.next("");
      ownToTag = tag;
    }
    return tag;
  }

  static void addToTag(SipMessage response, String tag) throws SipException {
    To to = (To) response.header(HeaderType.TO);
    if (to == null) {
      throw new SipException("The response has no To header that can be read");
    }
    try {
      to.setTag(tag);
    } catch (ParseException e) {
      throw new SipException("The To tag can't be set to " + tag, e);
    }
  }

  @Override
  public void enableRetransmissionAlerts() throws SipException {
    if (dialog() != null) {
      throw new SipException(
          "The transaction has a dialog, which retransmits 2xx responses by itself");
    }
    if (alerts == null) {
      alerts =
          new RetransmitAlerts(core.clock(), timings(), () -> deliverTimeout(Timeout.RETRANSMIT));
    }
  }

  @Override
  void end() {
    if (driver != null) {
      driver.terminate();
    }
  }

  @Override
  public void onTimeout() {
    tellTimeout();
  }

  @Override
  void tellTimeout() {
    core.delivery()
        .submit(
            callId(),
            () -> {
              DialogImpl ownDialog = dialog();
              if (!quiet) {
                provider().fireTimeout(new TimeoutEvent(provider(), this, Timeout.TRANSACTION));
              }
              if (ownDialog != null) {
                ownDialog.uas().onTimeout(this);
              }
            });
  }

  void deliverTimeout(Timeout timeout) {
    core.delivery()
        .submit(
            callId(), () -> provider().fireTimeout(new TimeoutEvent(provider(), this, timeout)));
  }

  @Override
  public void onTransportError(IOException cause) {
    if (Thread.currentThread() == sender) {
      failedAtOnce = cause; // which is thrown
      return;
    }
    core.delivery()
        .submit(
            callId(),
            () ->
                provider()
                    .fireIoException(
                        message().viaHost(), message().viaPort(), message().viaTransport(), cause));
  }

  @Override
  public void onAck(SipMessage ack) {
    if (provider().stack().config().passInviteNon2xxAckToListener()) {
      core.delivery()
          .submit(provider().callIdOf(ack), () -> provider().fireRequest(this, dialog(), ack));
    }
  }

  @Override
  public void onAckTo2xx(SipMessage ack) {
    core.delivery()
        .submit(
            provider().callIdOf(ack),
            () -> provider().stack().requests().ack(provider(), core, ack));
  }

  @Override
  public void onTerminated() {
    RetransmitAlerts running = alerts;
    if (running != null) {
      if (running.stopOnce() && repeatedByStack) {
        deliverTimeout(Timeout.TRANSACTION); // no ACK came
      }
      provider().stack().retransmissionFilter().forget(this);
    }
    stopLifeLimit(core.clock());
    core.connectionUse().end(this);
    stopWaiting();
    if (ongoing) {
      provider().stack().ongoing().leave(ongoingEntry, this);
    }
    core.delivery()
        .submit(
            callId(),
            () -> {
              DialogImpl ownDialog = dialog();
              if (ownDialog != null) {
                ownDialog.uas().onTerminated(this);
              }
              if (!quiet) {
                provider().fireTerminated(new TransactionTerminatedEvent(provider(), this));
              }
            });
  }
}
