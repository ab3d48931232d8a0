package io.sipwright.header;

import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/** What was wrong with the location in a request (RFC 6442 §4.4). */
public interface GeolocationErrorHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "Geolocation-Error";

  /**
   * The error code: 100 if the location can't be processed, 200 to 202 if its use isn't permitted,
   * 300 if it can't be fetched, and others (RFC 6442 §8.6).
   */
  int getErrorCode();

  /**
   * Sets the error code.
   *
   * @throws InvalidArgumentException if it isn't 0 to 999
   */
  void setErrorCode(int errorCode) throws InvalidArgumentException;

  /** The text for people, the {@code code} parameter; null if there's none. */
  @Nullable String getText();

  /**
   * Sets the text for people.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setText(String text) throws ParseException;
}
