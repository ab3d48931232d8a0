package io.sipwright.javax.sip.header;

import io.sipwright.header.IdentityInfoHeader;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import java.text.ParseException;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * {@code Identity-Info = "Identity-Info" HCOLON ident-info *( SEMI ident-info-params )} with {@code
 * ident-info = LAQUOT absoluteURI RAQUOT} and {@code ident-info-alg = "alg" EQUAL token} (RFC 4474
 * §9).
 */
public class IdentityInfo extends UriHeader implements IdentityInfoHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without URI yet. */
  public IdentityInfo() {
    super(NAME);
  }

  @Override
  public @Nullable URI getInfo() {
    return uri();
  }

  @Override
  public void setInfo(URI info) {
    uri(info);
  }

  @Override
  public @Nullable String getAlgorithm() {
    return parameters.get("alg");
  }

  @Override
  public void setAlgorithm(String algorithm) throws ParseException {
    setTokenParameter("alg", algorithm);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    switch (Chars.lower(name)) {
      case "alg" -> Checks.token(value, name);
      default -> {}
    }
  }
}
