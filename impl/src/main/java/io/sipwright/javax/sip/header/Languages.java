package io.sipwright.javax.sip.header;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.util.Locale;

/**
 * Language tags of header values, and the {@link Locale} that JAIN SIP has for them: {@code
 * language-tag = primary-tag *( "-" subtag )} with {@code primary-tag = subtag = 1*8ALPHA} (RFC
 * 3261 §25.1); digits are taken too (RFC 5646 §2.1, as in {@code es-419}).
 */
final class Languages {
  private static final int LONGEST_SUBTAG = 8;

  private Languages() {}

  /** Reads {@code language-tag}. */
  static String read(Scanner in) throws SyntaxException {
    int from = in.position();
    do {
      int subtag = in.position();
      in.skip(Chars.ALPHANUM);
      int length = in.position() - subtag;
      if (length == 0 || length > LONGEST_SUBTAG) {
        in.position(subtag);
        throw in.error("expected a language subtag of 1 to 8 letters or digits");
      }
      if (subtag == from) {
        in.beyondGrammar("digit in the first part of a language tag", from, Chars.ALPHA);
      }
    } while (in.accept('-'));
    return in.text(from, in.position());
  }

  /**
   * The locale of a language tag. For {@code *} it's one with the language {@code *}; for {@code
   * ""} it's {@link Locale#ROOT}; what {@link Locale} knows no tag like comes whole as the
   * language.
   */
  static Locale locale(String tag) {
    Locale locale = Locale.forLanguageTag(tag);
    return tag.isEmpty() || !locale.equals(Locale.ROOT) ? locale : new Locale(tag);
  }

  /**
   * The tag of a locale, the other way round than {@link #locale}.
   *
   * @throws IllegalArgumentException if its language is none that a tag can be made of
   */
  static String tag(Locale locale) {
    String language = locale.getLanguage();
    if (locale.equals(Locale.ROOT) || language.equals("*")) {
      return language;
    }
    String tag = locale.toLanguageTag();
    if (tag.startsWith("und") && !language.equals("und")) {
      throw new IllegalArgumentException("locale has no language of 2 to 8 letters: " + tag);
    }
    return tag;
  }
}
