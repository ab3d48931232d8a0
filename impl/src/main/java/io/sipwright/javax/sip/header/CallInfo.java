package io.sipwright.javax.sip.header;

import java.text.ParseException;
import javax.sip.address.URI;
import javax.sip.header.CallInfoHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Call-Info = "Call-Info" HCOLON info *(COMMA info)} (RFC 3261 §20.9).
 *
 * <pre>
 * info       = LAQUOT absoluteURI RAQUOT *( SEMI info-param)
 * info-param = ( "purpose" EQUAL ( "icon" / "info" / "card" / token ) ) / generic-param
 * </pre>
 */
public class CallInfo extends UriHeader implements CallInfoHeader {
  private static final long serialVersionUID = 1L;

  /** Without URI yet. */
  public CallInfo() {
    super(NAME);
  }

  /** The URI itself, not a copy; null before it's set. */
  @Override
  public @Nullable URI getInfo() {
    return uri();
  }

  /**
   * Sets the URI.
   *
   * @throws IllegalArgumentException if another vendor's URI has a text that is no URI
   */
  @Override
  public void setInfo(URI info) {
    uri(info);
  }

  /** What the URI is for: {@code icon}, {@code info}, {@code card} or another; null if not said. */
  @Override
  public @Nullable String getPurpose() {
    return parameters.get("purpose");
  }

  /**
   * Sets what the URI is for.
   *
   * @throws ParseException if it's no token
   */
  @Override
  public void setPurpose(String purpose) throws ParseException {
    setTokenParameter("purpose", purpose);
  }
}
