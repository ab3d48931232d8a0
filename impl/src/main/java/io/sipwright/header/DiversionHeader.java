package io.sipwright.header;

import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * A user that the call was diverted from, and why; the last diversion stands first (RFC 5806 §4).
 */
public interface DiversionHeader extends HeaderAddress, Parameters, Header {
  /** The name of the header. */
  String NAME = "Diversion";

  /** Every call is diverted. */
  String UNCONDITIONAL = "unconditional";

  /** The user was busy. */
  String USER_BUSY = "user-busy";

  /** Nobody answered. */
  String NO_ANSWER = "no-answer";

  /** The user deflected this call. */
  String DEFLECTION = "deflection";

  /** Why: {@code user-busy}, {@code unconditional} or another; null if not said. */
  @Nullable String getReason();

  /**
   * Sets the {@code reason} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setReason(String reason) throws ParseException;

  /** How many diversions this entry stands for, 0 to 99; -1 if it's absent or no such number. */
  int getCounter();

  /**
   * Sets the {@code counter} parameter.
   *
   * @throws InvalidArgumentException if it isn't 0 to 99
   */
  void setCounter(int counter) throws InvalidArgumentException;

  /** How many diversions are allowed, 0 to 99; -1 if it's absent or no such number. */
  int getLimit();

  /**
   * Sets the {@code limit} parameter.
   *
   * @throws InvalidArgumentException if it isn't 0 to 99
   */
  void setLimit(int limit) throws InvalidArgumentException;

  /**
   * What shall be hidden: {@code full}, {@code name}, {@code uri}, {@code off} or another; null if
   * not said.
   */
  @Nullable String getPrivacy();

  /**
   * Sets the {@code privacy} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setPrivacy(String privacy) throws ParseException;

  /**
   * Whether the diverting user was verified: {@code yes}, {@code no} or another; null if not said.
   */
  @Nullable String getScreen();

  /**
   * Sets the {@code screen} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setScreen(String screen) throws ParseException;
}
