package io.sipwright.javax.sip.header;

import java.text.ParseException;
import java.util.Objects;
import javax.sip.address.URI;
import javax.sip.header.WWWAuthenticateHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code challenge = ("Digest" LWS digest-cln *(COMMA digest-cln)) / other-challenge} with {@code
 * digest-cln = realm / domain / nonce / opaque / stale / algorithm / qop-options / auth-param} (RFC
 * 3261 §25.1): what a server asks for.
 */
public abstract class Challenge extends AuthSchemeHeader implements WWWAuthenticateHeader {
  private static final long serialVersionUID = 1L;

  /** A header of a name, of scheme Digest and without parameters. */
  protected Challenge(String name) {
    super(name);
  }

  @Override
  boolean quotesQop() {
    return true;
  }

  /** The URIs, separated by spaces, that the challenge is good for; null if there's none. */
  @Override
  public @Nullable String getDomain() {
    return parameters.get("domain");
  }

  @Override
  public void setDomain(String domain) throws ParseException {
    setValue("domain", domain);
  }

  /** Whether only the nonce was too old: {@code stale} is there and {@code true}. */
  @Override
  public boolean isStale() {
    return "true".equalsIgnoreCase(parameters.get("stale"));
  }

  @Override
  public void setStale(boolean stale) {
    try {
      setParameter("stale", Boolean.toString(stale));
    } catch (ParseException e) {
      throw new AssertionError(e); // a token
    }
  }

  /** Always null: a challenge has no URI. */
  @Override
  public @Nullable URI getURI() {
    return null;
  }

  /** Does nothing: a challenge has no URI. */
  @Override
  public void setURI(URI uri) {
    Objects.requireNonNull(uri, "URI");
  }
}
