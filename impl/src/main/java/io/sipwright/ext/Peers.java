package io.sipwright.ext;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The parts of a peer's address, for events. */
final class Peers {
  private Peers() {}

  static @Nullable String host(@Nullable InetSocketAddress peer) {
    return peer == null || peer.isUnresolved() ? null : peer.getAddress().getHostAddress();
  }

  static int port(@Nullable InetSocketAddress peer) {
    return peer == null ? -1 : peer.getPort();
  }
}
