package io.sipwright.header;

import java.text.ParseException;
import javax.sip.address.URI;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/** Where the certificate behind an Identity header is (RFC 4474 §9; RFC 8224 puts it there). */
public interface IdentityInfoHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "Identity-Info";

  /** Where the certificate is, the object itself; null before it's set. */
  @Nullable URI getInfo();

  /**
   * Sets it; the object is kept, not copied.
   *
   * @throws IllegalArgumentException if another vendor's URI has a text that is no URI
   */
  void setInfo(URI info);

  /** How it was signed; null if not said. */
  @Nullable String getAlgorithm();

  /**
   * Sets the {@code alg} parameter.
   *
   * @throws ParseException if it is no token
   */
  void setAlgorithm(String algorithm) throws ParseException;
}
