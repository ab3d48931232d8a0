package io.sipwright.javax.sip.header;

import io.sipwright.header.PServedUserHeader;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code P-Served-User = "P-Served-User" HCOLON PServedUser-value *(SEMI served-user-param)} (RFC
 * 5502 §6).
 *
 * <pre>
 * PServedUser-value        = name-addr / addr-spec
 * served-user-param        = sessioncase-param / registration-state-param / generic-param
 * sessioncase-param        = "sescase" EQUAL "orig" / "term"
 * registration-state-param = "regstate" EQUAL "unreg" / "reg"
 * </pre>
 */
public class PServedUser extends AddressHeader implements PServedUserHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public PServedUser() {
    super(NAME);
  }

  @Override
  public @Nullable String getSessionCase() {
    return parameters.get("sescase");
  }

  @Override
  public void setSessionCase(String sessionCase) throws ParseException {
    setTokenParameter("sescase", sessionCase);
  }

  @Override
  public @Nullable String getRegistrationState() {
    return parameters.get("regstate");
  }

  @Override
  public void setRegistrationState(String registrationState) throws ParseException {
    setTokenParameter("regstate", registrationState);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    switch (Chars.lower(name)) {
      case "sescase", "regstate" -> Checks.token(value, name);
      default -> {}
    }
  }
}
