package io.sipwright.transport;

import io.sipwright.tls.TlsSession;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.util.Map;

/**
 * What a program has to say about who may connect, besides the checks of the stack. Called on I/O
 * threads, before the first message of a connection: must not block.
 */
public interface ConnectionPolicy {
  /** Content with everybody. */
  ConnectionPolicy ANY = new ConnectionPolicy() {};

  /**
   * A TLS handshake is done, and the peer's certificate, if it showed one, was found valid. For
   * peers that connect to us, {@link TlsSession#peerDomains} says whom they may speak for (RFC 5922
   * §7.4).
   *
   * @param remote the peer's address
   * @param outgoing whether we have connected to it, and not it to us
   * @throws CertificateException to close the connection
   */
  default void checkPeer(TlsSession session, InetSocketAddress remote, boolean outgoing)
      throws CertificateException {}

  /**
   * What our own request for a WebSocket says besides, such as {@code Authorization} or {@code
   * Cookie} (RFC 7118 §7). Asked anew for each connection that's opened.
   *
   * @param domain what's asked for: a name or a numeric address
   * @param remote its address
   * @return names and values of HTTP headers
   */
  default Map<String, String> webSocketHeaders(String domain, InetSocketAddress remote) {
    return Map.of();
  }

  /**
   * A peer wants to open a WebSocket.
   *
   * @return {@link WebSocketAnswer#ACCEPT}, or why not
   */
  default WebSocketAnswer onWebSocket(WebSocketRequest request) {
    return WebSocketAnswer.ACCEPT;
  }
}
