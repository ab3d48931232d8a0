package io.sipwright.javax.sip.header;

import io.sipwright.javax.sip.address.Uris;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.address.URI;
import javax.sip.header.AuthorizationHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code credentials = ("Digest" LWS digest-response) / other-response} with {@code dig-resp =
 * username / realm / nonce / digest-uri / dresponse / algorithm / cnonce / opaque / message-qop /
 * nonce-count / auth-param} (RFC 3261 §25.1): what a client answers a challenge with.
 */
public abstract class Credentials extends AuthSchemeHeader implements AuthorizationHeader {
  private static final long serialVersionUID = 1L;

  private transient @Nullable HeaderModel model;

  /** A header of a name, of scheme Digest and without parameters. */
  protected Credentials(String name) {
    super(name);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    this.model = model;
    super.parseValue(in, model);
  }

  @Override
  boolean quotesQop() {
    return false;
  }

  @Override
  public @Nullable String getUsername() {
    return parameters.get("username");
  }

  @Override
  public void setUsername(String username) throws ParseException {
    setValue("username", username);
  }

  /**
   * The digest URI, read from the parameter's text: a new object each time. Null if there's none or
   * if it isn't a URI; {@code getParameter("uri")} has the very text that the digest is made of.
   */
  @Override
  public @Nullable URI getURI() {
    String text = parameters.get("uri");
    if (text == null) {
      return null;
    }
    Scanner in = new Scanner(text);
    try {
      URI uri = Uris.parse(in, model == null ? HeaderModel.DEFAULT : model);
      in.expectEnd();
      return uri;
    } catch (ParseException e) {
      return null;
    }
  }

  /**
   * Sets the digest URI to the text that the URI has now.
   *
   * @throws IllegalArgumentException if another vendor's URI holds CR, LF or NUL
   */
  @Override
  public void setURI(URI uri) {
    ByteSink out = new ByteSink(64);
    Uris.encode(Objects.requireNonNull(uri, "URI"), out);
    try {
      setParameter("uri", out.toString());
    } catch (ParseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public @Nullable String getResponse() {
    return parameters.get("response");
  }

  @Override
  public void setResponse(String response) throws ParseException {
    setValue("response", response);
  }

  @Override
  public @Nullable String getCNonce() {
    return parameters.get("cnonce");
  }

  @Override
  public void setCNonce(String cNonce) throws ParseException {
    setValue("cnonce", cNonce);
  }

  /**
   * The number in {@code nc-value = 8LHEX}; -1 if it's absent or not hexadecimal; {@link
   * Integer#MAX_VALUE} if it's more than that.
   */
  @Override
  public int getNonceCount() {
    return nonceCount();
  }

  /**
   * Sets {@code nc}.
   *
   * @throws ParseException if it's below 0
   */
  @Override
  public void setNonceCount(int nonceCount) throws ParseException {
    nonceCount(nonceCount);
  }
}
