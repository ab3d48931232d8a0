package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** A header whose value, or each element of it, is one {@code token}. */
public abstract class TokenHeader extends SipHeader {
  private static final long serialVersionUID = 1L;

  private final boolean mayBeEmpty;
  private String token = "";

  /**
   * A header of a name, without value yet.
   *
   * @param mayBeEmpty whether the grammar allows the header with nothing behind the colon
   */
  protected TokenHeader(String name, boolean mayBeEmpty) {
    super(name);
    this.mayBeEmpty = mayBeEmpty;
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    token = mayBeEmpty && in.sws().atEnd() ? "" : in.token();
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(token);
  }

  /** The token, {@code ""} if there's none. */
  protected final String token() {
    return token;
  }

  /**
   * Sets the token.
   *
   * @throws ParseException if it's none; {@code ""} is taken where the header may be empty
   */
  protected final void token(String token) throws ParseException {
    this.token = mayBeEmpty && token.isEmpty() ? "" : Checks.token(token, getName());
  }

  /** Equal in name and token, without regard to case (RFC 3261 §7.3.1). */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokenHeader that
        && getName().equalsIgnoreCase(that.getName())
        && token.equalsIgnoreCase(that.token);
  }

  @Override
  public int hashCode() {
    return Chars.lower(token).hashCode();
  }
}
