package io.sipwright.javax.sip.header;

import io.sipwright.javax.sip.address.AddressModel;
import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.header.ContactHeader;

/**
 * {@code Contact = ("Contact" / "m" ) HCOLON ( STAR / (contact-param *(COMMA contact-param)))} (RFC
 * 3261 §20.10).
 *
 * <pre>
 * contact-param  = (name-addr / addr-spec) *(SEMI contact-params)
 * contact-params = c-p-q / c-p-expires / contact-extension
 * c-p-q          = "q" EQUAL qvalue
 * c-p-expires    = "expires" EQUAL delta-seconds
 * </pre>
 *
 * <p>A {@code q} or {@code expires} that a peer filled with nonsense counts as absent.
 */
public class Contact extends AddressHeader implements ContactHeader {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public Contact() {
    super(NAME);
  }

  /**
   * The {@code expires} parameter in seconds, {@link Integer#MAX_VALUE} for any from there to
   * 2**32-1; -1 where it's absent or no such number. The wildcard, which takes all bindings away,
   * has 0.
   */
  @Override
  public int getExpires() {
    return isWildCard() ? 0 : Ranges.clamp(numberParameter("expires", Ranges.UNSIGNED_32));
  }

  /**
   * Sets the {@code expires} parameter.
   *
   * @param expires seconds; 0 asks for the binding to be removed
   * @throws InvalidArgumentException if it's below 0; take it away with {@code
   *     removeParameter("expires")}
   */
  @Override
  public void setExpires(int expires) throws InvalidArgumentException {
    setNumberParameter("expires", expires, 0, Integer.MAX_VALUE);
  }

  /** The preference, 0 to 1, or -1 where it's absent or no such number. */
  @Override
  public float getQValue() {
    return qParameter();
  }

  /**
   * Sets the preference; it's written with at most three decimals.
   *
   * @param qValue 0 to 1, or -1 to take it away
   * @throws InvalidArgumentException if it's anything else
   */
  @Override
  public void setQValue(float qValue) throws InvalidArgumentException {
    setQParameter(qValue);
  }

  /** Makes it {@code *}, without parameters. */
  @Override
  public void setWildCard() {
    try {
      setAddress(NameAddress.parse(new Scanner("*"), new AddressModel()));
    } catch (SyntaxException e) {
      throw new AssertionError(e); // the wildcard is an address
    }
    parameters.clear();
  }

  @Override
  public boolean isWildCard() {
    return getAddress().isWildcard();
  }

  /** As {@link #isWildCard()}: programs written for JAIN SIP know it by this name too. */
  public boolean getWildCard() {
    return isWildCard();
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    switch (Chars.lower(name)) {
      case "q" -> checkQ(value);
      case "expires" -> checkNumber(name, value, Ranges.UNSIGNED_32);
      default -> {}
    }
  }
}
