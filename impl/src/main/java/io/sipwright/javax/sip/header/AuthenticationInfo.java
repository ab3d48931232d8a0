package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import javax.sip.header.AuthenticationInfoHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Authentication-Info = "Authentication-Info" HCOLON ainfo *(COMMA ainfo)} with {@code ainfo
 * = nextnonce / message-qop / response-auth / cnonce / nonce-count} (RFC 3261 §20.6).
 */
public class AuthenticationInfo extends AuthParametersHeader implements AuthenticationInfoHeader {
  private static final long serialVersionUID = 1L;

  /** Without parameters. */
  public AuthenticationInfo() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    parameters.parseCommaSeparated(in);
    if (parameters.isEmpty()) {
      throw in.error("expected nextnonce, qop, rspauth, cnonce or nc");
    }
  }

  @Override
  protected void encodeValue(ByteSink out) {
    parameters.encodeSeparated(out, ", ");
  }

  @Override
  boolean quotesQop() {
    return false;
  }

  @Override
  public @Nullable String getNextNonce() {
    return parameters.get("nextnonce");
  }

  @Override
  public void setNextNonce(String nextNonce) throws ParseException {
    setValue("nextnonce", nextNonce);
  }

  @Override
  public @Nullable String getCNonce() {
    return parameters.get("cnonce");
  }

  @Override
  public void setCNonce(String cNonce) throws ParseException {
    setValue("cnonce", cNonce);
  }

  /** The parameter {@code rspauth}; null if there's none. */
  @Override
  public @Nullable String getResponse() {
    return parameters.get("rspauth");
  }

  @Override
  public void setResponse(String response) throws ParseException {
    setValue("rspauth", response);
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

  /** Equal in the set of parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuthenticationInfo that && sameParameters(that);
  }

  @Override
  public int hashCode() {
    return parameters.hashCode();
  }
}
