package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.header.CSeqHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code CSeq = "CSeq" HCOLON 1*DIGIT LWS Method} (RFC 3261 §20.16).
 *
 * <p>The number is below 2**31 (§8.1.1.5); the method is case-sensitive and kept as given.
 */
public class CSeq extends SipHeader implements CSeqHeader {
  private static final long serialVersionUID = 1L;

  private int number;
  private String method = "";

  /** With the number 0 and no method yet. */
  public CSeq() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    number = (int) in.number(Integer.MAX_VALUE);
    int end = in.position();
    if (in.sws().position() == end) {
      throw in.error("expected white space between number and method");
    }
    method = in.token();
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(number).put(' ').put(method);
  }

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public void setMethod(String method) throws ParseException {
    this.method = Checks.token(method, "CSeq method");
  }

  @Override
  @Deprecated
  public int getSequenceNumber() {
    return number;
  }

  @Override
  @Deprecated
  public void setSequenceNumber(int number) throws InvalidArgumentException {
    this.number = (int) Ranges.check(number, 0, Integer.MAX_VALUE, "CSeq number");
  }

  @Override
  public long getSeqNumber() {
    return number;
  }

  /**
   * Sets the number.
   *
   * @throws InvalidArgumentException if it's below 0 or not below 2**31 (RFC 3261 §8.1.1.5)
   */
  @Override
  public void setSeqNumber(long number) throws InvalidArgumentException {
    this.number = (int) Ranges.check(number, 0, Integer.MAX_VALUE, "CSeq number");
  }

  /** Equal in number and method, case included. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CSeqHeader that
        && number == that.getSeqNumber()
        && method.equals(that.getMethod());
  }

  @Override
  public int hashCode() {
    return number * 31 + method.hashCode();
  }
}
