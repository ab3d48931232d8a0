package io.sipwright.stack;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.locator.Target;
import io.sipwright.transaction.Wire;
import io.sipwright.transport.Flow;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The way back of most requests over UDP: where they came from. One object does for all requests of
 * a peer, so that those that linger hold none of their own; the rest, with a name in the Via or
 * another address than the sender's, needs a {@link ResponseWire} each.
 */
final class DirectWires {
  /** Recent peers that are remembered; a power of 2. */
  private static final int RECENT = 1024;

  /** To one peer. Safe to publish through a race: all fields are final. */
  static final class DirectWire implements Wire {
    private final Flow flow;
    private final String address;
    private final WireLog log;

    private DirectWire(Flow flow, WireLog log) {
      this.flow = flow;
      this.log = log;
      address = SipCore.numeric(flow.remote());
    }

    /** The peer's address as a number, for IPv6 without brackets and zone. */
    String address() {
      return address;
    }

    @Override
    public boolean reliable() {
      return false;
    }

    @Override
    public void send(byte[] message, FailureListener failed) {
      log.sent(flow, message);
      flow.send(message, failed::onFailure);
    }
  }

  private final WireLog log;

  /** Written and read without a lock: who sees an old one makes a new one. */
  private final @Nullable DirectWire[] recent = new @Nullable DirectWire[RECENT];

  /** Without peers yet. */
  DirectWires(WireLog log) {
    this.log = log;
  }

  /** The one of a UDP flow. */
  DirectWire of(Flow flow) {
    InetSocketAddress remote = flow.remote();
    int hash = remote.getAddress().hashCode() * 31 + remote.getPort();
    int index = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (RECENT - 1);
    DirectWire known = recent[index];
    if (known == null || known.flow != flow) {
      known = new DirectWire(flow, log);
      recent[index] = known;
    }
    return known;
  }

  /**
   * The way back of a message's responses, if all that {@link
   * io.sipwright.locator.ResponseRoute#of(SipMessage, InetSocketAddress)} would try is the flow
   * that the message came on; otherwise null.
   */
  @Nullable DirectWire back(Flow arrival, SipMessage message) {
    String host = message.viaHost();
    if (arrival.endpoint().reliable()
        || host == null
        || !message.isViaTransport("UDP")
        || message.viaMaddr() != null
        || InvalidHosts.isInvalid(host)) {
      return null;
    }
    DirectWire wire = of(arrival);
    String received = message.viaReceived();
    if (received != null && !received.equals(wire.address)) {
      return null;
    }
    int port = arrival.remote().getPort();
    if (message.viaHasRport()) { // RFC 3581 §4
      int rport = message.viaRport();
      return rport <= 0 || rport == port ? wire : null;
    }
    int sentBy = message.viaPort() > 0 ? message.viaPort() : Target.defaultPort("udp");
    return sentBy == port && host.equals(wire.address) ? wire : null;
  }
}
