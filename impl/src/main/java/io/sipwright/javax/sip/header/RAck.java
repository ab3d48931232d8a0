package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.header.RAckHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code RAck = "RAck" HCOLON response-num LWS CSeq-num LWS Method} (RFC 3262 §7.2).
 *
 * <p>The response number is below 2**32, the CSeq number below 2**31; the method is case-sensitive.
 */
public class RAck extends SipHeader implements RAckHeader {
  private static final long serialVersionUID = 1L;

  private long rseq;
  private int cseq;
  private String method = "";

  /** With the numbers 0 and no method yet. */
  public RAck() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    rseq = in.number(Ranges.UNSIGNED_32);
    lws(in);
    cseq = (int) in.number(Integer.MAX_VALUE);
    lws(in);
    method = in.token();
  }

  private static void lws(Scanner in) throws SyntaxException {
    int end = in.position();
    if (in.sws().position() == end) {
      throw in.error("expected white space");
    }
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(rseq).put(' ').put(cseq).put(' ').put(method);
  }

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public void setMethod(String method) throws ParseException {
    this.method = Checks.token(method, "RAck method");
  }

  @Override
  public int getCSeqNumber() {
    return cseq;
  }

  @Override
  public void setCSeqNumber(int cseq) throws InvalidArgumentException {
    this.cseq = (int) Ranges.check(cseq, 0, Integer.MAX_VALUE, "RAck CSeq number");
  }

  /**
   * The response's number; {@link Integer#MAX_VALUE} for any that doesn't fit JAIN's int, which
   * {@link #getRSequenceNumber} gives whole.
   */
  @Override
  public int getRSeqNumber() {
    return Ranges.clamp(rseq);
  }

  /** The response's number, whole. */
  public long getRSequenceNumber() {
    return rseq;
  }

  @Override
  public void setRSeqNumber(int rseq) throws InvalidArgumentException {
    setRSequenceNumber(rseq);
  }

  /**
   * Sets the response's number.
   *
   * @throws InvalidArgumentException if it's not 0 to 2**32-1
   */
  public void setRSequenceNumber(long rseq) throws InvalidArgumentException {
    this.rseq = Ranges.check(rseq, 0, Ranges.UNSIGNED_32, "RAck response number");
  }

  /** Equal in both numbers and the method, case included. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RAck that
        && rseq == that.rseq
        && cseq == that.cseq
        && method.equals(that.method);
  }

  @Override
  public int hashCode() {
    return (Long.hashCode(rseq) * 31 + cseq) * 31 + method.hashCode();
  }
}
