package io.sipwright.javax.sip.header;

import io.sipwright.header.AcceptContactHeader;

/**
 * {@code Accept-Contact = ("Accept-Contact" / "a") HCOLON ac-value *(COMMA ac-value)} (RFC 3841
 * §10).
 *
 * <pre>
 * ac-value       = "*" *(SEMI ac-params)
 * ac-params      = feature-param / req-param / explicit-param / generic-param
 * req-param      = "require"
 * explicit-param = "explicit"
 * </pre>
 */
public class AcceptContact extends FeaturesHeader implements AcceptContactHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without parameters yet. */
  public AcceptContact() {
    super(NAME);
  }

  @Override
  public boolean isRequired() {
    return parameters.has("require");
  }

  @Override
  public void setRequired(boolean required) {
    flag("require", required);
  }

  @Override
  public boolean isExplicit() {
    return parameters.has("explicit");
  }

  @Override
  public void setExplicit(boolean explicit) {
    flag("explicit", explicit);
  }
}
