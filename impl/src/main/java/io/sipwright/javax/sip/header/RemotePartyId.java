package io.sipwright.javax.sip.header;

import io.sipwright.header.RemotePartyIdHeader;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code Remote-Party-ID = "Remote-Party-ID" ":" [display-name] "<" addr-spec ">" *(";" rpi-token)}
 * (draft-ietf-sip-privacy-04 §5.1).
 *
 * <pre>
 * rpi-token    = rpi-screen | rpi-pty-type | rpi-id-type | rpi-privacy | other-rpi-token
 * rpi-screen   = "screen" "=" ("no" | "yes")
 * rpi-pty-type = "party" "=" ("calling" | "called" | token)
 * rpi-id-type  = "id-type" "=" ("subscriber" | "user" | "term" | token)
 * rpi-privacy  = "privacy" "=" 1#( ("full" | "name" | "uri" | "off" | token)
 *                                  ["-" ( "network" | token )] )
 * </pre>
 *
 * <p>A comma starts another value, so several privacies stand between quotes or in headers of their
 * own. Read without angle brackets too, then the parameters are the header's.
 */
public class RemotePartyId extends AddressHeader implements RemotePartyIdHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public RemotePartyId() {
    super(NAME);
  }

  @Override
  boolean isNameAddr() {
    return true;
  }

  @Override
  public @Nullable String getParty() {
    return parameters.get("party");
  }

  @Override
  public void setParty(String party) throws ParseException {
    setTokenParameter("party", party);
  }

  @Override
  public @Nullable String getScreen() {
    return parameters.get("screen");
  }

  @Override
  public void setScreen(String screen) throws ParseException {
    setTokenParameter("screen", screen);
  }

  @Override
  public @Nullable String getIdType() {
    return parameters.get("id-type");
  }

  @Override
  public void setIdType(String idType) throws ParseException {
    setTokenParameter("id-type", idType);
  }

  @Override
  public @Nullable String getPrivacy() {
    return parameters.get("privacy");
  }

  @Override
  public void setPrivacy(String privacy) throws ParseException {
    setTokenParameter("privacy", privacy);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    switch (Chars.lower(name)) {
      case "party", "screen", "id-type", "privacy" -> Checks.token(value, name);
      default -> {}
    }
  }
}
