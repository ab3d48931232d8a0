package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code ( token / quoted-string ) *(SEMI generic-param)}: a word or a text and parameters behind
 * it. What came between quotes goes so; what is no token can't go without.
 */
public abstract class TokenOrTextHeader extends ParametersHeader {
  private static final long serialVersionUID = 1L;

  private String text = "";
  private boolean quoted;

  /** A header of a name, without value yet. */
  protected TokenOrTextHeader(String name) {
    super(name);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    quoted = in.peek() == '"';
    text = quoted ? in.quotedString() : in.token();
    parameters.parseMore(in, ';');
  }

  @Override
  protected void encodeValue(ByteSink out) {
    if (quoted) {
      out.putQuoted(text);
    } else {
      out.put(text);
    }
    parameters.encode(out);
  }

  /** The text, without quotes; {@code ""} before it's set. */
  protected final String text() {
    return text;
  }

  /**
   * Sets the text; it's written between quotes if it's no token.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  protected final void text(String text) throws ParseException {
    this.text = Checks.text(text, getName());
    quoted = !Chars.isToken(text);
  }

  /** Equal in name, in text, and in the set of parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokenOrTextHeader that
        && getName().equals(that.getName())
        && text.equals(that.text)
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return text.hashCode() * 31 + parameters.hashCode();
  }
}
