package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An element of a list of {@code token}s. A setter takes several with commas between them as well:
 * JAIN SIP allows that for Allow, and programs do it for option tags.
 */
public abstract class TokensHeader extends SipHeader {
  private static final long serialVersionUID = 1L;

  private final boolean mayBeEmpty;
  private String tokens = "";

  /**
   * A header of a name, without value yet.
   *
   * @param mayBeEmpty whether the grammar allows the header with nothing behind the colon
   */
  protected TokensHeader(String name, boolean mayBeEmpty) {
    super(name);
    this.mayBeEmpty = mayBeEmpty;
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    tokens = mayBeEmpty && in.atEnd() ? "" : in.token();
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(tokens);
  }

  /** The token, or those set at once with their commas; {@code ""} if there's none. */
  protected final String tokens() {
    return tokens;
  }

  /**
   * Sets one token, or several with commas between them.
   *
   * @throws ParseException if one is none; {@code ""} is taken where the header may be empty
   */
  protected final void tokens(String tokens) throws ParseException {
    if (!(tokens.isEmpty() && mayBeEmpty) && !Chars.isToken(tokens)) {
      checkList(Checks.text(tokens, getName()));
    }
    this.tokens = tokens;
  }

  private void checkList(String list) throws SyntaxException {
    Scanner in = new Scanner(list);
    do {
      in.token();
    } while (in.acceptSeparator(','));
    if (!in.atEnd()) {
      throw in.error(getName() + " '" + list + "' is not a token, nor tokens with commas between");
    }
  }

  /** Whether the token is this one, or this one is among those set at once, in any case. */
  public boolean has(String token) {
    if (!tokens.contains(",")) {
      return tokens.equalsIgnoreCase(token);
    }
    for (String one : tokens.split(",", -1)) {
      if (one.trim().equalsIgnoreCase(token)) {
        return true;
      }
    }
    return false;
  }

  /** Equal in name and token, without regard to case (RFC 3261 §7.3.1). */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokensHeader that
        && getName().equalsIgnoreCase(that.getName())
        && tokens.equalsIgnoreCase(that.tokens);
  }

  @Override
  public int hashCode() {
    return Objects.hash(getName(), Chars.lower(tokens));
  }
}
