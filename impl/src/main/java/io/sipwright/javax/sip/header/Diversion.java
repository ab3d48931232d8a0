package io.sipwright.javax.sip.header;

import io.sipwright.header.DiversionHeader;
import io.sipwright.syntax.Chars;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * {@code Diversion = "Diversion" ":" 1# (name-addr *( ";" diversion_params ))} (RFC 5806 §4).
 *
 * <pre>
 * diversion-params  = diversion-reason | diversion-counter | diversion-limit | diversion-privacy
 *                     | diversion-screen | diversion-extension
 * diversion-reason  = "reason" "=" ( "user-busy" | … | token | quoted-string )
 * diversion-counter = "counter" "=" 1*2DIGIT
 * diversion-limit   = "limit" "=" 1*2DIGIT
 * diversion-privacy = "privacy" "=" ( "full" | "name" | "uri" | "off" | token | quoted-string )
 * diversion-screen  = "screen" "=" ( "yes" | "no" | token | quoted-string )
 * </pre>
 *
 * <p>Read without angle brackets too, then the parameters are the header's.
 */
public class Diversion extends AddressHeader implements DiversionHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  private static final int MOST = 99;

  /** Without address yet. */
  public Diversion() {
    super(NAME);
  }

  @Override
  boolean isNameAddr() {
    return true;
  }

  @Override
  public @Nullable String getReason() {
    return parameters.get("reason");
  }

  @Override
  public void setReason(String reason) throws ParseException {
    parameters.set("reason", Objects.requireNonNull(reason, "reason"));
  }

  @Override
  public int getCounter() {
    return (int) numberParameter("counter", MOST);
  }

  @Override
  public void setCounter(int counter) throws InvalidArgumentException {
    setNumberParameter("counter", counter, 0, MOST);
  }

  @Override
  public int getLimit() {
    return (int) numberParameter("limit", MOST);
  }

  @Override
  public void setLimit(int limit) throws InvalidArgumentException {
    setNumberParameter("limit", limit, 0, MOST);
  }

  @Override
  public @Nullable String getPrivacy() {
    return parameters.get("privacy");
  }

  @Override
  public void setPrivacy(String privacy) throws ParseException {
    parameters.set("privacy", Objects.requireNonNull(privacy, "privacy"));
  }

  @Override
  public @Nullable String getScreen() {
    return parameters.get("screen");
  }

  @Override
  public void setScreen(String screen) throws ParseException {
    parameters.set("screen", Objects.requireNonNull(screen, "screen"));
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    switch (Chars.lower(name)) {
      case "counter", "limit" -> checkNumber(name, value, MOST);
      default -> {}
    }
  }
}
