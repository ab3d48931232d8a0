package io.sipwright.ext;

import java.net.InetSocketAddress;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/** A request that came, with what JAIN SIP doesn't tell. */
public class ExtendedRequestEvent extends RequestEvent {
  private static final long serialVersionUID = 1L;

  private final @Nullable InetSocketAddress remote;

  /**
   * An event.
   *
   * @param remote where the request came from, as the transport saw it; null if that isn't known
   */
  @SuppressWarnings("NullAway") // JAIN's event doesn't say what may be null
  public ExtendedRequestEvent(
      Object source,
      @Nullable ServerTransaction transaction,
      @Nullable Dialog dialog,
      Request request,
      @Nullable InetSocketAddress remote) {
    super(source, transaction, dialog, request);
    this.remote = remote;
  }

  /**
   * The numeric address the request came from, whatever its Via says, IPv6 without brackets; null
   * if that isn't known.
   */
  public @Nullable String getRemoteIpAddress() {
    return Peers.host(remote);
  }

  /** The port the request came from; -1 if that isn't known. */
  public int getRemotePort() {
    return Peers.port(remote);
  }
}
