package io.sipwright.javax.sip.header;

import io.sipwright.header.SessionExpiresHeader;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code Session-Expires = ("Session-Expires" / "x") HCOLON delta-seconds *(SEMI se-params)} with
 * {@code se-params = refresher-param / generic-param} and {@code refresher-param = "refresher"
 * EQUAL ("uas" / "uac")} (RFC 4028 §4).
 *
 * <p>A refresher that a peer filled with another word counts as absent.
 */
public class SessionExpires extends DeltaSecondsHeader
    implements SessionExpiresHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** With 0 seconds. */
  public SessionExpires() {
    super(NAME);
  }

  @Override
  public @Nullable String getRefresher() {
    String refresher = parameters.get("refresher");
    return refresher == null ? null : known(refresher);
  }

  private static @Nullable String known(String refresher) {
    String word = Chars.lower(refresher);
    return word.equals(UAC) ? UAC : word.equals(UAS) ? UAS : null;
  }

  @Override
  public void setRefresher(String refresher) throws ParseException {
    checkParameter("refresher", refresher);
    setTokenParameter("refresher", Chars.lower(refresher));
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    if (Chars.sameIgnoringCase(name, "refresher") && known(value) == null) {
      throw new SyntaxException(
          "refresher '" + Checks.visible(value) + "' is neither uac nor uas", 0);
    }
  }
}
