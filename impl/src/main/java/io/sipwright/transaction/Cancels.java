package io.sipwright.transaction;

import io.sipwright.javax.sip.message.Limits;
import io.sipwright.javax.sip.message.Malformed;
import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.Parsed;
import io.sipwright.javax.sip.message.SipMessage;

/** Makes CANCEL requests (RFC 3261 §9.1). */
public final class Cancels {
  private Cancels() {}

  /**
   * The CANCEL for a request, sent or not: same Request-URI, Call-ID, To, From, CSeq number, Route
   * and top Via, and the same Max-Forwards, which programs expect.
   *
   * @param invite isn't changed
   * @throws IllegalArgumentException if it lacks what no request may lack
   */
  public static SipMessage of(SipMessage invite) {
    byte[] bytes = HopByHop.cancel(invite.encoded());
    Parsed parsed =
        new MessageParser(invite.model(), Limits.DEFAULT, false)
            .parse(bytes, 0, bytes.length, false);
    if (parsed instanceof Malformed malformed) {
      throw new IllegalArgumentException(
          "No CANCEL can be made for this request: " + malformed.reason());
    }
    return (SipMessage) parsed;
  }
}
