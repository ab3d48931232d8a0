package io.sipwright.ext;

import javax.sip.SipListener;

/** A listener that wants to know more than JAIN SIP tells. */
public interface ExtendedListener extends SipListener {
  /**
   * A dialog waited in vain for an ACK, or too long in the early state. Dialogs that the stack made
   * by itself end then, after this call; one that the program made ({@code
   * javax.sip.AUTOMATIC_DIALOG_SUPPORT=off}) goes on, and its end is the program's to decide on.
   */
  void processDialogTimeout(DialogTimeoutEvent event);
}
