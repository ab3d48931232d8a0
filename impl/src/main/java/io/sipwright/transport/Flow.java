package io.sipwright.transport;

import io.sipwright.tls.TlsSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A way to one peer: a pair of addresses for UDP, a connection for stream transports (RFC 5626 §3.1
 * calls it so).
 */
public interface Flow {
  /** The endpoint it belongs to. */
  Endpoint endpoint();

  /** The peer's address as seen from here. */
  InetSocketAddress remote();

  /** Our address on it. */
  InetSocketAddress local();

  /** What its TLS handshake agreed on; null without TLS, and before the handshake is done. */
  default @Nullable TlsSession tls() {
    return null;
  }

  /** Whether something can still be sent on it: false for a closed connection. */
  boolean isOpen();

  /**
   * Sends one message, or keep-alive bytes. Never blocks; may be called under locks.
   *
   * <p>What a stream connection opened from here turns out not to have delivered, because it was
   * dead or died right afterwards, is sent once more on a new connection before it counts as
   * failed: also on a flow that is closed already.
   *
   * @param bytes not changed by anybody afterwards: they may be sent later
   * @param onFailure told once if it couldn't be sent, possibly before this returns; or, for a
   *     request on a stream, if the connection ended within seconds and nothing came back; null:
   *     don't tell
   */
  void send(byte[] bytes, @Nullable FailureListener onFailure);

  /**
   * A keep-alive to be sent on this flow as its client (RFC 5626 §4.4): {@code CRLF CRLF} on a
   * stream, a STUN Binding request on UDP. A pong on a stream answers all that wait.
   *
   * @throws UnsupportedOperationException if the flow knows none
   */
  default Ping ping(PongListener listener) {
    throw new UnsupportedOperationException("No keep-alives on " + this);
  }

  /**
   * The peer was told that it may send nothing for a time, by a Flow-Timer (RFC 5626 §5.4): its
   * connection isn't closed for being silent before that is over, and some seconds more.
   *
   * @param seconds since something came last; in place of what was promised before
   */
  default void promise(int seconds) {}

  /** Whether it was opened from here, and not by the peer; true for UDP. */
  default boolean isOutgoing() {
    return true;
  }

  /** Closes a connection, with what waits to be written; harmless for UDP, which has none. */
  default void close() {}

  /** A keep-alive. */
  interface Ping {
    /** Sends it, or sends the same one again. */
    void send();

    /** Its answer is of no more interest. */
    void end();
  }

  /** Gets the answers to keep-alives. Called on I/O threads: must not block. */
  interface PongListener {
    /**
     * The peer has answered.
     *
     * @param mapped our address as the peer sees it, where the answer says so (STUN); otherwise
     *     null
     */
    void onPong(@Nullable InetSocketAddress mapped);

    /** The peer has answered that it can't answer (a STUN error response). */
    default void onRefused() {}
  }

  /**
   * Gets to know that a message could not be sent. Must not block, must not take locks it doesn't
   * own.
   */
  interface FailureListener {
    /** The cause, with the addresses in its message. */
    void onFailure(IOException cause);
  }
}
