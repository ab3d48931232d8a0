package io.sipwright.transaction;

import io.sipwright.javax.sip.message.SipMessage;
import java.io.IOException;

/**
 * Who answers a server transaction (the "transaction user" of RFC 3261 §17).
 *
 * <p>Called under the transaction's lock, in the order of what happened, with the new state already
 * in place: may only enqueue. Each transaction ends with one {@link #onTerminated}, and nothing
 * comes after it.
 */
public interface ServerUser {
  /** The ACK to a final response other than 2xx didn't come; {@code onTerminated} follows. */
  void onTimeout();

  /**
   * A response couldn't be sent. Told once for each response handed in, however often it's
   * retransmitted; the transaction goes on (RFC 6026 §8.8).
   */
  void onTransportError(IOException cause);

  /** The first ACK to a final response other than 2xx. */
  void onAck(SipMessage ack);

  /**
   * An ACK that matches the transaction after its 2xx: the core's to deal with, like any ACK that
   * matches no transaction (RFC 6026 §7.1). From a client that follows RFC 2543, or uses the
   * INVITE's branch again.
   */
  void onAckTo2xx(SipMessage ack);

  /** It's over, and out of the table. */
  void onTerminated();
}
