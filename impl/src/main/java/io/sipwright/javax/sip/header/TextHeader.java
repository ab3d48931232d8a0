package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** A header whose value is {@code [TEXT-UTF8-TRIM]}: any text on one line, possibly none. */
public abstract class TextHeader extends SipHeader {
  private static final long serialVersionUID = 1L;

  private String text = "";

  /** A header of a name, with an empty value. */
  protected TextHeader(String name) {
    super(name);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    text = Checks.text(in.rest(), getName());
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(text);
  }

  /** The text, possibly empty. */
  protected final String text() {
    return text;
  }

  /**
   * Sets the text; white space at either end is not part of it.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  protected final void text(String text) throws ParseException {
    this.text = new Scanner(Checks.text(text, getName())).rest();
  }

  /** Equal in name and text, case included. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TextHeader that
        && getName().equalsIgnoreCase(that.getName())
        && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
