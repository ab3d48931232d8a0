package io.sipwright.javax.sip.header;

import javax.sip.InvalidArgumentException;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.TooManyHopsException;

/** {@code Max-Forwards = "Max-Forwards" HCOLON 1*DIGIT}, 0 to 255 (RFC 3261 §20.22). */
public class MaxForwards extends NumberHeader implements MaxForwardsHeader {
  private static final long serialVersionUID = 1L;

  /** With the value 0. */
  public MaxForwards() {
    super(NAME, 255);
  }

  @Override
  public int getMaxForwards() {
    return (int) number();
  }

  @Override
  public void setMaxForwards(int maxForwards) throws InvalidArgumentException {
    number(maxForwards);
  }

  /**
   * Takes one away.
   *
   * @throws TooManyHopsException if it's 0 already: the request may go no further
   */
  @Override
  public void decrementMaxForwards() throws TooManyHopsException {
    try {
      number(number() - 1);
    } catch (InvalidArgumentException e) {
      throw new TooManyHopsException("Max-Forwards has reached 0", e);
    }
  }
}
