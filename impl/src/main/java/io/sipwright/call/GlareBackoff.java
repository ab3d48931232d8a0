package io.sipwright.call;

import io.sipwright.dialog.Reinvite;
import io.sipwright.ext.ExtendedStack;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.SipProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries a re-INVITE or UPDATE again after a 491 (RFC 3261 §14.1, RFC 3311 §5.3). */
public final class GlareBackoff {
  private static final Logger LOG = LoggerFactory.getLogger(GlareBackoff.class);

  private GlareBackoff() {}

  /** Sends the request anew, made from the dialog as it's then. */
  @FunctionalInterface
  public interface Retry {
    /**
     * The time has come.
     *
     * @throws Exception is logged, and nothing else
     */
    void again(Dialog dialog) throws Exception;
  }

  /**
   * How long to wait: 2.1 to 4 s on the side that made the Call-ID, which is the one that made the
   * call, and 0 to 2 s on the other; so that the two don't meet again.
   */
  public static Duration delay(Dialog dialog) {
    return Duration.ofMillis(
        Reinvite.delayAfter491Millis(!dialog.isServer(), ThreadLocalRandom.current()));
  }

  /**
   * Tries again after {@link #delay}, if the dialog is still there. The retry runs in the turn of
   * the call's events.
   *
   * @param refusal the 491, within a dialog of this stack
   * @return what can cancel it
   * @throws IllegalArgumentException if the event has no dialog
   * @throws SipException if the stack isn't running
   */
  public static ExtendedStack.ScheduledTask retry(ResponseEvent refusal, Retry retry)
      throws SipException {
    Dialog dialog = refusal.getDialog();
    if (dialog == null) {
      throw new IllegalArgumentException("The response belongs to no dialog");
    }
    ExtendedStack stack = (ExtendedStack) ((SipProvider) refusal.getSource()).getSipStack();
    return stack.schedule(dialog.getCallId().getCallId(), delay(dialog), () -> run(dialog, retry));
  }

  private static void run(Dialog dialog, Retry retry) {
    DialogState state = dialog.getState();
    if (state == null || state == DialogState.TERMINATED) {
      return;
    }
    try {
      retry.again(dialog);
    } catch (Exception e) { // the program's own
      LOG.warn("{}: could not try again after a 491", dialog, e);
    }
  }
}
