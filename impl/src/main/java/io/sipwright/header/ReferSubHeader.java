package io.sipwright.header;

import javax.sip.header.Header;
import javax.sip.header.Parameters;

/** Whether REFER makes a subscription (RFC 4488 §4). */
public interface ReferSubHeader extends Header, Parameters {
  /** The name of the header. */
  String NAME = "Refer-Sub";

  /** Whether there's a subscription to what becomes of the REFER. */
  boolean isSubscription();

  /** Says whether there shall be, or is, a subscription. */
  void setSubscription(boolean subscription);
}
