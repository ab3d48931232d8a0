package io.sipwright.javax.sip.header;

import io.sipwright.header.FlowTimerHeader;
import javax.sip.InvalidArgumentException;

/** {@code Flow-Timer = "Flow-Timer" HCOLON 1*DIGIT}, in seconds (RFC 5626 §10). */
public class FlowTimer extends NumberHeader implements FlowTimerHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** With the value 0. */
  public FlowTimer() {
    super(NAME, Ranges.UNSIGNED_32);
  }

  @Override
  public int getFlowTimer() {
    return Ranges.clamp(number());
  }

  @Override
  public void setFlowTimer(int seconds) throws InvalidArgumentException {
    number(seconds);
  }
}
