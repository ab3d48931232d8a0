package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import javax.sip.header.ExtensionHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code extension-header = header-name HCOLON header-value} (RFC 3261 §25.1): a header we know no
 * more of.
 */
public class Extension extends SipHeader implements ExtensionHeader {
  private static final long serialVersionUID = 1L;

  private String value = "";

  /**
   * A header of any name, with an empty value.
   *
   * @throws IllegalArgumentException if the name is no token
   */
  public Extension(String name) {
    super(checked(name));
  }

  private static String checked(String name) {
    if (!Chars.isToken(name)) {
      throw new IllegalArgumentException("header name '" + Checks.visible(name) + "' is no token");
    }
    return name;
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    value = Checks.text(in.rest(), getName());
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(value);
  }

  /** Sets the whole value as text; white space at either end is not part of it. */
  @Override
  public void setValue(String value) throws ParseException {
    this.value = new Scanner(Checks.text(value, getName())).rest();
  }

  /** Equal in name (whatever its case) and in value. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ExtensionHeader that
        && getName().equalsIgnoreCase(that.getName())
        && value.equals(that.getValue());
  }

  @Override
  public int hashCode() {
    return Chars.lower(getName()).hashCode() * 31 + value.hashCode();
  }
}
