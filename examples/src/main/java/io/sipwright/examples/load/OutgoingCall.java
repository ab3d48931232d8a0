package io.sipwright.examples.load;

import java.util.concurrent.ScheduledFuture;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.SipProvider;
import org.jspecify.annotations.Nullable;

/**
 * A call that the calling program placed. All fields are guarded by the call itself; a call goes
 * through its states in their order, may leave some out, and ends once.
 */
final class OutgoingCall {
  enum State {
    CALLING,
    TALKING,
    HANGING_UP,
    ENDED
  }

  final String callId;

  /** What it leaves from, and its BYE too. */
  final SipProvider line;

  State state = State.CALLING;

  /** When the INVITE, and later the BYE, was sent; {@link System#nanoTime}. */
  long sentAt;

  /** True once a provisional response came: only then may a CANCEL be sent (RFC 3261 §9.1). */
  boolean ringing;

  @Nullable ClientTransaction invite;
  @Nullable Dialog dialog;

  /** What happens if nothing else does: the end of the wait, of the talk, or of the line. */
  @Nullable ScheduledFuture<?> alarm;

  OutgoingCall(String callId, SipProvider line) {
    this.callId = callId;
    this.line = line;
  }
}
