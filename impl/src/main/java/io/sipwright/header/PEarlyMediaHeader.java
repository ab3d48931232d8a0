package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;

/** What a network says of early media, one parameter (RFC 5009 §8). An empty header is allowed. */
public interface PEarlyMediaHeader extends Header {
  /** The name of the header. */
  String NAME = "P-Early-Media";

  /** Both directions are authorized. */
  String SENDRECV = "sendrecv";

  /** Towards the sender of the header is not authorized. */
  String SENDONLY = "sendonly";

  /** From the sender of the header is not authorized. */
  String RECVONLY = "recvonly";

  /** Neither direction is authorized. */
  String INACTIVE = "inactive";

  /** Media is cut off where it is not authorized. */
  String GATED = "gated";

  /** The sender knows this header. */
  String SUPPORTED = "supported";

  /** The parameter as it stands; {@code ""} if there's none. */
  String getEarlyMedia();

  /**
   * Sets the parameter, or several with commas between them.
   *
   * @throws ParseException if one is no token
   */
  void setEarlyMedia(String parameter) throws ParseException;
}
