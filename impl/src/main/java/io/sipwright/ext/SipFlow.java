package io.sipwright.ext;

import java.net.InetSocketAddress;
import javax.sip.SipException;

/**
 * A way to one peer that messages came or went on (RFC 5626 §3.1): a connection, or a pair of
 * addresses for UDP. Equal where it's the same way.
 */
public interface SipFlow {
  /** "udp", "tcp", "tls", "ws" or "wss". */
  String transport();

  /** Our address on it. */
  InetSocketAddress local();

  /** The peer's address as seen from here. */
  InetSocketAddress remote();

  /** Whether something can still be sent on it. Of UDP that isn't known: true. */
  boolean isOpen();

  /**
   * A word that names this flow to this stack, and that nobody else can make or change (RFC 5626
   * §5.2): for the user part of URIs in Path and Record-Route. A request whose first Route has it
   * there goes down this very flow, without that Route, or not at all.
   *
   * <p>It's good for as long as the stack runs.
   *
   * @throws SipException if the stack isn't running
   */
  String token() throws SipException;

  /**
   * Keeps the flow alive as its client, and finds out when it fails (RFC 5626 §4.4): a double CRLF
   * on streams, which must be answered within 10 s; STUN on UDP, which must be answered within 39.5
   * s, always with the same address of ours. The peer must be known to support that: it has put
   * {@code outbound} into Require of its 2xx to a REGISTER.
   *
   * <p>A connection that has failed is closed, so that the next request opens a new one.
   *
   * @param callId whose events the listener's calls are in order with: the registration's
   * @param flowTimer seconds that the server waits, of Flow-Timer: keep-alives are sent after 80 to
   *     100 % of it. 0 if it didn't say: 96 to 120 s on streams, 24 to 29 s on UDP
   * @return what stops it
   * @throws IllegalArgumentException if the time is negative
   * @throws SipException if the stack isn't running
   */
  KeepAlive keepAlive(String callId, int flowTimer, FlowListener listener) throws SipException;

  /**
   * Tells once when a connection has ended, whoever ended it: then its bindings are void (RFC 5626
   * §7). Told at once if it has ended already; never for UDP.
   *
   * @param callId whose events the listener's call is in order with
   * @return what takes it back
   * @throws SipException if the stack isn't running
   */
  KeepAlive watch(String callId, FlowListener listener) throws SipException;

  /** Something that goes on until it's stopped. */
  interface KeepAlive {
    /** Stops it; the listener hears no more. Harmless when called again. */
    void stop();
  }
}
