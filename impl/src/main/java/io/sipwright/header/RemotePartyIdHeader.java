package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Who a party is, as a trusted network says; before P-Asserted-Identity (draft-ietf-sip-privacy-04
 * §5.1). Still sent by many exchanges and phones.
 */
public interface RemotePartyIdHeader extends HeaderAddress, Parameters, Header {
  /** The name of the header. */
  String NAME = "Remote-Party-ID";

  /** Which party this is: {@code calling}, {@code called} or another; null if not said. */
  @Nullable String getParty();

  /**
   * Sets the {@code party} parameter.
   *
   * @throws ParseException if it is no token
   */
  void setParty(String party) throws ParseException;

  /** Whether it was verified: {@code yes} or {@code no}; null if not said. */
  @Nullable String getScreen();

  /**
   * Sets the {@code screen} parameter.
   *
   * @throws ParseException if it is no token
   */
  void setScreen(String screen) throws ParseException;

  /**
   * What it identifies: {@code subscriber}, {@code user}, {@code term} or another; null if not
   * said.
   */
  @Nullable String getIdType();

  /**
   * Sets the {@code id-type} parameter.
   *
   * @throws ParseException if it is no token
   */
  void setIdType(String idType) throws ParseException;

  /**
   * What shall be hidden: {@code full}, {@code name}, {@code uri}, {@code off}, with {@code
   * -network} behind it for who wants the network to see to it; commas between several; null if not
   * said.
   */
  @Nullable String getPrivacy();

  /**
   * Sets the {@code privacy} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setPrivacy(String privacy) throws ParseException;
}
