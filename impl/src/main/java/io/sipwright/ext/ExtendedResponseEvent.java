package io.sipwright.ext;

import java.net.InetSocketAddress;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ResponseEvent;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** A response that came, with what JAIN SIP doesn't tell. */
public class ExtendedResponseEvent extends ResponseEvent {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable ClientTransaction original;
  private final boolean forked;
  private final boolean repeated;
  private final @Nullable InetSocketAddress remote;

  /**
   * An event.
   *
   * @param original the transaction of the request, also where the event's own is null because the
   *     request was answered before; null if none is known
   * @param forked whether its dialog isn't the transaction's own
   * @param repeated whether the same response came before
   * @param remote where it came from, as the transport saw it; null if that isn't known
   */
  @SuppressWarnings("NullAway") // JAIN's event doesn't say what may be null
  public ExtendedResponseEvent(
      Object source,
      @Nullable ClientTransaction transaction,
      @Nullable Dialog dialog,
      Response response,
      @Nullable ClientTransaction original,
      boolean forked,
      boolean repeated,
      @Nullable InetSocketAddress remote) {
    super(source, transaction, dialog, response);
    this.original = original;
    this.forked = forked;
    this.repeated = repeated;
    this.remote = remote;
  }

  /**
   * The transaction of the request: for a further 2xx to a forked INVITE too, which comes without
   * transaction. Null for a response to no request that's known.
   */
  public @Nullable ClientTransaction getOriginalTransaction() {
    return original;
  }

  /** Whether it belongs to another dialog than the request's own: its To tag is another. */
  public boolean isForkedResponse() {
    return forked;
  }

  /** Whether it's a 2xx that came before, and is shown again because its ACK is owed. */
  public boolean isRetransmission() {
    return repeated;
  }

  /**
   * The numeric address the response came from, IPv6 without brackets; null if that isn't known.
   */
  public @Nullable String getRemoteIpAddress() {
    return Peers.host(remote);
  }

  /** The port the response came from; -1 if that isn't known. */
  public int getRemotePort() {
    return Peers.port(remote);
  }
}
