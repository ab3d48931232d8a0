package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/** {@code delta-seconds *(SEMI generic-param)}: seconds, 0 to 2**32-1, and parameters. */
public abstract class DeltaSecondsHeader extends ParametersHeader {
  private static final long serialVersionUID = 1L;

  private long seconds;

  /** A header of a name, with 0 seconds. */
  protected DeltaSecondsHeader(String name) {
    super(name);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    seconds = in.number(Ranges.UNSIGNED_32);
    parameters.parseMore(in, ';');
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(seconds);
    parameters.encode(out);
  }

  /** Seconds; {@link Integer#MAX_VALUE} for any from there to 2**32-1. */
  public int getExpires() {
    return Ranges.clamp(seconds);
  }

  /**
   * Sets the seconds.
   *
   * @throws InvalidArgumentException if it's below 0
   */
  public void setExpires(int seconds) throws InvalidArgumentException {
    this.seconds = Ranges.check(seconds, 0, Integer.MAX_VALUE, getName());
  }

  /** Equal in name, number and the set of parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeltaSecondsHeader that
        && getName().equals(that.getName())
        && seconds == that.seconds
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(seconds) * 31 + parameters.hashCode();
  }
}
