package io.sipwright.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Gets what arrives. Called on I/O threads: must not block. What it throws is logged and harms no
 * other message.
 */
public interface Inbound {
  /**
   * One whole message: a datagram, or a message cut out of a stream by its Content-Length.
   * Keep-alives don't come here.
   *
   * @param buffer holds it only during this call: it's reused afterwards
   */
  void onMessage(Flow flow, byte[] buffer, int offset, int length);

  /**
   * A stream can't be cut into messages any more (no or broken Content-Length, header over the
   * limit, …). Called with what was read of the offending message before the connection is closed
   * by the transport, so that a 400 or 513 can be sent first: what is sent during this call still
   * goes out, what is sent later doesn't.
   *
   * @param reason for the log and the reason phrase, in plain words
   */
  void onBrokenStream(Flow flow, byte[] buffer, int offset, int length, String reason);

  /**
   * A connection ended, or could not be opened. Comes once for each, after the senders of lost
   * messages were told. Not called for UDP.
   *
   * @param cause null for an orderly end by either side
   */
  void onClosed(Flow flow, @Nullable IOException cause);

  /**
   * Whether a connection on which nothing goes is needed all the same. Asked before one is closed
   * for being idle.
   */
  default boolean isNeeded(Flow flow) {
    return false;
  }
}
