package io.sipwright.javax.sip;

import io.sipwright.time.Alarm;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.Timeout;
import javax.sip.TimeoutEvent;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a server transaction waits for the program to send anything at all: {@code
 * MAX_LISTENER_RESPONSE_TIME}. An INVITE is answered 500 then; to anything else nobody listens any
 * more (RFC 4320 §4.2).
 */
final class SilenceLimit extends Alarm {
  private static final Logger LOG = LoggerFactory.getLogger(SilenceLimit.class);

  private final ServerTransactionImpl transaction;
  private volatile boolean stopped;

  private SilenceLimit(ServerTransactionImpl transaction) {
    this.transaction = transaction;
  }

  static SilenceLimit start(ServerTransactionImpl transaction, int seconds) {
    SilenceLimit limit = new SilenceLimit(transaction);
    transaction.core().clock().arm(limit, seconds * TransactionImpl.NANOS_PER_SECOND);
    return limit;
  }

  /** The program has sent something, or need not any more. */
  void stop() {
    stopped = true;
    transaction.core().clock().disarm(this);
  }

  @Override
  protected void ring() {
    transaction.core().delivery().submit(transaction.callId(), this::end);
  }

  private void end() {
    if (stopped) {
      return;
    }
    LOG.warn("{} has no answer from the program, and ends", transaction);
    SipProviderImpl provider = transaction.provider();
    provider.fireTimeout(new TimeoutEvent(provider, transaction, Timeout.TRANSACTION));
    if (stopped) {
      return; // the listener has answered now
    }
    if (!transaction.message().method().equals(Request.INVITE)) {
      giveUp();
      return;
    }
    try {
      transaction.sendResponse(
          (Response) transaction.message().createResponse(Response.SERVER_INTERNAL_ERROR));
    } catch (SipException | InvalidArgumentException e) {
      LOG.debug("{} could not be answered", transaction, e);
      giveUp();
    }
  }

  /** Unless the program has answered at this very moment: then its response is sent again, too. */
  private void giveUp() {
    if (!transaction.hasFinalResponse()) {
      transaction.end();
    }
  }
}
