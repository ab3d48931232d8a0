package io.sipwright.javax.sip;

import io.sipwright.javax.sip.Overload.Reason;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.RetryAfter;
import io.sipwright.javax.sip.header.Route;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.stack.SipCore;
import io.sipwright.syntax.RandomIds;
import io.sipwright.transaction.ServerDriver;
import io.sipwright.transaction.TransactionKey;
import io.sipwright.transport.Flow;
import io.sipwright.transport.SilentPeerException;
import java.util.List;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.TransactionUnavailableException;
import javax.sip.address.SipURI;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a request that no transaction took: the stack answers it, or the listener gets it
 * with what belongs to it. All but {@link #accept} runs in the order of its Call-ID.
 */
final class RequestIntake {
  private static final Logger LOG = LoggerFactory.getLogger(RequestIntake.class);
  private static final int RETRY_AFTER_MAX = 10;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Nobody waits longer for an answer (64*T1), in a dialog or not. */
  private static final long MOST_PATIENT_NANOS = 32_000 * NANOS_PER_MILLI;

  private final SipStackImpl stack;
  private final Overload overload;

  /** How long a request may wait for the listener; 0 for any time. */
  private final long longestWaitNanos;

  /** The intake of a stack that has its configuration. */
  RequestIntake(SipStackImpl stack) {
    this.stack = stack;
    overload = new Overload(stack.model(), stack.config().stackName());
    longestWaitNanos = stack.config().congestionControlTimeoutMillis() * NANOS_PER_MILLI;
  }

  Overload overload() {
    return overload;
  }

  /** A peer has sent neither messages nor keep-alives on its connection for too long. */
  void tellSilent(Flow flow, SilentPeerException cause) {
    SipCore core = stack.core();
    SipProviderImpl provider = stack.provider(flow.endpoint());
    if (core != null && provider != null) {
      String host = flow.remote().getAddress().getHostAddress();
      int port = flow.remote().getPort();
      core.delivery()
          .submit(
              "", () -> provider.fireIoException(host, port, flow.endpoint().transport(), cause));
    }
  }

  /**
   * A request that begins something is refused, as too much waits for the listener.
   *
   * @return the To tag of the response; null if nobody is there
   */
  @Nullable String refusalTag(Flow flow) {
    SipCore core = stack.core();
    if (core == null || stack.provider(flow.endpoint()) == null) {
      return null;
    }
    overload.counted(Reason.OVERLOAD, core.clock());
    return overload.toTag();
  }

  /** A request came in: its turn comes behind what's waiting of the same call. */
  void accept(Flow flow, SipMessage request, TransactionKey key) {
    SipCore core = stack.core();
    SipProviderImpl provider = stack.provider(flow.endpoint());
    if (core == null || provider == null) {
      return; // nobody there
    }
    if (request.method().equals(Request.ACK)) {
      if (!overload.isAckToRefusal(request)) {
        String call = provider.callIdOf(request);
        core.delivery()
            .offer(call, request.heldBytes(), () -> process(provider, core, request, key));
      }
      return;
    }
    Turn turn = new Turn(provider, core, request, key);
    if (!overload.enter(turn)) {
      LOG.trace("{} is repeated while it waits for the listener", key);
    } else if (turn.begins && core.delivery().isBehind()) {
      overload.leave(turn);
      overload.counted(Reason.OVERLOAD, core.clock());
      overload.refuse(provider, core, request, key);
    } else if (!core.delivery().offer(provider.callIdOf(request), request.heldBytes(), turn)) {
      overload.leave(turn);
      overload.counted(Reason.QUEUE_FULL, core.clock());
      shed(provider, core, request, key);
    }
  }

  /** A request that waits for its turn, and has it. */
  private final class Turn extends Overload.Waiting {
    private final SipProviderImpl provider;
    private final SipCore core;
    private final SipMessage request;
    private final boolean begins;

    Turn(SipProviderImpl provider, SipCore core, SipMessage request, TransactionKey key) {
      super(key, core.clock().nanos());
      this.provider = provider;
      this.core = core;
      this.request = request;
      begins = Overload.beginsSomething(request);
    }

    @Override
    public void run() {
      try {
        long longest = begins ? longestWaitNanos : Math.max(longestWaitNanos, MOST_PATIENT_NANOS);
        if (longestWaitNanos > 0 && core.clock().nanos() - arrival > longest) {
          overload.counted(Reason.TOO_LATE, core.clock());
          shed(provider, core, request, key);
        } else {
          process(provider, core, request, key);
        }
      } finally {
        overload.leave(this);
      }
    }
  }

  /**
   * A request waited too long for the listener, or too much waits before it: over UDP it's
   * forgotten, as its sender repeats it, over a stream it's refused.
   */
  private void shed(
      SipProviderImpl provider, SipCore core, SipMessage request, TransactionKey key) {
    LOG.debug("{} can't wait any longer for the listener", key);
    boolean repeated =
        !(request.attachment() instanceof Flow arrival) || !arrival.endpoint().reliable();
    if (!repeated && !core.absorbed(request, key)) {
      overload.refuse(provider, core, request, key);
    }
  }

  private void process(
      SipProviderImpl provider, SipCore core, SipMessage request, TransactionKey key) {
    if (core.absorbed(request, key)) {
      return; // its transaction was made while it waited
    }
    if (core.transactions().table().isFullOfServers() && Overload.beginsSomething(request)) {
      overload.counted(Reason.TRANSACTIONS_FULL, core.clock());
      overload.refuse(provider, core, request, key);
      return;
    }
    switch (request.method()) {
      case Request.ACK -> ack(provider, core, request);
      case Request.CANCEL -> cancel(provider, core, request, key);
      default -> {
        DialogImpl dialog = stack.dialogs().findForRequest(request);
        if (dialog == null) {
          dialog = stack.subscriptions().dialogBy(request);
        }
        if (dialog != null) {
          inDialog(provider, core, request, key, dialog);
        } else if (answersByItself(provider) && needsDialog(request)) {
          answer(provider, core, request, key, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
        } else if (provider.detectsMergedRequests()
            && request.toTag() == null
            && stack.ongoing().isMerged(request, provider)) {
          answer(provider, core, request, key, Response.LOOP_DETECTED); // RFC 3261 §8.2.2.2
        } else if (provider.isAutomaticDialogSupport() && mayMakeDialog(request)) {
          if (stack.dialogLimits().isFull()) {
            overload.counted(Reason.DIALOGS_FULL, core.clock());
            answer(provider, core, request, key, Response.SERVICE_UNAVAILABLE);
          } else if (stack.dialogLimits().hasTooManyRoutes(request)) {
            overload.counted(Reason.TOO_MANY_ROUTES, core.clock());
            answer(provider, core, request, key, Response.BAD_REQUEST);
          } else {
            provider.fireRequest(null, null, request);
          }
        } else {
          provider.fireRequest(null, null, request);
        }
      }
    }
  }

  private boolean mayMakeDialog(SipMessage request) {
    return request.toTag() == null && stack.makesDialogs(request.method());
  }

  private boolean answersByItself(SipProviderImpl provider) {
    return provider.isAutomaticDialogSupport() && stack.config().automaticDialogErrorHandling();
  }

  private boolean needsDialog(SipMessage request) {
    return switch (request.method()) {
      case Request.BYE, Request.PRACK, Request.UPDATE -> true;
      case Request.NOTIFY -> !stack.config().deliverUnsolicitedNotify();
      default -> false;
    };
  }

  /** An ACK to a 2xx, or a stray one. */
  void ack(SipProviderImpl provider, SipCore core, SipMessage ack) {
    DialogImpl dialog = stack.dialogs().findForRequest(ack);
    if (dialog == null) { // over already, maybe
      ServerTransactionImpl invite = stack.ongoing().invite(ack);
      dialog = invite == null ? null : invite.dialog();
    }
    if (dialog == null) {
      if (!stack.retransmissionFilter().isRepeatedAck(ack)) {
        provider.fireRequest(null, null, ack);
      }
    } else if (dialog.uas().onAck(ack)) {
      stripOwnRoute(ack);
      ServerTransactionImpl transaction = ServerTransactionImpl.ofAck(provider, ack, core);
      transaction.associate(dialog);
      provider.fireRequest(transaction, dialog, ack);
      if (stack.config().deliverTerminatedEventForAck()) {
        provider.fireTerminated(new TransactionTerminatedEvent(provider, transaction));
      }
    }
  }

  /** RFC 3261 §9.2. */
  private void cancel(
      SipProviderImpl provider, SipCore core, SipMessage cancel, TransactionKey key) {
    ServerDriver driver = core.transactions().table().server(TransactionKey.forCancelled(cancel));
    if (driver == null || !(driver.user() instanceof ServerTransactionImpl invite)) {
      if (answersByItself(provider)) {
        answer(provider, core, cancel, key, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
      } else {
        provider.fireRequest(null, null, cancel);
      }
      return;
    }
    if (invite.hasFinalResponse()) {
      answer(provider, core, cancel, key, Response.OK);
      return;
    }
    DialogImpl dialog = invite.dialog();
    if (dialog != null && dialog.uas().unqueue(invite)) { // the listener never heard of it
      answer(provider, core, cancel, key, Response.OK);
      invite.quiet();
      respond(invite, Response.REQUEST_TERMINATED, false);
      return;
    }
    ServerTransactionImpl transaction = open(provider, core, cancel, key);
    if (transaction != null) {
      transaction.cancels(invite);
      transaction.associate(invite.dialog());
      provider.fireRequest(transaction, invite.dialog(), cancel);
    }
  }

  private void inDialog(
      SipProviderImpl provider,
      SipCore core,
      SipMessage request,
      TransactionKey key,
      DialogImpl dialog) {
    if (answersByItself(provider)
        && request.method().equals(Request.REFER)
        && !request.hasHeader(HeaderType.REFER_TO)) {
      answer(provider, core, request, key, Response.BAD_REQUEST);
      return;
    }
    ServerTransactionImpl transaction = open(provider, core, request, key);
    if (transaction == null) {
      return;
    }
    transaction.associate(dialog);
    DialogUas.Refusal refusal =
        dialog.uas().onRequest(transaction, request, stack.config().automaticDialogErrorHandling());
    stripOwnRoute(request);
    switch (refusal) {
      case NONE -> provider.fireRequest(transaction, dialog, request);
      case WAITS -> {}
      default -> refuse(transaction, refusal);
    }
  }

  /** Answers a request in a dialog that the listener never hears of. */
  void refuse(ServerTransactionImpl transaction, DialogUas.Refusal refusal) {
    transaction.quiet();
    respond(transaction, refusal.status(), refusal == DialogUas.Refusal.RETRY_LATER);
  }

  /** A Route that names this stack has led the request here, and says nothing to the program. */
  private void stripOwnRoute(SipMessage request) {
    List<?> routes = request.peekAll(HeaderType.ROUTE);
    if (!routes.isEmpty()
        && routes.get(0) instanceof Route route
        && route.getAddress().getURI() instanceof SipURI uri
        && stack.isOwn(uri.getHost(), uri.getPort())) {
      request.removeFirst(Route.NAME);
    }
  }

  private @Nullable ServerTransactionImpl open(
      SipProviderImpl provider, SipCore core, SipMessage request, TransactionKey key) {
    try {
      return ServerTransactionImpl.open(provider, request, core, key);
    } catch (TransactionAlreadyExistsException e) {
      core.absorbed(request, key);
    } catch (TransactionUnavailableException e) {
      LOG.debug("No transaction for {}: {}", key, e.getMessage());
      overload.counted(Reason.TRANSACTIONS_FULL, core.clock());
      overload.refuse(provider, core, request, key);
    }
    return null;
  }

  /**
   * Answers through a transaction that the listener never hears of but for its end; without one if
   * there are as many as there may be.
   */
  private void answer(
      SipProviderImpl provider, SipCore core, SipMessage request, TransactionKey key, int status) {
    if (core.transactions().table().isFullOfServers()) {
      overload.answer(provider, core, request, status);
      return;
    }
    ServerTransactionImpl transaction = open(provider, core, request, key);
    if (transaction != null) {
      transaction.quiet();
      respond(transaction, status, false);
    }
  }

  private void respond(ServerTransactionImpl transaction, int status, boolean retryLater) {
    try {
      SipMessage response = transaction.message().createResponse(status);
      if (response.toTag() == null) {
        ServerTransactionImpl.addToTag(response, transaction.toTag());
      }
      if (retryLater) { // RFC 3261 §14.2
        RetryAfter retryAfter = (RetryAfter) stack.model().header(HeaderType.RETRY_AFTER);
        retryAfter.setRetryAfter(RandomIds.number(0, RETRY_AFTER_MAX + 1));
        response.setHeader(retryAfter);
      }
      transaction.refuse(response);
    } catch (SipException | InvalidArgumentException e) {
      LOG.debug("{} could not be answered with {}", transaction, status, e);
    }
  }
}
