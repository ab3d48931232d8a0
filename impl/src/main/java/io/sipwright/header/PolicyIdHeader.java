package io.sipwright.header;

import java.text.ParseException;
import javax.sip.address.URI;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/** A policy server that a user agent has asked or will ask about a session (RFC 6794 §4.4.5.1). */
public interface PolicyIdHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "Policy-ID";

  /** The policy server, the object itself; null before it's set. */
  @Nullable URI getPolicyUri();

  /**
   * Sets it; the object is kept, not copied.
   *
   * @throws IllegalArgumentException if another vendor's URI has a text that is no URI
   */
  void setPolicyUri(URI policyUri);

  /** What the server gave to tell its answer again by; null if not said. */
  @Nullable String getToken();

  /**
   * Sets the {@code token} parameter.
   *
   * @throws ParseException if it is no token
   */
  void setToken(String token) throws ParseException;
}
