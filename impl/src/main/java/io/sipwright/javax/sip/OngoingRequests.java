package io.sipwright.javax.sip;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.transaction.Fingerprint;
import io.sipwright.transaction.FingerprintTable;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * The requests without To tag that server transactions are at work on, to tell a merged request:
 * one that came here twice on different ways (RFC 3261 §8.2.2.2). And all INVITEs, to tell an ACK
 * that comes late.
 */
final class OngoingRequests {
  /** By what two ways of one request have in common. */
  private final FingerprintTable<ServerTransactionImpl> transactions = new FingerprintTable<>();

  private static Fingerprint print(SipMessage request, String method) {
    return new Fingerprint()
        .text(request.callId())
        .text(request.fromTag())
        .number(request.cseq())
        .text(method);
  }

  private @Nullable ServerTransactionImpl find(SipMessage request, String method) {
    Fingerprint print = print(request, method);
    return transactions.get(print.high(), print.low());
  }

  /**
   * The transaction of the INVITE that an ACK is for, while it's there: longer than the dialog,
   * maybe; or null.
   */
  @Nullable ServerTransactionImpl invite(SipMessage ack) {
    return find(ack, Request.INVITE);
  }

  /**
   * Enters the transaction of a request; the first of merged ones stays.
   *
   * @return what {@link #leave} wants to know
   */
  long enter(SipMessage request, ServerTransactionImpl transaction) {
    Fingerprint print = print(request, request.method());
    transactions.putIfAbsent(print.high(), print.low(), transaction);
    return print.low();
  }

  /** Takes a transaction out, if it's in. */
  void leave(long entry, ServerTransactionImpl transaction) {
    transactions.remove(entry, transaction);
  }

  /** Whether a provider has a transaction for another copy of this request. */
  boolean isMerged(SipMessage request, SipProviderImpl provider) {
    ServerTransactionImpl transaction = find(request, request.method());
    return transaction != null && transaction.provider() == provider;
  }

  void clear() {
    transactions.clear();
  }
}
