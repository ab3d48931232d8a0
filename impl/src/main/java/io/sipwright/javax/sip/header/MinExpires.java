package io.sipwright.javax.sip.header;

import javax.sip.InvalidArgumentException;
import javax.sip.header.MinExpiresHeader;

/** {@code Min-Expires = "Min-Expires" HCOLON delta-seconds}, 0 to 2**32-1 (RFC 3261 §20.23). */
public class MinExpires extends NumberHeader implements MinExpiresHeader {
  private static final long serialVersionUID = 1L;

  /** With the value 0. */
  public MinExpires() {
    super(NAME, Ranges.UNSIGNED_32);
  }

  /** Seconds; {@link Integer#MAX_VALUE} for any from there to 2**32-1, as JAIN's int allows. */
  @Override
  public int getExpires() {
    return Ranges.clamp(number());
  }

  @Override
  public void setExpires(int expires) throws InvalidArgumentException {
    number(expires);
  }
}
