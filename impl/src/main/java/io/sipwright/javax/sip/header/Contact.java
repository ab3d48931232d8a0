package io.sipwright.javax.sip.header;

import io.sipwright.header.FeatureSet;
import io.sipwright.header.SipwrightContactHeader;
import io.sipwright.javax.sip.address.AddressModel;
import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.RawText;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * {@code Contact = ("Contact" / "m" ) HCOLON ( STAR / (contact-param *(COMMA contact-param)))} (RFC
 * 3261 §20.10).
 *
 * <pre>
 * contact-param  = (name-addr / addr-spec) *(SEMI contact-params)
 * contact-params = c-p-q / c-p-expires / contact-extension
 * c-p-q          = "q" EQUAL qvalue
 * c-p-expires    = "expires" EQUAL delta-seconds
 * contact-params =/ feature-param                   ; RFC 3840 §9
 * contact-params =/ c-p-reg / c-p-instance          ; RFC 5626 §10
 * c-p-reg        = "reg-id" EQUAL 1*DIGIT ; 1 to (2^31 - 1)
 * c-p-instance   = "+sip.instance" EQUAL DQUOTE "&lt;" instance-val "&gt;" DQUOTE
 * contact-params =/ temp-gruu / pub-gruu            ; RFC 5627 §7
 * temp-gruu      = "temp-gruu" EQUAL quoted-string
 * pub-gruu       = "pub-gruu" EQUAL quoted-string
 * </pre>
 *
 * <p>A {@code q}, {@code expires} or {@code reg-id} that a peer filled with nonsense counts as
 * absent.
 */
public class Contact extends AddressHeader implements SipwrightContactHeader {
  private static final long serialVersionUID = 1L;

  private static final String REG_ID = "reg-id";
  private static final String INSTANCE = "+sip.instance";

  /** Without address yet. */
  public Contact() {
    super(NAME);
  }

  /** The wildcard stands alone. */
  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    int from = in.position();
    super.parseValue(in, model);
    if (in.isStrict() && isWildCard()) {
      int end = in.position();
      boolean alone = !hasParameters() && in.sws().atEnd() && !isBehindComma(in, from);
      in.position(end);
      if (!alone) {
        in.beyondGrammar("'*' doesn't stand alone", from);
      }
    }
  }

  private static boolean isBehindComma(Scanner in, int from) {
    int p = RawText.trimEnd(in.array(), 0, from);
    return p > 0 && in.array()[p - 1] == ',';
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
  boolean mayBeWildcard() {
    return true;
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
  public FeatureSet getFeatures() {
    return FeatureSet.of(this);
  }

  @Override
  public void setFeature(String tag, String values) throws ParseException {
    Features.set(parameters, tag, values);
  }

  @Override
  public void removeFeature(String tag) {
    Features.remove(parameters, tag);
  }

  @Override
  public int getRegId() {
    long regId = numberParameter(REG_ID, Integer.MAX_VALUE);
    return regId == 0 ? -1 : (int) regId;
  }

  @Override
  public void setRegId(int regId) throws InvalidArgumentException {
    setNumberParameter(REG_ID, regId, 1, Integer.MAX_VALUE);
  }

  @Override
  public @Nullable String getInstanceId() {
    String instance = parameters.get(INSTANCE);
    return instance != null
            && instance.length() > 2
            && instance.startsWith("<")
            && instance.endsWith(">")
        ? instance.substring(1, instance.length() - 1)
        : null;
  }

  @Override
  public void setInstanceId(String urn) throws ParseException {
    Checks.all(urn, Chars.URIC, "instance id", "a URN");
    parameters.setQuoted(INSTANCE, '<' + urn + '>');
  }

  @Override
  public @Nullable URI getPublicGruu() {
    return uriParameter("pub-gruu");
  }

  @Override
  public void setPublicGruu(URI gruu) {
    setUriParameter("pub-gruu", gruu);
  }

  @Override
  public @Nullable URI getTemporaryGruu() {
    return uriParameter("temp-gruu");
  }

  @Override
  public void setTemporaryGruu(URI gruu) {
    setUriParameter("temp-gruu", gruu);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    switch (Chars.lower(name)) {
      case "q" -> checkQ(value);
      case "expires" -> checkNumber(name, value, Ranges.UNSIGNED_32);
      case REG_ID -> checkNumber(name, value, Integer.MAX_VALUE);
      default -> {}
    }
  }
}
