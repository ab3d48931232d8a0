package io.sipwright.stack;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.transaction.TransactionKey;
import io.sipwright.transport.Flow;
import io.sipwright.transport.SilentPeerException;
import org.jspecify.annotations.Nullable;

/** Who stands above the core: gets what no transaction took. Must not block. */
public interface CoreUser {
  /**
   * A request that no server transaction took: a new one, an ACK to a 2xx, a CANCEL. Called on an
   * I/O thread; what's to be done with it belongs into the {@link Delivery} under its Call-ID.
   *
   * @param key its transaction's, for {@link SipCore#absorbed}
   */
  void onRequest(Flow flow, SipMessage request, TransactionKey key);

  /** Whether a request of a transaction waits for what's to be done with it. */
  default boolean isWaiting(TransactionKey key) {
    return false;
  }

  /**
   * A request that begins something is about to be refused with 503, as too much {@linkplain
   * Delivery#isBehind waits}. Called on an I/O thread.
   *
   * @return the To tag of the response; null if the user wants to see the request
   */
  default @Nullable String refusalTag(Flow flow) {
    return null;
  }

  /** A connection was closed as its peer sent nothing for too long. Called on an I/O thread. */
  default void onSilentPeer(Flow flow, SilentPeerException cause) {}

  /** A response that no client transaction took. Called on an I/O thread. */
  void onStrayResponse(Flow flow, SipMessage response);

  /** Whether a connection on which nothing goes is to be kept. Called on an I/O thread. */
  boolean isNeeded(Flow flow);
}
