package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/** The access network of a user agent, as it or the network says (RFC 7315 §4.4). */
public interface PAccessNetworkInfoHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "P-Access-Network-Info";

  /** The kind of network: {@code 3GPP-E-UTRAN-FDD}, {@code IEEE-802.11}, {@code ADSL} and so on. */
  String getAccessType();

  /**
   * Sets the kind of network.
   *
   * @throws ParseException if it's no token
   */
  void setAccessType(String accessType) throws ParseException;

  /** The cell of a GERAN; null if not said. */
  @Nullable String getCgi3gpp();

  /**
   * Sets the {@code cgi-3gpp} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setCgi3gpp(String cgi3gpp) throws ParseException;

  /** The cell of a UTRAN or E-UTRAN; null if not said. */
  @Nullable String getUtranCellId3gpp();

  /**
   * Sets the {@code utran-cell-id-3gpp} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setUtranCellId3gpp(String utranCellId3gpp) throws ParseException;

  /** The WLAN access point; null if not said. */
  @Nullable String getWlanNodeId();

  /**
   * Sets the {@code i-wlan-node-id} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setWlanNodeId(String wlanNodeId) throws ParseException;

  /** The line of a DSL network; null if not said. */
  @Nullable String getDslLocation();

  /**
   * Sets the {@code dsl-location} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setDslLocation(String dslLocation) throws ParseException;

  /** The line of an Ethernet; null if not said. */
  @Nullable String getEthernetLocation();

  /**
   * Sets the {@code eth-location} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setEthernetLocation(String ethernetLocation) throws ParseException;

  /** The line of a passive optical network; null if not said. */
  @Nullable String getFiberLocation();

  /**
   * Sets the {@code fiber-location} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setFiberLocation(String fiberLocation) throws ParseException;

  /** The cell of a 3GPP2 network; null if not said. */
  @Nullable String getCi3gpp2();

  /**
   * Sets the {@code ci-3gpp2} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setCi3gpp2(String ci3gpp2) throws ParseException;

  /** The femtocell of a 3GPP2 network; null if not said. */
  @Nullable String getCi3gpp2Femto();

  /**
   * Sets the {@code ci-3gpp2-femto} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setCi3gpp2Femto(String ci3gpp2Femto) throws ParseException;

  /** The line of a telephone network; null if not said. */
  @Nullable String getGstnLocation();

  /**
   * Sets the {@code gstn-location} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setGstnLocation(String gstnLocation) throws ParseException;

  /** The satellite gateway; null if not said. */
  @Nullable String getDvbRcs2NodeId();

  /**
   * Sets the {@code dvb-rcs2-node-id} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setDvbRcs2NodeId(String dvbRcs2NodeId) throws ParseException;

  /** The time zone there; null if not said. */
  @Nullable String getLocalTimeZone();

  /**
   * Sets the {@code local-time-zone} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setLocalTimeZone(String localTimeZone) throws ParseException;

  /** Whether the network said this, not the user agent. */
  boolean isNetworkProvided();

  /** Says whether the network says this. */
  void setNetworkProvided(boolean networkProvided);
}
