package io.sipwright.examples;

import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.Transaction;
import javax.sip.TransactionTerminatedEvent;
import org.jspecify.annotations.Nullable;

/**
 * A listener of which a program writes only the parts it needs. What its methods throw ends up in
 * {@link #onProblem}, because nobody above a listener could do anything with it.
 */
public abstract class Party implements SipListener {
  /** A request came in, an ACK to a 2xx included. */
  protected abstract void onRequest(RequestEvent event) throws Exception;

  /** A response came in. */
  protected abstract void onResponse(ResponseEvent event) throws Exception;

  /** A transaction of ours timed out. Does nothing unless overridden. */
  protected void onTimeout(Transaction transaction) throws Exception {}

  /** A dialog of ours ended. Does nothing unless overridden. */
  protected void onDialogEnd(DialogTerminatedEvent event) throws Exception {}

  /** Something went wrong: sending failed, or one of the methods above threw. */
  protected abstract void onProblem(String what, @Nullable Exception cause);

  /** The transaction to answer a request with: the one it came with, or a new one. */
  protected static ServerTransaction transactionOf(RequestEvent event) throws Exception {
    ServerTransaction made = event.getServerTransaction();
    return made != null
        ? made
        : ((SipProvider) event.getSource()).getNewServerTransaction(event.getRequest());
  }

  @Override
  public final void processRequest(RequestEvent event) {
    try {
      onRequest(event);
    } catch (Exception e) {
      onProblem("could not handle " + event.getRequest().getMethod(), e);
    }
  }

  @Override
  public final void processResponse(ResponseEvent event) {
    try {
      onResponse(event);
    } catch (Exception e) {
      onProblem("could not handle a " + event.getResponse().getStatusCode() + " response", e);
    }
  }

  @Override
  public final void processTimeout(TimeoutEvent event) {
    Transaction transaction =
        event.isServerTransaction() ? event.getServerTransaction() : event.getClientTransaction();
    try {
      onTimeout(transaction);
    } catch (Exception e) {
      onProblem("could not handle a time-out", e);
    }
  }

  @Override
  public final void processDialogTerminated(DialogTerminatedEvent event) {
    try {
      onDialogEnd(event);
    } catch (Exception e) {
      onProblem("could not handle the end of a dialog", e);
    }
  }

  @Override
  public void processIOException(IOExceptionEvent event) {
    onProblem(
        "sending to "
            + event.getHost()
            + ":"
            + event.getPort()
            + " over "
            + event.getTransport()
            + " failed",
        null);
  }

  @Override
  public void processTransactionTerminated(TransactionTerminatedEvent event) {}
}
