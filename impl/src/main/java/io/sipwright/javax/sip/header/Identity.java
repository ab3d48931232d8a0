package io.sipwright.javax.sip.header;

import io.sipwright.header.IdentityHeader;
import io.sipwright.javax.sip.address.AbstractUri;
import io.sipwright.javax.sip.address.Uris;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.ParametersReader;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * {@code Identity = "Identity" HCOLON signed-identity-digest SEMI ident-info *( SEMI
 * ident-info-params )} (RFC 8224 §4).
 *
 * <pre>
 * signed-identity-digest = 1*(base64-char / ".")
 * ident-info             = "info" EQUAL LAQUOT absoluteURI RAQUOT
 * ident-info-params      = ident-info-alg / ident-type / ident-info-extension
 * ident-info-alg         = "alg" EQUAL token
 * ident-type             = "ppt" EQUAL token
 * </pre>
 *
 * <p>The digest holds {@code - _ =} too: PASSporTs are base64url, as the RFC's examples show. Folds
 * in it are taken out. The form of RFC 4474, {@code LDQUOT 32LHEX RDQUOT} with base64 between the
 * quotes, is read, and written so.
 */
public class Identity extends ParametersHeader implements IdentityHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  private String digest = "";
  private boolean quoted;
  private @Nullable AbstractUri info;

  /** Without value yet. */
  public Identity() {
    super(NAME);
  }

  @Override
  void reset() {
    super.reset();
    info = null;
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    quoted = in.peek() == '"';
    digest = quoted ? in.quotedString() : unquotedDigest(in);
    if (in.acceptSeparator(';')) {
      parseParameters(in, model);
    }
  }

  private void parseParameters(Scanner in, HeaderModel model) throws ParseException {
    ParametersReader reader = new ParametersReader(in, parameters);
    do {
      int from = in.position();
      if (info == null && atUri(in)) {
        info = Uris.parse(in, model);
        in.sws().expect('>');
      } else {
        in.position(from);
        reader.next();
      }
    } while (in.acceptSeparator(';'));
    parameters.take(reader);
  }

  private static String unquotedDigest(Scanner in) throws SyntaxException {
    StringBuilder sb = new StringBuilder();
    int from = in.position();
    int end = from;
    while (isDigestChar(in.peek())) {
      in.next();
      end = in.position();
      if (!isDigestChar(in.peek())) {
        sb.append(in.text(from, end));
        from = in.sws().position();
        if (from > end && isDigestChar(in.peek())) {
          in.beyondGrammar("white space within a digest", end);
        }
      }
    }
    in.position(end);
    if (sb.isEmpty()) {
      throw in.error("expected a signed identity digest");
    }
    return sb.toString();
  }

  private static boolean isDigestChar(int c) {
    return Chars.is(c, Chars.ALPHANUM) || (c > 0 && "+/-_=.".indexOf(c) >= 0);
  }

  /** Whether {@code info = <} is next, and takes it. */
  private static boolean atUri(Scanner in) throws SyntaxException {
    return in.token().equalsIgnoreCase("info") && in.acceptSeparator('=') && in.accept('<');
  }

  @Override
  protected void encodeValue(ByteSink out) {
    if (quoted) {
      out.putQuoted(digest);
    } else {
      out.put(digest);
    }
    if (info != null) {
      out.put(";info=<");
      info.encode(out);
      out.put('>');
    }
    parameters.encode(out);
  }

  @Override
  public String getSignedIdentityDigest() {
    return digest;
  }

  @Override
  public void setSignedIdentityDigest(String signedIdentityDigest) throws ParseException {
    for (int i = 0; i < signedIdentityDigest.length(); i++) {
      if (!isDigestChar(signedIdentityDigest.charAt(i))) {
        throw new SyntaxException(
            "digest '" + Checks.visible(signedIdentityDigest) + "' is not base64 and dots", i);
      }
    }
    if (signedIdentityDigest.isEmpty()) {
      throw new SyntaxException("digest is empty", 0);
    }
    digest = signedIdentityDigest;
    quoted = false;
  }

  @Override
  public boolean isCompactForm() {
    return digest.startsWith("..");
  }

  @Override
  public @Nullable URI getInfo() {
    return info;
  }

  @Override
  public void setInfo(URI info) {
    this.info = Uris.of(Objects.requireNonNull(info, "info"));
  }

  @Override
  public @Nullable String getAlgorithm() {
    return parameters.get("alg");
  }

  @Override
  public void setAlgorithm(String algorithm) throws ParseException {
    setTokenParameter("alg", algorithm);
  }

  @Override
  public @Nullable String getPassportType() {
    return parameters.get("ppt");
  }

  @Override
  public void setPassportType(String passportType) throws ParseException {
    setTokenParameter("ppt", passportType);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    switch (Chars.lower(name)) {
      case "alg", "ppt" -> Checks.token(value, name);
      case "info" -> throw new SyntaxException("info is set by setInfo, as a URI", 0);
      default -> {}
    }
  }

  @Override
  public Identity clone() {
    Identity h = (Identity) super.clone();
    h.info = info == null ? null : info.clone();
    return h;
  }

  /** Equal in digest, certificate and parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Identity that
        && digest.equals(that.digest)
        && Objects.equals(info, that.info)
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return digest.hashCode() * 31 + parameters.hashCode();
  }
}
