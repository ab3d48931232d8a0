package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;

/** The service that a user agent wants a request to belong to (RFC 6050 §4.2). */
public interface PPreferredServiceHeader extends Header {
  /** The name of the header. */
  String NAME = "P-Preferred-Service";

  /** The service, as {@code urn:urn-7:3gpp-service.ims.icsi.mmtel}; {@code ""} before it's set. */
  String getServiceId();

  /**
   * Sets the service.
   *
   * @throws ParseException if it isn't {@code urn:urn-7:} and labels with dots between (RFC 6050
   *     §4.4)
   */
  void setServiceId(String serviceId) throws ParseException;
}
