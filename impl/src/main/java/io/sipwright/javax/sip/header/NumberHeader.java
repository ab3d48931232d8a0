package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/** A header whose value is {@code 1*DIGIT}: one number from 0 to a bound. */
public abstract class NumberHeader extends SipHeader {
  private static final long serialVersionUID = 1L;

  private final long max;
  private long number;

  /** A header of a name, with the value 0. */
  protected NumberHeader(String name, long max) {
    super(name);
    this.max = max;
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    number = in.number(max);
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(number);
  }

  /** The number, 0 to the bound. */
  protected final long number() {
    return number;
  }

  /**
   * Sets the number.
   *
   * @throws InvalidArgumentException if it's below 0 or over the bound
   */
  protected final void number(long number) throws InvalidArgumentException {
    this.number = Ranges.check(number, 0, max, getName());
  }

  /** Equal in name and number. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NumberHeader that
        && getName().equalsIgnoreCase(that.getName())
        && number == that.number;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }
}
