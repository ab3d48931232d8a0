package io.sipwright.header;

import javax.sip.InvalidArgumentException;
import javax.sip.header.Header;
import javax.sip.header.Parameters;

/**
 * The shortest session interval that an element on the way takes (RFC 4028 §5). A message without
 * it has 90 seconds.
 */
public interface MinSEHeader extends Header, Parameters {
  /** The name of the header. */
  String NAME = "Min-SE";

  /** Seconds; {@link Integer#MAX_VALUE} for any from there to 2**32-1. */
  int getExpires();

  /**
   * Sets the seconds.
   *
   * @throws InvalidArgumentException if it's below 0
   */
  void setExpires(int seconds) throws InvalidArgumentException;
}
