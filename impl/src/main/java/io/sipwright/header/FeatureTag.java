package io.sipwright.header;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Feature tags and the names of their parameters (RFC 3840 §5, §9; RFC 3841 §8). Both are compared
 * without regard to case; what comes out of here is in lower case.
 */
public final class FeatureTag {
  /** The base tags as parameters; {@code language} and {@code type} are their tags as well. */
  private static final Set<String> BASE =
      Set.of(
          "audio",
          "automata",
          "class",
          "duplex",
          "data",
          "control",
          "mobility",
          "description",
          "events",
          "priority",
          "methods",
          "schemes",
          "application",
          "video",
          "language",
          "type",
          "isfocus",
          "actor",
          "text",
          "extensions");

  private static final Set<String> NOT_SIP_TREE = Set.of("language", "type");
  private static final String SIP_TREE = "sip.";

  private FeatureTag() {}

  /** The tag of a parameter, or null if it's no feature parameter. */
  public static @Nullable String ofParameter(String name) {
    String lower = Chars.lower(name);
    if (BASE.contains(lower)) {
      return NOT_SIP_TREE.contains(lower) ? lower : SIP_TREE + lower;
    }
    return lower.startsWith("+") && isTagName(lower, 1)
        ? lower.substring(1).replace('!', ':').replace('\'', '/')
        : null;
  }

  /**
   * The parameter of a tag; of what is a parameter's name already, that name.
   *
   * @throws ParseException if it's no feature tag
   */
  public static String parameterOf(String tag) throws ParseException {
    String lower = Chars.lower(tag);
    if (BASE.contains(lower)) {
      return lower;
    }
    if (lower.startsWith(SIP_TREE) && !NOT_SIP_TREE.contains(lower.substring(SIP_TREE.length()))) {
      String base = lower.substring(SIP_TREE.length());
      if (BASE.contains(base)) {
        return base;
      }
    }
    String name = lower.startsWith("+") ? lower : '+' + lower.replace(':', '!').replace('/', '\'');
    if (!isTagName(name, 1)) {
      throw new SyntaxException("'" + Checks.visible(tag) + "' is not a feature tag", 0);
    }
    return name;
  }

  /** {@code ftag-name = ALPHA *( ALPHA / DIGIT / "!" / "'" / "." / "-" / "%" )}. */
  private static boolean isTagName(String name, int from) {
    if (from >= name.length() || !Chars.is(name.charAt(from), Chars.ALPHA)) {
      return false;
    }
    for (int i = from + 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!Chars.is(c, Chars.ALPHANUM) && "!'.-%".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
