package io.sipwright.ext;

import javax.sip.SipProvider;
import javax.sip.Transaction;

/** A transaction, beyond JAIN SIP. */
public interface ExtendedTransaction extends Transaction {
  /** The provider it was made by. */
  SipProvider getSipProvider();

  /**
   * Sets T2 of this transaction: the longest interval between retransmissions of a non-INVITE
   * request or an INVITE response. Timers that start later follow it.
   *
   * @param millis 1 or more
   * @throws IllegalArgumentException if it's less
   */
  void setTimerT2(int millis);

  /**
   * Sets T4 of this transaction: the longest time a message stays in the network. Timers that start
   * later follow it.
   *
   * @param millis 1 or more
   * @throws IllegalArgumentException if it's less
   */
  void setTimerT4(int millis);

  /**
   * Sets Timer D of an INVITE client transaction: for how long copies of a final response other
   * than 2xx are acknowledged over UDP. Other transactions have no such timer, and take no notice.
   *
   * @param millis 32,000 or more (RFC 3261 §17.1.1.2); counts if that response hasn't come yet
   * @throws IllegalArgumentException if it's less
   */
  void setTimerD(int millis);
}
