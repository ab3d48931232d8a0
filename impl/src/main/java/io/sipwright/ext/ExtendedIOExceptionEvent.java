package io.sipwright.ext;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import javax.sip.IOExceptionEvent;
import org.jspecify.annotations.Nullable;

/** Something couldn't be sent, or a connection has failed, with what JAIN SIP doesn't tell. */
public class ExtendedIOExceptionEvent extends IOExceptionEvent {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** No address was found to send to. */
    NO_ADDRESS,
    /** The connection couldn't be made, or broke; or the network refused the datagram. */
    NOT_SENT,
    /** A peer sent neither messages nor keep-alives on its connection, which was closed. */
    SILENT_PEER
  }

  private final Reason reason;
  private final @Nullable IOException cause;
  private final @Nullable InetSocketAddress local;

  /**
   * An event.
   *
   * @param host where to, in words at least
   * @param port -1 if there's none
   * @param transport null if that isn't known
   * @param reason why
   * @param cause what the network said; null if nothing
   * @param local the listening point's address; null if there's none for this transport
   */
  @SuppressWarnings("NullAway") // JAIN's event doesn't say what may be null
  public ExtendedIOExceptionEvent(
      Object source,
      @Nullable String host,
      int port,
      @Nullable String transport,
      Reason reason,
      @Nullable IOException cause,
      @Nullable InetSocketAddress local) {
    super(source, host, port, transport);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.cause = cause;
    this.local = local;
  }

  /** Why it couldn't be sent. */
  public Reason getReason() {
    return reason;
  }

  /** What the network said; null if nothing. */
  public @Nullable IOException getCause() {
    return cause;
  }

  /** The numeric address of the listening point it was to be sent from; null without one. */
  public @Nullable String getLocalHost() {
    return Peers.host(local);
  }

  /** The port of the listening point it was to be sent from; -1 without one. */
  public int getLocalPort() {
    return Peers.port(local);
  }
}
