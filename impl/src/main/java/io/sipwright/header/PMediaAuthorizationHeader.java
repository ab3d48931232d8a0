package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;

/** A token by which a user agent gets its media through (RFC 3313 §5). */
public interface PMediaAuthorizationHeader extends Header {
  /** The name of the header. */
  String NAME = "P-Media-Authorization";

  /** The token: hexadecimal digits as they stand; {@code ""} before it's set. */
  String getToken();

  /**
   * Sets the token.
   *
   * @throws ParseException if it's empty or not all hexadecimal digits
   */
  void setToken(String token) throws ParseException;
}
