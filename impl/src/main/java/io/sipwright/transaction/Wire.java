package io.sipwright.transaction;

import java.io.IOException;

/**
 * Where a transaction sends to: one flow, or for a server the way back that response routing found.
 */
public interface Wire {
  /**
   * Whether the transport is reliable, so that timers A, E, G don't run and D, I, J, K are zero
   * (RFC 3261 §17.1.1.2).
   */
  boolean reliable();

  /**
   * Sends bytes; never blocks; called under the transaction's lock.
   *
   * @param failed told, on any thread, if it couldn't be sent
   */
  void send(byte[] message, FailureListener failed);

  /** Told of a failure to send. */
  interface FailureListener {
    /** Why. */
    void onFailure(IOException cause);
  }
}
