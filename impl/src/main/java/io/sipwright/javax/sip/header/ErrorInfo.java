package io.sipwright.javax.sip.header;

import java.text.ParseException;
import java.util.Objects;
import javax.sip.address.URI;
import javax.sip.header.ErrorInfoHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Error-Info = "Error-Info" HCOLON error-uri *(COMMA error-uri)} with {@code error-uri =
 * LAQUOT absoluteURI RAQUOT *( SEMI generic-param )} (RFC 3261 §20.18). The error message of JAIN
 * SIP is the parameter {@code message}, between quotes.
 */
public class ErrorInfo extends UriHeader implements ErrorInfoHeader {
  private static final long serialVersionUID = 1L;

  /** Without URI yet. */
  public ErrorInfo() {
    super(NAME);
  }

  /** The URI itself, not a copy; null before it's set. */
  @Override
  public @Nullable URI getErrorInfo() {
    return uri();
  }

  /**
   * Sets the URI.
   *
   * @throws IllegalArgumentException if another vendor's URI has a text that is no URI
   */
  @Override
  public void setErrorInfo(URI errorInfo) {
    uri(errorInfo);
  }

  /** The message, without quotes; null if there's none. */
  @Override
  public @Nullable String getErrorMessage() {
    return parameters.get("message");
  }

  /**
   * Sets the message.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  @Override
  public void setErrorMessage(String message) throws ParseException {
    parameters.setQuoted("message", Objects.requireNonNull(message, "error message"));
  }
}
