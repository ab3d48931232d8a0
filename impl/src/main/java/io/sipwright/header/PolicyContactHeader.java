package io.sipwright.header;

import java.text.ParseException;
import javax.sip.address.URI;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/** A policy server that shall be asked about a session (RFC 6794 §4.4.5.2). */
public interface PolicyContactHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "Policy-Contact";

  /** The policy server, the object itself; null before it's set. */
  @Nullable URI getPolicyUri();

  /**
   * Sets it; the object is kept, not copied.
   *
   * @throws IllegalArgumentException if another vendor's URI has a text that is no URI
   */
  void setPolicyUri(URI policyUri);

  /** The host to ask in its place; null if not said. */
  @Nullable String getAlternativeUri();

  /**
   * Sets the {@code alt-uri} parameter.
   *
   * @throws ParseException if it is no host
   */
  void setAlternativeUri(String alternativeUri) throws ParseException;

  /** Whether the server is to be forgotten after this session. */
  boolean isNonCacheable();

  /** Says whether the server is to be forgotten after this session. */
  void setNonCacheable(boolean nonCacheable);
}
