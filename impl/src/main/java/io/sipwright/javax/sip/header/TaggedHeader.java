package io.sipwright.javax.sip.header;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** {@code ( name-addr / addr-spec ) *( SEMI ( tag-param / generic-param ) )}: From and To. */
public abstract class TaggedHeader extends AddressHeader {
  private static final long serialVersionUID = 1L;

  /** A header of a name, without address yet. */
  protected TaggedHeader(String name) {
    super(name);
  }

  /** {@code tag-param = "tag" EQUAL token}; a tag without value is read as none (as deployed). */
  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    super.parseValue(in, model);
    String tag = getTag();
    if (tag == null || Chars.isToken(tag)) {
      return;
    }
    if (!tag.isEmpty()) {
      throw in.error("tag is not a token");
    }
    in.beyondGrammar("tag without value", in.position());
  }

  /** The tag, or null where there's none. */
  public @Nullable String getTag() {
    return parameters.get("tag");
  }

  /**
   * Sets the tag.
   *
   * @throws ParseException if it's no token; take it away with {@code removeParameter("tag")}
   */
  public void setTag(String tag) throws ParseException {
    setTokenParameter("tag", tag);
  }

  /** Whether there's a tag. */
  public boolean hasTag() {
    return parameters.has("tag");
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    if (name.equalsIgnoreCase("tag")) {
      Checks.token(value, "tag");
    }
  }

  /**
   * Equal in URI and tag, and in each parameter that both have; display name and further parameters
   * of one don't count (RFC 3261 §20.20, §20.39).
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TaggedHeader that
        && getName().equalsIgnoreCase(that.getName())
        && matches(that);
  }

  @Override
  public int hashCode() {
    String tag = getTag();
    return super.hashCode() * 31 + (tag == null ? 0 : Chars.lower(tag).hashCode());
  }
}
