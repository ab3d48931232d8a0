package io.sipwright.transport;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of this machine's addresses a peer sees: the one that the system's routes of this moment
 * choose. Asked by connecting a UDP socket, which sends nothing.
 */
final class SourceAddress {
  private static final Logger LOG = LoggerFactory.getLogger(SourceAddress.class);

  /** Any will do: no packet goes there. */
  private static final int PORT = 5060;

  /** Addresses kept for documentation (RFC 5737, RFC 3849): they go by the default route. */
  private static final byte[] SOMEWHERE_V4 = {(byte) 192, 0, 2, 1};

  private static final byte[] SOMEWHERE_V6 = {
    0x20, 1, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
  };

  private SourceAddress() {}

  /** The address towards a peer; the loopback address where no route leads to it. */
  static InetAddress towards(InetAddress peer) {
    try (DatagramSocket socket = new DatagramSocket(null)) {
      socket.connect(new InetSocketAddress(peer, PORT));
      InetAddress source = socket.getLocalAddress();
      if (source != null && !source.isAnyLocalAddress()) {
        return source;
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      LOG.debug("No route to {}", peer.getHostAddress(), e);
    }
    return InetAddress.getLoopbackAddress();
  }

  /** The address towards most of the world. */
  static InetAddress byDefaultRoute(boolean v6) {
    try {
      return towards(InetAddress.getByAddress(v6 ? SOMEWHERE_V6 : SOMEWHERE_V4));
    } catch (UnknownHostException e) {
      throw new AssertionError(e); // only for other lengths than 4 and 16
    }
  }
}
