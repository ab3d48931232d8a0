package io.sipwright.ext;

import javax.sip.Dialog;
import javax.sip.SipProvider;
import org.jspecify.annotations.Nullable;

/** A dialog, beyond JAIN SIP. */
public interface ExtendedDialog extends Dialog {
  /** The provider that it sends with. */
  SipProvider getSipProvider();

  /** Takes requests of the peer from now on whatever their CSeq numbers are. */
  void disableSequenceNumberValidation();

  /**
   * Makes INVITEs that meet others wait in place of a refusal, for this dialog alone; the property
   * {@code IS_BACK_TO_BACK_USER_AGENT} does so for all.
   */
  void setBackToBackUserAgent();

  /**
   * How long the dialog may stay early after its last provisional response, in place of {@code
   * EARLY_DIALOG_TIMEOUT_SECONDS}. Counts from the next provisional response on.
   *
   * @throws IllegalArgumentException if it's less than 1
   */
  void setEarlyDialogTimeoutSeconds(int seconds);

  /** Whether another dialog of the same request was there before it. */
  boolean isForked();

  /** The request's own dialog, where this one is forked; null where it isn't. */
  @Nullable Dialog getOriginalDialog();
}
