package io.sipwright.javax.sip.header;

import io.sipwright.header.PMediaAuthorizationHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code P-Media-Authorization = "P-Media-Authorization" HCOLON P-Media-Authorization-Token *(COMMA
 * P-Media-Authorization-Token)} with {@code P-Media-Authorization-Token = 1*HEXDIG} (RFC 3313 §5).
 */
public class PMediaAuthorization extends SipHeader
    implements PMediaAuthorizationHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  private String token = "";

  /** Without token yet. */
  public PMediaAuthorization() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    token = in.run(Chars.HEX, "hexadecimal digits");
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(token);
  }

  @Override
  public String getToken() {
    return token;
  }

  @Override
  public void setToken(String token) throws ParseException {
    this.token = Checks.all(token, Chars.HEX, "media authorization token", "hexadecimal digits");
  }

  /** Equal in the token, without regard to case. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PMediaAuthorization that && Chars.sameIgnoringCase(token, that.token);
  }

  @Override
  public int hashCode() {
    return Chars.lower(token).hashCode();
  }
}
