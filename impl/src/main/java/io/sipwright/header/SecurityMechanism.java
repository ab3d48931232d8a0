package io.sipwright.header;

import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * A security mechanism that one side of a hop offers: what Security-Client, Security-Server and
 * Security-Verify have in common (RFC 3329 §2.2). The parameters of {@code ipsec-3gpp} are got as
 * any others.
 */
public interface SecurityMechanism extends Header, Parameters {
  /** HTTP digest authentication. */
  String DIGEST = "digest";

  /** TLS. */
  String TLS = "tls";

  /** The mechanism's name as it stands, {@code ""} before it's set. */
  String getMechanism();

  /**
   * Sets the mechanism's name.
   *
   * @throws ParseException if it's no token
   */
  void setMechanism(String mechanism) throws ParseException;

  /** The preference, 0 to 1, higher ones first; -1 where it's absent or no such number. */
  float getQValue();

  /**
   * Sets the preference; it's written with at most three decimals.
   *
   * @param q 0 to 1, or -1 to take it away
   * @throws InvalidArgumentException if it's anything else
   */
  void setQValue(float q) throws InvalidArgumentException;

  /** The algorithm of digest, {@code d-alg}; null where it's absent. */
  @Nullable String getDigestAlgorithm();

  /**
   * Sets the algorithm of digest.
   *
   * @throws ParseException if it's no token
   */
  void setDigestAlgorithm(String algorithm) throws ParseException;

  /** The quality of protection of digest, {@code d-qop}; null where it's absent. */
  @Nullable String getDigestQop();

  /**
   * Sets the quality of protection of digest.
   *
   * @throws ParseException if it's no token
   */
  void setDigestQop(String qop) throws ParseException;

  /** The digest over the server's list, {@code d-ver}, without quotes; null where it's absent. */
  @Nullable String getDigestVerify();

  /**
   * Sets the digest over the server's list; it's written between quotes.
   *
   * @throws ParseException if it's not 32 hexadecimal digits in lower case
   */
  void setDigestVerify(String digest) throws ParseException;
}
