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

  /** Whether the network said this, not the user agent. */
  boolean isNetworkProvided();

  /** Says whether the network says this. */
  void setNetworkProvided(boolean networkProvided);
}
