package io.sipwright.javax.sip;

import io.sipwright.javax.sip.message.SipMessage;
import javax.sip.TransactionTerminatedEvent;

/**
 * What a client transaction tells: its CANCEL, dialog and subscription first, then the program.
 * Each report takes its turn in the delivery of the call.
 */
final class ClientReports {
  private ClientReports() {}

  /** A response came. */
  static void response(ClientTransactionImpl transaction, SipMessage response) {
    Runnable turn =
        () -> {
          transaction.releaseCancel(response.status() < 200);
          SipStackImpl stack = transaction.provider().stack();
          if (response.status() >= 300) {
            stack.subscriptions().failed(transaction.core(), transaction.message());
          }
          stack.responses().deliver(transaction, response);
        };
    if (response.status() < 200) { // of which a peer may send any number
      transaction.core().delivery().offer(transaction.callId(), response.heldBytes(), turn);
    } else {
      transaction.enqueue(turn);
    }
  }

  /**
   * There's no answer, and won't be one.
   *
   * @param event tells the program why
   */
  static void failure(ClientTransactionImpl transaction, Runnable event) {
    transaction.enqueue(
        () -> {
          transaction.releaseCancel(false);
          DialogImpl dialog = transaction.dialog();
          if (dialog != null) {
            dialog.uac().onNoAnswer(transaction);
          }
          transaction
              .provider()
              .stack()
              .subscriptions()
              .failed(transaction.core(), transaction.message());
          event.run();
        });
  }

  /** It's over. */
  static void end(ClientTransactionImpl transaction) {
    transaction.enqueue(
        () -> {
          transaction.releaseCancel(false);
          SipProviderImpl provider = transaction.provider();
          provider.stack().retransmissionFilter().forget(transaction);
          DialogImpl dialog = transaction.dialog();
          if (dialog != null) {
            dialog.uac().onTerminated(transaction);
          }
          provider.fireTerminated(new TransactionTerminatedEvent(provider, transaction));
        });
  }
}
