package io.sipwright.javax.sip.header;

import java.text.ParseException;
import javax.sip.header.OptionTag;

/** A header of {@code option-tag = token} (RFC 3261 §19.2). */
public abstract class OptionTagHeader extends TokensHeader implements OptionTag {
  private static final long serialVersionUID = 1L;

  /** As {@link TokensHeader#TokensHeader}. */
  protected OptionTagHeader(String name, boolean mayBeEmpty) {
    super(name, mayBeEmpty);
  }

  /** The option tag; {@code ""} if the header is empty. */
  @Override
  public String getOptionTag() {
    return tokens();
  }

  /**
   * Sets the option tag, or several with commas between them.
   *
   * @throws ParseException if one is no token; {@code ""} is taken where the header may be empty
   */
  @Override
  public void setOptionTag(String optionTag) throws ParseException {
    tokens(optionTag);
  }
}
