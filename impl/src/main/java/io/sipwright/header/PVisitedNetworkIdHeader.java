package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;
import javax.sip.header.Parameters;

/** A network that the user registers through (RFC 7315 §4.3). */
public interface PVisitedNetworkIdHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "P-Visited-Network-ID";

  /** The network's name, without quotes; {@code ""} before it's set. */
  String getNetworkId();

  /**
   * Sets the network's name.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setNetworkId(String networkId) throws ParseException;
}
