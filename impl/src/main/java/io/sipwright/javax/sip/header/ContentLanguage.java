package io.sipwright.javax.sip.header;

import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import java.util.Locale;
import javax.sip.header.ContentLanguageHeader;

/**
 * {@code Content-Language = "Content-Language" HCOLON language-tag *(COMMA language-tag)} (RFC 3261
 * §20.13). Tags of RFC 5646, which have digits too, are kept as they stand.
 */
public class ContentLanguage extends TokenHeader implements ContentLanguageHeader {
  private static final long serialVersionUID = 1L;

  /** Without language yet. */
  public ContentLanguage() {
    super(NAME, false);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    int from = in.position();
    super.parseValue(in, model);
    if (in.isStrict()) {
      int end = in.position();
      in.position(from);
      Languages.read(in);
      if (in.position() < end) {
        throw in.error("unexpected character in a language tag");
      }
    }
  }

  /** The tag as it stands, {@code "de-CH"}. */
  public String getLanguageTag() {
    return token();
  }

  /** The tag as a locale; what's no well-formed tag of RFC 5646 is cut where it stops to be. */
  @Override
  public Locale getContentLanguage() {
    return Locale.forLanguageTag(token());
  }

  @Override
  public void setContentLanguage(Locale language) {
    try {
      token(language.toLanguageTag());
    } catch (ParseException e) {
      throw new AssertionError(e); // a language tag is a token
    }
  }
}
