package io.sipwright.ext;

import javax.sip.SipProvider;
import javax.sip.Transaction;
import org.jspecify.annotations.Nullable;

/** A transaction, beyond JAIN SIP. */
public interface ExtendedTransaction extends Transaction {
  /** The provider it was made by. */
  SipProvider getSipProvider();

  /**
   * The flow that its request came on, or goes on at present.
   *
   * @return null before it's sent
   */
  @Nullable SipFlow getFlow();

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
