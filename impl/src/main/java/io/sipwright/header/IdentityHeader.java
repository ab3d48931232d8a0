package io.sipwright.header;

import java.text.ParseException;
import javax.sip.address.URI;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * A signature over who calls whom: a PASSporT (RFC 8224 §4), or a digest between quotes as RFC 4474
 * had it, then without {@code info}.
 */
public interface IdentityHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "Identity";

  /** The signed digest: three parts with dots between; {@code ..signature} in the compact form. */
  String getSignedIdentityDigest();

  /**
   * Sets the signed digest.
   *
   * @throws ParseException if it isn't made of base64 characters and dots
   */
  void setSignedIdentityDigest(String signedIdentityDigest) throws ParseException;

  /** Whether header and claims of the PASSporT are left out (RFC 8225 §7). */
  boolean isCompactForm();

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

  /** The extension of the PASSporT, such as {@code shaken}; null if not said. */
  @Nullable String getPassportType();

  /**
   * Sets the {@code ppt} parameter.
   *
   * @throws ParseException if it is no token
   */
  void setPassportType(String passportType) throws ParseException;
}
