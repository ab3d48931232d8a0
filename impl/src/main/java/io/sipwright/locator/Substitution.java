package io.sipwright.locator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The substitution expression of a NAPTR record (RFC 3402 §3.2): {@code !^\+44(.*)$!sip:\1@a.com!}.
 *
 * <p>The pattern comes from whoever owns a zone, so it's read with suspicion: a POSIX extended
 * expression without anything that only Java knows, without repeated groups, short; and matching
 * ends after a bounded number of steps.
 */
final class Substitution {
  private static final int LONGEST = 255;
  private static final int LARGEST_COUNT = 99;
  private static final int MOST_STEPS = 20_000;

  private Substitution() {}

  /**
   * Applies an expression.
   *
   * @param expression a record's regexp field
   * @param input the Application Unique String
   * @return null if it's no expression, one that isn't allowed, or if it doesn't match
   */
  static @Nullable String apply(String expression, String input) {
    if (expression.length() < 3 || expression.length() > LONGEST || input.length() > LONGEST) {
      return null;
    }
    char delimiter = expression.charAt(0);
    if (Character.isDigit(delimiter) || delimiter == 'i' || delimiter == '\\') {
      return null;
    }
    StringBuilder ere = new StringBuilder();
    int middle = part(expression, 1, delimiter, ere);
    StringBuilder replacement = new StringBuilder();
    int end = middle < 0 ? -1 : part(expression, middle, delimiter, replacement);
    if (end < 0) {
      return null;
    }
    String flags = expression.substring(end);
    if (!(flags.isEmpty() || flags.equals("i")) || !isHarmless(ere)) {
      return null;
    }
    return replace(ere.toString(), flags, replacement.toString(), input);
  }

  /** Copies up to the next delimiter that isn't escaped; returns the place behind it, or -1. */
  private static int part(String text, int from, char delimiter, StringBuilder into) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == delimiter) {
        return i + 1;
      }
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        if (next != delimiter) {
          into.append(c);
        }
        into.append(next);
      } else {
        into.append(c);
      }
    }
    return -1;
  }

  /** Whether a pattern is an ERE that Java reads as POSIX does, and that can't run away. */
  private static boolean isHarmless(CharSequence ere) {
    boolean repeats = false;
    boolean inClass = false;
    for (int i = 0; i < ere.length(); i++) {
      char c = ere.charAt(i);
      char next = i + 1 < ere.length() ? ere.charAt(i + 1) : 0;
      if (c < ' ' || c > '~') {
        return false;
      }
      if (c == '\\') {
        if (next == 0 || Character.isLetterOrDigit(next)) {
          return false; // \d, \Q, \1 and the like are Java's
        }
        i++;
        repeats = false;
      } else if (inClass) {
        if (c == '[' || c == '&') {
          return false;
        }
        inClass = c != ']';
      } else if (isRepetition(c)) {
        char before = i == 0 ? '(' : ere.charAt(i - 1);
        if (repeats || before == '(' || before == ')' || before == '|') {
          return false;
        }
        repeats = true;
        if (c == '{') {
          i = count(ere, i + 1);
          if (i < 0) {
            return false;
          }
        }
      } else {
        inClass = c == '[';
        repeats = false;
      }
    }
    return !inClass;
  }

  private static boolean isRepetition(char c) {
    return c == '*' || c == '+' || c == '?' || c == '{';
  }

  /** The place of the brace that ends a count; -1 if it's no small count. */
  private static int count(CharSequence ere, int from) {
    int number = 0;
    for (int i = from; i < ere.length(); i++) {
      char c = ere.charAt(i);
      if (c == '}') {
        return i == from ? -1 : i;
      }
      if (c == ',') {
        number = 0;
      } else if (c < '0' || c > '9') {
        return -1;
      } else {
        number = number * 10 + (c - '0');
      }
      if (number > LARGEST_COUNT) {
        return -1;
      }
    }
    return -1;
  }

  private static @Nullable String replace(
      String ere, String flags, String replacement, String input) {
    try {
      Pattern pattern = Pattern.compile(ere, flags.equals("i") ? Pattern.CASE_INSENSITIVE : 0);
      Matcher matcher = pattern.matcher(new Counted(input));
      return matcher.find() ? insert(matcher, replacement) : null;
    } catch (PatternSyntaxException | TooManySteps e) {
      return null;
    }
  }

  /** RFC 3402 §3.2: only {@code \1} to {@code \9} are special in a replacement. */
  private static @Nullable String insert(Matcher matcher, String replacement) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      if (c != '\\' || i + 1 == replacement.length()) {
        out.append(c);
        continue;
      }
      char next = replacement.charAt(++i);
      if (next < '1' || next > '9') {
        out.append(next);
      } else if (next - '0' > matcher.groupCount()) {
        return null;
      } else {
        String group = matcher.group(next - '0');
        out.append(group == null ? "" : group);
      }
    }
    return out.toString();
  }

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManySteps() {
      super("too many steps", null, false, false);
    }
  }

  /** A text that can be looked at only so often: each step of a matcher looks. */
  private static final class Counted implements CharSequence {
    private final String text;
    private int looks;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++looks > MOST_STEPS) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
