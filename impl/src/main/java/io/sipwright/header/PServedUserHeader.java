package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/** The user that a proxy serves with this request (RFC 5502 §6). */
public interface PServedUserHeader extends HeaderAddress, Parameters, Header {
  /** The name of the header. */
  String NAME = "P-Served-User";

  /** {@code orig} if the user calls, {@code term} if it is called; null if not said. */
  @Nullable String getSessionCase();

  /**
   * Sets the {@code sescase} parameter.
   *
   * @throws ParseException if it is no token
   */
  void setSessionCase(String sessionCase) throws ParseException;

  /** {@code reg} or {@code unreg}; null if not said. */
  @Nullable String getRegistrationState();

  /**
   * Sets the {@code regstate} parameter.
   *
   * @throws ParseException if it is no token
   */
  void setRegistrationState(String registrationState) throws ParseException;
}
