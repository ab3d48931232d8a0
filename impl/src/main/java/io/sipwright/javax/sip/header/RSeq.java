package io.sipwright.javax.sip.header;

import javax.sip.InvalidArgumentException;
import javax.sip.header.RSeqHeader;

/**
 * {@code RSeq = "RSeq" HCOLON response-num} with {@code response-num = 1*DIGIT}, 1 to 2**32-1 (RFC
 * 3262 §7.1); 0 is read, for peers that send it.
 */
public class RSeq extends NumberHeader implements RSeqHeader {
  private static final long serialVersionUID = 1L;

  /** Without number yet. */
  public RSeq() {
    super(NAME, Ranges.UNSIGNED_32);
  }

  /**
   * The number; {@link Integer#MAX_VALUE} for any that doesn't fit JAIN's int, which {@link
   * #getSeqNumber} gives whole. First numbers are below 2**31 (RFC 3262 §3).
   */
  @Override
  public int getSequenceNumber() {
    return Ranges.clamp(number());
  }

  /** The number, whole. */
  public long getSeqNumber() {
    return number();
  }

  /**
   * Sets the number.
   *
   * @throws InvalidArgumentException if it's below 1
   */
  @Override
  public void setSequenceNumber(int number) throws InvalidArgumentException {
    setSeqNumber(number);
  }

  /**
   * Sets the number.
   *
   * @throws InvalidArgumentException if it's not 1 to 2**32-1
   */
  public void setSeqNumber(long number) throws InvalidArgumentException {
    number(Ranges.check(number, 1, Ranges.UNSIGNED_32, "RSeq number"));
  }
}
