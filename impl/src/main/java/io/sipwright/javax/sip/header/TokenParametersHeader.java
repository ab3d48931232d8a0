package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** {@code token *(SEMI generic-param)}: one token and parameters behind it. */
public abstract class TokenParametersHeader extends ParametersHeader {
  private static final long serialVersionUID = 1L;

  private String token = "";

  /** A header of a name, without value yet. */
  protected TokenParametersHeader(String name) {
    super(name);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    token = in.token();
    parameters.parseMore(in, ';');
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(token);
    parameters.encode(out);
  }

  /** The token, {@code ""} before it's set. */
  protected final String token() {
    return token;
  }

  /**
   * Sets the token.
   *
   * @param what names it in the error
   * @throws ParseException if it's none
   */
  protected final void token(String token, String what) throws ParseException {
    this.token = Checks.token(token, what);
  }

  /** Equal in name, in token without regard to case, and in the set of parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokenParametersHeader that
        && getName().equalsIgnoreCase(that.getName())
        && token.equalsIgnoreCase(that.token)
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return Chars.lower(token).hashCode() * 31 + parameters.hashCode();
  }
}
