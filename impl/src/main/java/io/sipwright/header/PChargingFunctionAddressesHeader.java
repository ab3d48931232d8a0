package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/** Where charging information goes (RFC 7315 §4.5). Addresses are hosts or other words. */
public interface PChargingFunctionAddressesHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "P-Charging-Function-Addresses";

  /** The charging collection function; null if not said. */
  @Nullable String getCcf();

  /**
   * Sets the {@code ccf} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setCcf(String ccf) throws ParseException;

  /** The event charging function; null if not said. */
  @Nullable String getEcf();

  /**
   * Sets the {@code ecf} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setEcf(String ecf) throws ParseException;

  /** The collection function to use if the first fails; null if not said. */
  @Nullable String getSecondCcf();

  /**
   * Sets the {@code ccf-2} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setSecondCcf(String secondCcf) throws ParseException;

  /** The event charging function to use if the first fails; null if not said. */
  @Nullable String getSecondEcf();

  /**
   * Sets the {@code ecf-2} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setSecondEcf(String secondEcf) throws ParseException;
}
