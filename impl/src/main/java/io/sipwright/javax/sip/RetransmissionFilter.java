package io.sipwright.javax.sip;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.transaction.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps retransmissions of 2xx to INVITE and of their ACKs from programs where there's no dialog to
 * do so: {@code javax.sip.RETRANSMISSION_FILTER}. What it knows of a transaction goes with it.
 */
final class RetransmissionFilter {
  /** What a 2xx and its ACK have in common. */
  private record Key(
      @Nullable String callId, @Nullable String fromTag, @Nullable String toTag, long cseq) {
    static Key of(SipMessage message) {
      return new Key(message.callId(), message.fromTag(), message.toTag(), message.cseq());
    }
  }

  /** A 2xx that came, and the program's ACK to it. */
  private static final class Received {
    volatile byte @Nullable [] ack;
    volatile @Nullable Wire wire;
  }

  private final boolean active;
  private final ConcurrentMap<Key, Received> received = new ConcurrentHashMap<>();
  private final ConcurrentMap<Key, RetransmitAlerts> sent = new ConcurrentHashMap<>();
  private final ConcurrentMap<TransactionImpl, List<Key>> keys = new ConcurrentHashMap<>();

  /**
   * A filter that knows nothing yet.
   *
   * @param active whether it's on; if not, it only notes which ACKs came
   */
  RetransmissionFilter(boolean active) {
    this.active = active;
  }

  boolean isActive() {
    return active;
  }

  /**
   * A server transaction without dialog sent a 2xx, which is to go out again until its ACK: by the
   * stack, or by the program that's told to.
   */
  void sent2xx(ServerTransactionImpl transaction, SipMessage response, RetransmitAlerts again) {
    Key key = Key.of(response);
    if (sent.putIfAbsent(key, again) == null) {
      remember(transaction, key);
      again.start();
    }
  }

  /** An ACK came for which there's no dialog; tells whether the program is not to get it. */
  boolean isRepeatedAck(SipMessage ack) {
    RetransmitAlerts again = sent.isEmpty() ? null : sent.get(Key.of(ack));
    return again != null && !again.stopOnce() && active;
  }

  /** A client transaction without dialog got a 2xx; tells whether it came before. */
  boolean isRepeated2xx(ClientTransactionImpl transaction, SipMessage response) {
    if (!active) {
      return false;
    }
    Key key = Key.of(response);
    Received entry = received.get(key);
    if (entry == null) {
      received.put(key, new Received());
      remember(transaction, key);
      return false;
    }
    byte[] ack = entry.ack;
    Wire wire = entry.wire;
    if (ack != null && wire != null) {
      transaction.provider().outbound().send(transaction.core(), wire, ack, "");
    }
    return true;
  }

  /** The program sends an ACK outside of all dialogs. */
  void acked(SipMessage ack, byte[] bytes, Wire wire) {
    Received entry = active ? received.get(Key.of(ack)) : null;
    if (entry != null) {
      entry.wire = wire;
      entry.ack = bytes;
    }
  }

  private void remember(TransactionImpl transaction, Key key) {
    keys.computeIfAbsent(transaction, t -> new ArrayList<>(1)).add(key);
  }

  void clear() {
    received.clear();
    sent.clear();
    keys.clear();
  }

  /** A transaction is over. */
  void forget(TransactionImpl transaction) {
    List<Key> all = keys.isEmpty() ? null : keys.remove(transaction);
    if (all != null) {
      all.forEach(received::remove);
      all.forEach(sent::remove);
    }
  }
}
