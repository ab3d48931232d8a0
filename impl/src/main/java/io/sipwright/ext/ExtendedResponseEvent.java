package io.sipwright.ext;

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

  /**
   * An event.
   *
   * @param original the transaction of the request, also where the event's own is null because the
   *     request was answered before; null if none is known
   * @param forked whether its dialog isn't the transaction's own
   * @param repeated whether the same response came before
   */
  @SuppressWarnings("NullAway") // JAIN's event doesn't say what may be null
  public ExtendedResponseEvent(
      Object source,
      @Nullable ClientTransaction transaction,
      @Nullable Dialog dialog,
      Response response,
      @Nullable ClientTransaction original,
      boolean forked,
      boolean repeated) {
    super(source, transaction, dialog, response);
    this.original = original;
    this.forked = forked;
    this.repeated = repeated;
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
}
