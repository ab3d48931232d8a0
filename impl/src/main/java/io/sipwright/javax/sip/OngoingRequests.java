package io.sipwright.javax.sip;

import io.sipwright.javax.sip.message.SipMessage;
import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * The requests without To tag that server transactions are at work on, to tell a merged request:
 * one that came here twice on different ways (RFC 3261 §8.2.2.2). And all INVITEs, to tell an ACK
 * that comes late.
 */
final class OngoingRequests {
  /**
   * What two ways of one request have in common. Ordered, in no particular way, so that many keys
   * made to collide on purpose don't slow down a hash table.
   */
  record Key(@Nullable String callId, @Nullable String fromTag, long cseq, String method)
      implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::callId, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Key::fromTag, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparingLong(Key::cseq)
            .thenComparing(Key::method);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }

    static Key of(SipMessage request) {
      return new Key(request.callId(), request.fromTag(), request.cseq(), request.method());
    }
  }

  private final ConcurrentMap<Key, ServerTransactionImpl> transactions = new ConcurrentHashMap<>();

  /**
   * The transaction of the INVITE that an ACK is for, while it's there: longer than the dialog,
   * maybe; or null.
   */
  @Nullable ServerTransactionImpl invite(SipMessage ack) {
    return transactions.get(new Key(ack.callId(), ack.fromTag(), ack.cseq(), Request.INVITE));
  }

  /** Enters the transaction of a request; the first of merged ones stays. */
  void enter(Key key, ServerTransactionImpl transaction) {
    transactions.putIfAbsent(key, transaction);
  }

  void leave(Key key, ServerTransactionImpl transaction) {
    transactions.remove(key, transaction);
  }

  /** Whether a provider has a transaction for another copy of this request. */
  boolean isMerged(SipMessage request, SipProviderImpl provider) {
    ServerTransactionImpl transaction = transactions.get(Key.of(request));
    return transaction != null && transaction.provider() == provider;
  }

  void clear() {
    transactions.clear();
  }
}
