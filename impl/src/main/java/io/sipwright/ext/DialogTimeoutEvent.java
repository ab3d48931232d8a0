package io.sipwright.ext;

import java.util.EventObject;
import java.util.Objects;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import org.jspecify.annotations.Nullable;

/** A dialog waited for something in vain. */
public class DialogTimeoutEvent extends EventObject {
  private static final long serialVersionUID = 1L;

  /** What it waited for. */
  public enum Reason {
    /** The program didn't acknowledge a 2xx to its INVITE within 64·T1. */
    ACK_NOT_SENT,
    /** The peer didn't acknowledge our 2xx to its INVITE within 64·T1. */
    ACK_NOT_RECEIVED,
    /** The dialog was early for longer than {@code EARLY_DIALOG_TIMEOUT_SECONDS}. */
    EARLY_STATE_TIMEOUT
  }

  private final transient Dialog dialog;
  private final transient @Nullable ClientTransaction transaction;
  private final Reason reason;

  /**
   * An event.
   *
   * @param source the provider
   * @param transaction the INVITE's, where it's ours and still there; or null
   */
  public DialogTimeoutEvent(
      Object source, Dialog dialog, @Nullable ClientTransaction transaction, Reason reason) {
    super(source);
    this.dialog = Objects.requireNonNull(dialog, "dialog");
    this.transaction = transaction;
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /** The dialog. */
  public Dialog getDialog() {
    return dialog;
  }

  /** The INVITE's transaction, where it's ours and still there; otherwise null. */
  public @Nullable ClientTransaction getClientTransaction() {
    return transaction;
  }

  /** What it waited for. */
  public Reason getReason() {
    return reason;
  }
}
