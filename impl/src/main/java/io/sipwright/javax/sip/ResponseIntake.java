package io.sipwright.javax.sip;

import io.sipwright.ext.ExtendedResponseEvent;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.stack.SipCore;
import io.sipwright.transaction.BranchIds;
import io.sipwright.transport.Flow;
import java.util.Objects;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of responses: the dialogs take note, then the listener gets them. Runs in the order
 * of their Call-ID.
 */
final class ResponseIntake {
  private static final Logger LOG = LoggerFactory.getLogger(ResponseIntake.class);

  private final SipStackImpl stack;

  ResponseIntake(SipStackImpl stack) {
    this.stack = stack;
  }

  /** A response that no transaction took came in. */
  void acceptStray(Flow flow, SipMessage response) {
    SipCore core = stack.core();
    SipProviderImpl provider = stack.provider(flow.endpoint());
    if (core == null
        || provider == null
        || !isForUs(response)
        || BranchIds.isUnattended(response.viaBranch())) {
      return;
    }
    String callId = provider.callIdOf(response);
    if (!core.delivery().offer(callId, response.heldBytes(), () -> stray(provider, response))) {
      LOG.debug("A {} to no request is dropped: too much waits already", response.status());
    }
  }

  /**
   * RFC 3261 §18.1.2: a response whose top Via is not one of ours is not for us. A host name may be
   * ours.
   */
  private boolean isForUs(SipMessage response) {
    String host = response.viaHost();
    if (host == null) {
      return false;
    }
    char first = host.charAt(0);
    boolean numeric = first == '[' || (first >= '0' && first <= '9');
    return !numeric
        || stack.isOwn(host, response.viaPort())
        || stack.listeningPoints().haveWildcard();
  }

  private void stray(SipProviderImpl provider, SipMessage response) {
    DialogImpl dialog = stack.dialogs().findForResponse(response);
    if (dialog == null && stack.config().rejectStrayResponses()) {
      return;
    }
    boolean repeated2xx =
        dialog != null
            && response.status() / 100 == 2
            && Request.INVITE.equals(response.cseqMethod())
            && dialog.uac().ackAgain(response.cseq());
    if (!repeated2xx) {
      provider.fireResponse(null, dialog, response);
    }
  }

  /** A transaction got a response. */
  void deliver(ClientTransactionImpl transaction, SipMessage response) {
    SipProviderImpl provider = transaction.provider();
    DialogImpl own = transaction.dialog();
    if (own == null) {
      if (response.status() / 100 == 2
          && transaction.message().method().equals(Request.INVITE)
          && stack.retransmissionFilter().isRepeated2xx(transaction, response)) {
        return;
      }
      SipMessage first = transaction.accepted();
      boolean further = isFurther2xx(transaction, response);
      boolean same = first != null && Objects.equals(first.toTag(), response.toTag());
      provider.fireResponse(event(transaction, null, response, further, further && same));
      forgetIfHeld(transaction, response);
      return;
    }
    if (transaction.message().method().equals(Request.CANCEL)) {
      provider.fireResponse(transaction, own, response);
      return;
    }
    DialogImpl dialog = own.uac().forks().dialogFor(transaction, response);
    if (dialog == null) {
      LOG.debug("A {} that would make one dialog too many is dropped", response.status());
      return;
    }
    boolean repeated = dialog.uac().isRepeated2xx(response);
    if (!dialog.uac().onResponse(transaction, response)) {
      return; // a 2xx that came before
    }
    boolean further = isFurther2xx(transaction, response);
    provider.fireResponse(event(transaction, dialog, response, further, repeated));
    forgetIfHeld(transaction, response);
    if (response.status() >= 300 && transaction.isInitial()) {
      own.uac().endEarly(transaction);
    }
  }

  /** The transaction holds a 2xx to the end, of which the bytes will do. */
  private static void forgetIfHeld(ClientTransactionImpl transaction, SipMessage response) {
    if (transaction.accepted() == response) {
      response.forget();
    }
  }

  private static ExtendedResponseEvent event(
      ClientTransactionImpl transaction,
      @Nullable DialogImpl dialog,
      SipMessage response,
      boolean further,
      boolean repeated) {
    return new ExtendedResponseEvent(
        transaction.provider(),
        further ? null : transaction,
        dialog,
        (Response) response,
        transaction,
        dialog != null && dialog != transaction.dialog(),
        repeated,
        SipProviderImpl.sourceOf(response));
  }

  /** JAIN SIP: the first 2xx to an INVITE ends the transaction, further ones come without it. */
  private static boolean isFurther2xx(ClientTransactionImpl transaction, SipMessage response) {
    if (response.status() / 100 != 2) {
      return false;
    }
    if (transaction.accepted() == null) {
      transaction.accepted(response);
      return false;
    }
    return true;
  }
}
