package io.sipwright.javax.sip;

import io.sipwright.time.Alarm;
import javax.sip.Timeout;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionState;
import org.jspecify.annotations.Nullable;

/**
 * What few client transactions have: an end to the time that an INVITE gives the callee, and an
 * alert when nothing at all has come for a while. Used under the transaction's lock.
 */
final class ClientAlarms {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** More retransmissions than these take longer than any transaction. */
  private static final int MOST_RETRANSMISSIONS = 20;

  private final ClientTransactionImpl transaction;
  private @Nullable Alarm expiry;
  private @Nullable Alarm calling;
  private int alertAt;

  ClientAlarms(ClientTransactionImpl transaction) {
    this.transaction = transaction;
  }

  /** Alerts at so many retransmissions without any response. */
  void alertAt(int count) {
    alertAt = Math.min(count, MOST_RETRANSMISSIONS);
  }

  /**
   * Begins to count.
   *
   * @param expires the seconds an INVITE gives the callee: the program is told when they're over,
   *     and may then cancel it (RFC 3261 §13.2.1); -1 for none
   */
  void start(int expires) {
    if (expires > 0) {
      expiry = arm(expiry, this::expired, expires * NANOS_PER_SECOND);
    }
    if (alertAt > 0) {
      // The n-th retransmission is T1 · (2^n - 1) after the first sending.
      long millis = ((1L << alertAt) - 1) * transaction.timings().t1();
      calling = arm(calling, this::stillCalling, millis * NANOS_PER_MILLI);
    }
  }

  private Alarm arm(@Nullable Alarm before, Runnable action, long nanos) {
    Alarm alarm = before == null ? Alarm.of(action) : before;
    transaction.core().clock().arm(alarm, nanos);
    return alarm;
  }

  private void expired() {
    if (transaction.getState() == TransactionState.PROCEEDING) {
      tell(Timeout.TRANSACTION);
    }
  }

  private void stillCalling() {
    TransactionState state = transaction.getState();
    if (state == TransactionState.CALLING || state == TransactionState.TRYING) {
      tell(Timeout.RETRANSMIT);
    }
  }

  private void tell(Timeout timeout) {
    SipProviderImpl provider = transaction.provider();
    TimeoutEvent event = new TimeoutEvent(provider, transaction, timeout);
    transaction.core().delivery().submit(transaction.callId(), () -> provider.fireTimeout(event));
  }

  void stop() {
    if (expiry != null) {
      transaction.core().clock().disarm(expiry);
    }
    if (calling != null) {
      transaction.core().clock().disarm(calling);
    }
  }
}
