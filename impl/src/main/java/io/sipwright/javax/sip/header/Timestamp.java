package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.math.BigDecimal;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.InvalidArgumentException;
import javax.sip.header.TimeStampHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Timestamp = "Timestamp" HCOLON 1*(DIGIT) [ "." *(DIGIT) ] [ LWS delay ]} with {@code delay
 * = *(DIGIT) [ "." *(DIGIT) ]} (RFC 3261 §20.38).
 *
 * <p>Both numbers are kept as text: the sender gets back what it wrote, however many digits.
 */
public class Timestamp extends SipHeader implements TimeStampHeader {
  private static final long serialVersionUID = 1L;

  /** More than any float needs. */
  private static final int MAX_LENGTH = 64;

  private String time = "0";
  private @Nullable String delay;

  /** With the time 0 and no delay. */
  public Timestamp() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    if (!in.at(Chars.DIGIT)) {
      throw in.error("expected a number");
    }
    time = decimal(in);
    int end = in.position();
    if (in.sws().position() > end) {
      String read = decimal(in);
      delay = read.isEmpty() ? null : read;
    }
  }

  /** {@code *(DIGIT) [ "." *(DIGIT) ]}. */
  private static String decimal(Scanner in) throws SyntaxException {
    int from = in.position();
    in.skip(Chars.DIGIT);
    if (in.accept('.')) {
      in.skip(Chars.DIGIT);
    }
    if (in.position() - from > MAX_LENGTH) {
      in.position(from);
      throw in.error("number of more than " + MAX_LENGTH + " characters");
    }
    return in.text(from, in.position());
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(time);
    if (delay != null) {
      out.put(' ').put(delay);
    }
  }

  /** The time as far as a float can tell; {@link #getTime} has more digits. */
  @Override
  @Deprecated
  public float getTimeStamp() {
    return value(time).floatValue();
  }

  @Override
  @Deprecated
  public void setTimeStamp(float timeStamp) throws InvalidArgumentException {
    time = text(timeStamp, "Timestamp");
  }

  /** The time without its fraction; {@link Long#MAX_VALUE} for any that doesn't fit. */
  @Override
  public long getTime() {
    return value(time).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
  }

  @Override
  public void setTime(long timeStamp) throws InvalidArgumentException {
    time = Long.toString(Ranges.check(timeStamp, 0, Long.MAX_VALUE, "Timestamp"));
  }

  /** The delay, or -1 where there's none. */
  @Override
  @Deprecated
  public float getDelay() {
    return delay == null ? -1 : value(delay).floatValue();
  }

  /** Sets the delay; -1 takes it away. */
  @Override
  @Deprecated
  public void setDelay(float delay) throws InvalidArgumentException {
    this.delay = delay == -1 ? null : text(delay, "delay");
  }

  /** The delay without its fraction, or -1 where there's none. */
  @Override
  public int getTimeDelay() {
    return delay == null ? -1 : value(delay).min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
  }

  /** Sets the delay; -1 takes it away. */
  @Override
  public void setTimeDelay(int delay) throws InvalidArgumentException {
    this.delay =
        delay == -1 ? null : Long.toString(Ranges.check(delay, 0, Integer.MAX_VALUE, "delay"));
  }

  /** Whether there's a delay. */
  public boolean hasDelay() {
    return delay != null;
  }

  private static BigDecimal value(String decimal) {
    return decimal.equals(".") ? BigDecimal.ZERO : new BigDecimal(decimal);
  }

  private static String text(float value, String what) throws InvalidArgumentException {
    if (!(value >= 0) || Float.isInfinite(value)) {
      throw new InvalidArgumentException(what + " " + value + " is not a number from 0 up");
    }
    BigDecimal exact = new BigDecimal(Float.toString(value)); // no exponent on the wire
    return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
  }

  /** Equal in the numbers, however many zeros stand at their ends. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Timestamp that
        && bare(time).equals(bare(that.time))
        && Objects.equals(bareDelay(), that.bareDelay());
  }

  @Override
  public int hashCode() {
    return bare(time).hashCode() * 31 + Objects.hashCode(bareDelay());
  }

  private @Nullable BigDecimal bareDelay() {
    return delay == null ? null : bare(delay);
  }

  private static BigDecimal bare(String decimal) {
    return value(decimal).stripTrailingZeros();
  }
}
