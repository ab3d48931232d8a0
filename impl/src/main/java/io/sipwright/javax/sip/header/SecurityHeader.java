package io.sipwright.javax.sip.header;

import io.sipwright.header.SecurityMechanism;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * {@code sec-mechanism = mechanism-name *(SEMI mech-parameters)} (RFC 3329 §2.2).
 *
 * <pre>
 * mechanism-name   = ( "digest" / "tls" / "ipsec-ike" / "ipsec-man" / token )
 * mech-parameters  = ( preference / digest-algorithm / digest-qop / digest-verify / extension )
 * preference       = "q" EQUAL qvalue
 * digest-algorithm = "d-alg" EQUAL token
 * digest-qop       = "d-qop" EQUAL token
 * digest-verify    = "d-ver" EQUAL LDQUOT 32LHEX RDQUOT
 * extension        = generic-param
 * </pre>
 *
 * <p>A {@code q} that a peer filled with nonsense counts as absent.
 */
public abstract class SecurityHeader extends TokenParametersHeader implements SecurityMechanism {
  private static final long serialVersionUID = 1L;

  private static final int DIGEST_LENGTH = 32;

  /** A header of a name, without mechanism yet. */
  protected SecurityHeader(String name) {
    super(name);
  }

  @Override
  public String getMechanism() {
    return token();
  }

  @Override
  public void setMechanism(String mechanism) throws ParseException {
    token(mechanism, "security mechanism");
  }

  @Override
  public float getQValue() {
    return qParameter();
  }

  @Override
  public void setQValue(float q) throws InvalidArgumentException {
    setQParameter(q);
  }

  @Override
  public @Nullable String getDigestAlgorithm() {
    return parameters.get("d-alg");
  }

  @Override
  public void setDigestAlgorithm(String algorithm) throws ParseException {
    setTokenParameter("d-alg", algorithm);
  }

  @Override
  public @Nullable String getDigestQop() {
    return parameters.get("d-qop");
  }

  @Override
  public void setDigestQop(String qop) throws ParseException {
    setTokenParameter("d-qop", qop);
  }

  @Override
  public @Nullable String getDigestVerify() {
    return parameters.get("d-ver");
  }

  @Override
  public void setDigestVerify(String digest) throws ParseException {
    checkDigest(digest);
    parameters.setQuoted("d-ver", digest);
  }

  private static void checkDigest(String digest) throws ParseException {
    Checks.all(digest, Chars.HEX, "d-ver", "hexadecimal digits");
    if (digest.length() != DIGEST_LENGTH || !Chars.lower(digest).equals(digest)) {
      throw new SyntaxException(
          "d-ver '" + digest + "' is not 32 hexadecimal digits in lower case", 0);
    }
  }

  @Override
  public void setParameter(String name, @Nullable String value) throws ParseException {
    if (Chars.sameIgnoringCase(name, "d-ver")) {
      setDigestVerify(value == null ? "" : value);
    } else {
      super.setParameter(name, value);
    }
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    switch (Chars.lower(name)) {
      case "q" -> checkQ(value);
      case "d-alg", "d-qop" -> Checks.token(value, name);
      case "d-ver" -> checkDigest(value);
      default -> {}
    }
  }
}
