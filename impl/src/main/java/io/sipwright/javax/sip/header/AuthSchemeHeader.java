package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code auth-scheme LWS auth-param *(COMMA auth-param)} (RFC 3261 §25.1): a challenge or
 * credentials.
 *
 * <p>Of schemes other than Digest, what isn't a list of auth-params is kept as text: the token68 of
 * Basic, Bearer and Negotiate (RFC 7235 §2.1), or whatever else they define.
 */
public abstract class AuthSchemeHeader extends AuthParametersHeader {
  private static final long serialVersionUID = 1L;

  private String scheme = "Digest";
  private String text = "";

  /** A header of a name, of scheme Digest and without parameters. */
  protected AuthSchemeHeader(String name) {
    super(name);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    scheme = in.token();
    int behind = in.position();
    if (in.sws().atEnd()) {
      return;
    }
    if (in.position() == behind) {
      throw in.error("expected white space behind the scheme");
    }
    if (scheme.equalsIgnoreCase("Digest")) {
      parameters.parseCommaSeparated(in);
    } else {
      parseOther(in);
    }
  }

  private void parseOther(Scanner in) throws SyntaxException {
    int from = in.position();
    if (!token68(in)) {
      in.position(from);
      try {
        parameters.parseCommaSeparated(in);
        if (in.sws().atEnd() && parameters.allHaveValues()) {
          return;
        }
      } catch (SyntaxException notAuthParams) {
        // kept as text below
      }
    }
    in.position(from);
    parameters.clear();
    text = Checks.text(in.rest(), getName());
  }

  /**
   * {@code token68 = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="} (RFC 7235 §2.1)
   * and nothing behind it.
   */
  private static boolean token68(Scanner in) {
    while (in.at(Chars.TOKEN) || in.peek() == '/') {
      in.next();
    }
    while (in.accept('=')) {
      // all of them
    }
    return in.sws().atEnd();
  }

  /** Of other schemes than Digest, a token68 too (RFC 8898 §4). */
  @Override
  void checkStrictly() throws ParseException {
    if (text.isEmpty() || !token68(new Scanner(text))) {
      super.checkStrictly();
    }
  }

  @Override
  void reset() {
    super.reset();
    text = "";
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(scheme);
    if (!text.isEmpty()) {
      out.put(' ').put(text);
    } else if (!parameters.isEmpty()) {
      out.put(' ');
      parameters.encodeSeparated(out, ", ");
    }
  }

  /** The scheme as it stands, such as {@code Digest}. */
  public String getScheme() {
    return scheme;
  }

  /**
   * Sets the scheme; what was kept as the text of another one is taken away.
   *
   * @throws IllegalArgumentException if it's no token
   */
  public void setScheme(String scheme) {
    String token = requireToken(scheme, "scheme");
    if (!Chars.sameIgnoringCase(token, this.scheme)) {
      text = "";
    }
    this.scheme = token;
  }

  /** Sets or replaces an auth-param; takes away what was kept as text. */
  @Override
  public void setParameter(String name, @Nullable String value) throws ParseException {
    super.setParameter(name, value);
    text = "";
  }

  /** The protection domain, without quotes; null if there's none. */
  public @Nullable String getRealm() {
    return parameters.get("realm");
  }

  /** Sets {@code realm}. */
  public void setRealm(String realm) throws ParseException {
    setValue("realm", realm);
  }

  /** The server's nonce, without quotes; null if there's none. */
  public @Nullable String getNonce() {
    return parameters.get("nonce");
  }

  /** Sets {@code nonce}. */
  public void setNonce(String nonce) throws ParseException {
    setValue("nonce", nonce);
  }

  /** The text that goes back to the server unchanged, without quotes; null if there's none. */
  public @Nullable String getOpaque() {
    return parameters.get("opaque");
  }

  /** Sets {@code opaque}. */
  public void setOpaque(String opaque) throws ParseException {
    setValue("opaque", opaque);
  }

  /** The algorithm, such as {@code MD5} or {@code SHA-256}; null if there's none. */
  public @Nullable String getAlgorithm() {
    return parameters.get("algorithm");
  }

  /** Sets {@code algorithm}. */
  public void setAlgorithm(String algorithm) throws ParseException {
    setValue("algorithm", algorithm);
  }

  /** Equal in name, scheme (whatever its case) and the set of parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuthSchemeHeader that
        && getName().equalsIgnoreCase(that.getName())
        && scheme.equalsIgnoreCase(that.scheme)
        && text.equals(that.text)
        && sameParameters(that);
  }

  @Override
  public int hashCode() {
    return (Chars.lower(scheme).hashCode() * 31 + text.hashCode()) * 31 + parameters.hashCode();
  }
}
