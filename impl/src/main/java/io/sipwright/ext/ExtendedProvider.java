package io.sipwright.ext;

import javax.sip.SipProvider;

/** A provider, beyond JAIN SIP. */
public interface ExtendedProvider extends SipProvider {
  /**
   * Whether merged requests are answered 482 by the stack (RFC 3261 §8.2.2.2); true at first. A
   * program that's called by its own stack in a loop turns it off.
   */
  void setLoopDetectionEnabled(boolean flag);
}
