package io.sipwright.header;

import javax.sip.InvalidArgumentException;
import javax.sip.header.Header;

/** After how long without keep-alive a server gives a flow up (RFC 5626 §5.4). */
public interface FlowTimerHeader extends Header {
  /** The name of the header. */
  String NAME = "Flow-Timer";

  /** Seconds; {@link Integer#MAX_VALUE} for any that doesn't fit. */
  int getFlowTimer();

  /**
   * Sets the seconds.
   *
   * @throws InvalidArgumentException if it's below 0
   */
  void setFlowTimer(int seconds) throws InvalidArgumentException;
}
