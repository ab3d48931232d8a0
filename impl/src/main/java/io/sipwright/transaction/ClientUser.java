package io.sipwright.transaction;

import io.sipwright.javax.sip.message.SipMessage;
import java.io.IOException;

/**
 * Who started a client transaction (the "transaction user" of RFC 3261 §17).
 *
 * <p>Called under the transaction's lock, in the order of what happened, with the new state already
 * in place: may only enqueue. Each transaction ends with one {@link #onTerminated}, and nothing
 * comes after it.
 */
public interface ClientUser {
  /** A response that's not a retransmission; of a 2xx to INVITE each copy (RFC 6026 §7.2). */
  void onResponse(SipMessage response);

  /**
   * No final response, or to INVITE none at all, within Timer B or F; {@code onTerminated} follows.
   */
  void onTimeout();

  /** The request or the ACK couldn't be sent; {@code onTerminated} follows. */
  void onTransportError(IOException cause);

  /** It's over, and out of the table. */
  void onTerminated();
}
