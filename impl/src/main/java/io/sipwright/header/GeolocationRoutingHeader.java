package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;

/** Whether the location may be used to route the request (RFC 6442 §4.2). */
public interface GeolocationRoutingHeader extends Header {
  /** The name of the header. */
  String NAME = "Geolocation-Routing";

  /** Routing may use it. */
  String YES = "yes";

  /** Routing may not use it. */
  String NO = "no";

  /** {@code yes}, {@code no}, or what another document defines; {@code ""} before it's set. */
  String getRouting();

  /**
   * Sets it.
   *
   * @throws ParseException if it's no token, with or without {@code =} and a value behind it
   */
  void setRouting(String routing) throws ParseException;

  /** Whether it's {@code yes}: anything else doesn't allow it (RFC 6442 §4.2). */
  boolean isAllowed();
}
