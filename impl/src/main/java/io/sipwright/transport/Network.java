package io.sipwright.transport;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Where endpoints are opened: the real sockets of this machine, or a simulated network under
 * virtual time.
 */
public interface Network extends AutoCloseable {
  /** Whether a transport ("udp", "tcp", …, in lower case) can be opened here. */
  boolean supports(String transport);

  /**
   * Binds an address and receives from then on.
   *
   * @param transport in lower case: "udp", "tcp", "tls", "ws", "wss"
   * @param local where to bind; port 0 lets the system choose
   * @param inbound gets what arrives
   * @throws IOException if the address can't be bound; the message names transport and address
   */
  Endpoint open(String transport, InetSocketAddress local, Inbound inbound) throws IOException;

  /**
   * Reads keys and certificates again, for connections that are opened from now on. If that fails,
   * those of before stay in use.
   *
   * @throws IOException if they can't be read; the message names the file
   */
  default void reloadKeys() throws IOException {}

  /** Figures about connections; of none where nothing is counted. */
  default ConnectionFigures figures() {
    return ConnectionFigures.NONE;
  }

  /** Closes all endpoints that are still open and ends all threads; returns when ports are free. */
  @Override
  void close();
}
