package io.sipwright.javax.sip.header;

import io.sipwright.header.PChargingFunctionAddressesHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code P-Charging-Addresses = "P-Charging-Function-Addresses" HCOLON charge-addr-params *(COMMA
 * charge-addr-params)} (RFC 7315 §5.5).
 *
 * <pre>
 * charge-addr-params = charge-addr-param *(SEMI charge-addr-param)
 * charge-addr-param  = ccf / ecf / ccf-2 / ecf-2 / generic-param
 * </pre>
 *
 * <p>RFC 3455 §5.5 wrote a second address as a second {@code ccf} or {@code ecf}: those are read as
 * {@code ccf-2} and {@code ecf-2}.
 */
public class PChargingFunctionAddresses extends ParametersHeader
    implements PChargingFunctionAddressesHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without value yet. */
  public PChargingFunctionAddresses() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    parameters.parseSeparated(in, ';', PChargingFunctionAddresses::second);
  }

  private static String second(String name) {
    String lower = Chars.lower(name);
    return lower.equals("ccf") || lower.equals("ecf") ? name + "-2" : name;
  }

  @Override
  protected void encodeValue(ByteSink out) {
    parameters.encodeSeparated(out, ";");
  }

  @Override
  public @Nullable String getCcf() {
    return parameters.get("ccf");
  }

  @Override
  public void setCcf(String ccf) throws ParseException {
    parameters.set("ccf", Objects.requireNonNull(ccf, "ccf"));
  }

  @Override
  public @Nullable String getEcf() {
    return parameters.get("ecf");
  }

  @Override
  public void setEcf(String ecf) throws ParseException {
    parameters.set("ecf", Objects.requireNonNull(ecf, "ecf"));
  }

  @Override
  public @Nullable String getSecondCcf() {
    return parameters.get("ccf-2");
  }

  @Override
  public void setSecondCcf(String secondCcf) throws ParseException {
    parameters.set("ccf-2", Objects.requireNonNull(secondCcf, "ccf-2"));
  }

  @Override
  public @Nullable String getSecondEcf() {
    return parameters.get("ecf-2");
  }

  @Override
  public void setSecondEcf(String secondEcf) throws ParseException {
    parameters.set("ecf-2", Objects.requireNonNull(secondEcf, "ecf-2"));
  }

  /** Equal in the set of parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PChargingFunctionAddresses that && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return parameters.hashCode();
  }
}
