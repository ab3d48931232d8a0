package io.sipwright.transport;

import io.sipwright.syntax.Chars;
import java.net.InetSocketAddress;

/**
 * Whom a connection is with.
 *
 * @param remote its address
 * @param domain the domain it was opened for, in lower case; empty for connections that the peer
 *     has opened, and where the transport doesn't care
 */
record Peer(InetSocketAddress remote, String domain) {
  static Peer at(InetSocketAddress remote) {
    return new Peer(remote, "");
  }

  static Peer of(InetSocketAddress remote, String domain) {
    return new Peer(remote, Chars.lower(domain));
  }
}
