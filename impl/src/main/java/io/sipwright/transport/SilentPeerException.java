package io.sipwright.transport;

import java.io.IOException;

/**
 * Why a connection was closed: neither a message nor a keep-alive came in time (RFC 5626 §5.4).
 * It's the cause of what {@link Inbound#onClosed} is told.
 */
public final class SilentPeerException extends IOException {
  private static final long serialVersionUID = 1L;

  SilentPeerException(int millis) {
    super("Nothing came from the peer for " + millis + " ms");
  }
}
