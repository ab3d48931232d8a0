package io.sipwright.ext;

import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.address.Hop;
import org.jspecify.annotations.Nullable;

/** A client transaction, beyond JAIN SIP. */
public interface ExtendedClientTransaction extends ExtendedTransaction, ClientTransaction {
  /** The dialog of the transaction itself, whatever others its request was forked to; or null. */
  @Nullable Dialog getDefaultDialog();

  /**
   * Where its request goes.
   *
   * @return null if that can't be found
   */
  @Nullable Hop getNextHop();

  /**
   * How long to wait for an answer in place of 64·T1 (Timer B of an INVITE, which ends with its
   * first response, and Timer F of others), before the request is sent; of each server it's sent
   * to. A shorter time suits requests that ask whether a server is alive.
   *
   * @param millis 1 or more
   * @throws IllegalArgumentException if it's less
   */
  void setTimeout(int millis);

  /**
   * Has the listener told by a timeout event of kind {@code RETRANSMIT} if no response at all has
   * come when the request has been sent again so often, so that another destination can be tried
   * early.
   *
   * @param count of retransmissions, 1 or more; the time is counted from the call where the request
   *     was sent before
   * @throws IllegalArgumentException if it's less
   * @throws SipException if the transaction is over
   */
  void alertIfStillInCallingStateBy(int count) throws SipException;
}
