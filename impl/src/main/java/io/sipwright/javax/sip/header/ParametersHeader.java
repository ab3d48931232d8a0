package io.sipwright.javax.sip.header;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Parameters;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Iterator;
import java.util.Objects;
import javax.sip.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/** A header with {@code ;name=value} parameters behind its value. */
public abstract class ParametersHeader extends SipHeader implements javax.sip.header.Parameters {
  private static final long serialVersionUID = 1L;

  /** {@code 0.}, and three digits. */
  private static final int LONGEST_Q = 5;

  /** The parameters, in order. */
  protected Parameters parameters = new Parameters();

  /** A header of a name, in its canonical spelling. */
  protected ParametersHeader(String name) {
    super(name);
  }

  /** The value; {@code ""} for a parameter without value, null where it's absent. */
  @Override
  public @Nullable String getParameter(String name) {
    return parameters.get(Objects.requireNonNull(name, "parameter name"));
  }

  /** Sets or replaces; null or {@code ""} as value makes a parameter without value. */
  @Override
  public void setParameter(String name, @Nullable String value) throws ParseException {
    checkParameter(Objects.requireNonNull(name, "parameter name"), value == null ? "" : value);
    parameters.set(name, value);
  }

  @Override
  public Iterator<String> getParameterNames() {
    return parameters.iterator();
  }

  @Override
  public void removeParameter(String name) {
    parameters.remove(Objects.requireNonNull(name, "parameter name"));
  }

  /** Whether there are any. */
  public boolean hasParameters() {
    return !parameters.isEmpty();
  }

  /**
   * Called before a parameter is set by its name: headers refuse here what their grammar doesn't
   * allow for the parameters they know. This one refuses nothing.
   *
   * @param value {@code ""} for none
   */
  protected void checkParameter(String name, String value) throws ParseException {}

  /** Off the wire as from a program, a parameter that the grammar knows has the value it gives. */
  @Override
  void checkStrictly() throws ParseException {
    parameters.forEach((name, value, quoted) -> checkParameter(name, value));
  }

  /**
   * Sets a parameter whose value must be a token.
   *
   * @throws ParseException if it's none
   */
  protected final void setTokenParameter(String name, String value) throws ParseException {
    parameters.set(name, Checks.token(value, name));
  }

  /** Makes a parameter without value stand there, or takes it away. */
  protected final void flag(String name, boolean present) {
    if (!present) {
      parameters.remove(name);
      return;
    }
    try {
      parameters.set(name, null);
    } catch (ParseException e) {
      throw new AssertionError(e); // our own names are tokens
    }
  }

  /**
   * The value of a parameter that should be {@code 1*DIGIT}, or -1 where it's absent, no number, or
   * over {@code max}: what peers put there doesn't make the header unreadable.
   */
  protected final long numberParameter(String name, long max) {
    String value = parameters.get(name);
    if (value == null || !Chars.all(value, Chars.DIGIT)) {
      return -1;
    }
    long n = 0;
    for (int i = 0; i < value.length(); i++) {
      n = n * 10 + (value.charAt(i) - '0');
      if (n > max) {
        return -1;
      }
    }
    return n;
  }

  /**
   * Sets a parameter to a number.
   *
   * @throws InvalidArgumentException if it's below {@code min} or over {@code max}
   */
  protected final void setNumberParameter(String name, long number, long min, long max)
      throws InvalidArgumentException {
    Ranges.check(number, min, max, getName() + " parameter " + name);
    try {
      parameters.set(name, Long.toString(number));
    } catch (ParseException e) {
      throw new AssertionError(e); // digits are a token
    }
  }

  /**
   * Refuses what is not {@code 1*DIGIT} up to {@code max}.
   *
   * @throws ParseException with the offset within the value
   */
  protected static void checkNumber(String name, String value, long max) throws ParseException {
    Scanner in = new Scanner(value);
    in.number(max);
    if (!in.atEnd()) {
      throw in.error("parameter " + name + " is not a number, unexpected text");
    }
  }

  /**
   * The {@code q} parameter, 0 to 1, or -1 where it's absent or no {@code qvalue = ( "0" [ "."
   * 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] )} (RFC 3261 §25.1); further decimals are read too.
   */
  protected final float qParameter() {
    String value = parameters.get("q");
    return value != null && isQValue(value) ? Float.parseFloat(value) : -1;
  }

  /**
   * Sets the {@code q} parameter, with at most three decimals.
   *
   * @param q 0 to 1, or -1 to take it away
   * @throws InvalidArgumentException if it's anything else
   */
  protected final void setQParameter(float q) throws InvalidArgumentException {
    if (q == -1) {
      parameters.remove("q");
      return;
    }
    if (!(q >= 0 && q <= 1)) {
      throw new InvalidArgumentException(getName() + " q value " + q + " is not -1 or 0 to 1");
    }
    try {
      parameters.set("q", qText(Math.round(q * 1000)));
    } catch (ParseException e) {
      throw new AssertionError(e); // digits and a point are a token
    }
  }

  private static String qText(int thousandths) {
    if (thousandths % 1000 == 0) {
      return thousandths == 0 ? "0" : "1";
    }
    String digits = Integer.toString(1000 + thousandths);
    int end = 4;
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    return "0." + digits.substring(1, end);
  }

  /**
   * Refuses what is no {@code qvalue}.
   *
   * @throws ParseException if it's none
   */
  protected static void checkQ(String value) throws ParseException {
    if (!isQValue(value) || value.length() > LONGEST_Q) {
      throw new SyntaxException(
          "q value '" + Checks.visible(value) + "' is not 0 to 1 in digits", 0);
    }
  }

  private static boolean isQValue(String value) {
    int length = value.length();
    char first = length == 0 ? ' ' : value.charAt(0);
    if ((first != '0' && first != '1') || (length > 1 && value.charAt(1) != '.')) {
      return false;
    }
    for (int i = 2; i < length; i++) {
      char c = value.charAt(i);
      if (first == '0' ? !Chars.is(c, Chars.DIGIT) : c != '0') {
        return false;
      }
    }
    return true;
  }

  @Override
  void reset() {
    parameters.clear();
  }

  @Override
  public ParametersHeader clone() {
    ParametersHeader h = (ParametersHeader) super.clone();
    h.parameters = parameters.clone();
    return h;
  }
}
