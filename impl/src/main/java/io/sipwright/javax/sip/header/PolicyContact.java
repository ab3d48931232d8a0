package io.sipwright.javax.sip.header;

import io.sipwright.header.PolicyContactHeader;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import java.text.ParseException;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * {@code Policy-Contact = "Policy-Contact" HCOLON policyContact-info *(COMMA policyContact-info)}
 * (RFC 6794 §4.4.5.2).
 *
 * <pre>
 * policyContact-info    = LAQUOT policyContact-uri RAQUOT *( SEMI policyContact-param )
 * policyContact-param   = ( "non-cacheable" / policyContact-alt-uri / generic-param )
 * policyContact-alt-uri = "alt-uri" EQUAL hostname
 * </pre>
 */
public class PolicyContact extends UriHeader implements PolicyContactHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without URI yet. */
  public PolicyContact() {
    super(NAME);
  }

  @Override
  public @Nullable URI getPolicyUri() {
    return uri();
  }

  @Override
  public void setPolicyUri(URI policyUri) {
    uri(policyUri);
  }

  @Override
  public @Nullable String getAlternativeUri() {
    return parameters.get("alt-uri");
  }

  @Override
  public void setAlternativeUri(String alternativeUri) throws ParseException {
    parameters.set("alt-uri", Checks.host(alternativeUri, "alt-uri"));
  }

  @Override
  public boolean isNonCacheable() {
    return parameters.has("non-cacheable");
  }

  @Override
  public void setNonCacheable(boolean nonCacheable) {
    flag("non-cacheable", nonCacheable);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    switch (Chars.lower(name)) {
      case "alt-uri" -> Checks.host(value, name);
      default -> {}
    }
  }
}
