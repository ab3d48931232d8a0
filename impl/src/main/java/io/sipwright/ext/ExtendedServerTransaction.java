package io.sipwright.ext;

import javax.sip.ServerTransaction;
import org.jspecify.annotations.Nullable;

/** A server transaction, beyond JAIN SIP. */
public interface ExtendedServerTransaction extends ExtendedTransaction, ServerTransaction {
  /** The INVITE's transaction that a CANCEL is for; null for other requests. */
  @Nullable ServerTransaction getCanceledInviteTransaction();
}
