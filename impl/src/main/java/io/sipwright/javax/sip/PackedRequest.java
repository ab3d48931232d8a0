package io.sipwright.javax.sip;

import io.sipwright.javax.sip.message.SipMessage;
import java.lang.ref.WeakReference;

/**
 * The request of a transaction that's answered, of which the program has got parts: the same object
 * as long as the program holds it, which most don't, and from then on one of the same bytes.
 */
final class PackedRequest extends WeakReference<SipMessage> {
  private final SipMessage copy;

  /**
   * A request that's held by others only.
   *
   * @param copy by {@link SipMessage#packedCopy}
   */
  PackedRequest(SipMessage request, SipMessage copy) {
    super(request);
    this.copy = copy;
  }

  /** What stands for the request when it's gone. */
  SipMessage copy() {
    return copy;
  }
}
