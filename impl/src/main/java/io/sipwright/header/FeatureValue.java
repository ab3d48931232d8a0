package io.sipwright.header;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the values that a feature may have (RFC 3840 §9):
 *
 * <pre>
 * tag-value-list   = tag-value *("," tag-value)
 * tag-value        = ["!"] (token-nobang / boolean / numeric)
 * numeric          = "#" numeric-relation number
 * numeric-relation = "&gt;=" / "&lt;=" / "=" / (number ":")
 * number           = [ "+" / "-" ] 1*DIGIT ["." 0*DIGIT]
 * string-value     = "&lt;" *(qdtext-no-abkt / quoted-pair ) "&gt;"
 * </pre>
 *
 * <p>{@code toString} gives the value as it is written.
 */
public sealed interface FeatureValue {
  /** Whether some one value is meant by both this and the other (RFC 3841 §7.2.4). */
  boolean overlaps(FeatureValue other);

  /** A token, {@code TRUE} and {@code FALSE} included, or all but this token. */
  record Token(String token, boolean negated) implements FeatureValue {
    @Override
    public boolean overlaps(FeatureValue other) {
      if (!(other instanceof Token that)) {
        return negated || (other instanceof Range range && range.negated());
      }
      return (negated && that.negated)
          || Chars.sameIgnoringCase(token, that.token) == (negated == that.negated);
    }

    @Override
    public String toString() {
      return negated ? '!' + token : token;
    }
  }

  /** A text, compared with its case. */
  record Text(String text) implements FeatureValue {
    @Override
    public boolean overlaps(FeatureValue other) {
      return other instanceof Text that
          ? text.equals(that.text)
          : !(other instanceof Range range && !range.negated())
              && !(other instanceof Token token && !token.negated());
    }

    @Override
    public String toString() {
      return '<' + text + '>';
    }
  }

  /**
   * The numbers from one to another, both inclusive, or all values but these.
   *
   * @param from negative infinity for {@code <=}
   * @param to infinity for {@code >=}
   * @param written the value as it stands, without {@code !}
   */
  record Range(double from, double to, boolean negated, String written) implements FeatureValue {
    @Override
    public boolean overlaps(FeatureValue other) {
      if (!(other instanceof Range that)) {
        return negated || (other instanceof Token token && token.negated());
      }
      if (negated && that.negated) {
        return leavesSomethingBeside(that);
      }
      if (negated) {
        return that.reachesBeyond(this);
      }
      return that.negated ? reachesBeyond(that) : from <= that.to && that.from <= to;
    }

    private boolean reachesBeyond(Range that) {
      return from < that.from || to > that.to;
    }

    private boolean leavesSomethingBeside(Range that) {
      return Math.min(from, that.from) > Double.NEGATIVE_INFINITY
          || Math.max(to, that.to) < Double.POSITIVE_INFINITY
          || Math.max(from, that.from) > Math.min(to, that.to);
    }

    @Override
    public String toString() {
      return negated ? '!' + written : written;
    }
  }

  /**
   * Reads what stands between the quotes of a feature parameter; {@code ""} is {@code TRUE}.
   *
   * @throws ParseException if it breaks the grammar, with the offset
   */
  static List<FeatureValue> parse(String values) throws ParseException {
    if (values.isEmpty()) {
      return List.of(new Token("TRUE", false));
    }
    if (values.startsWith("<")) {
      if (values.indexOf('<', 1) >= 0 || values.indexOf('>') != values.length() - 1) {
        throw new SyntaxException("string '" + values + "' doesn't end with its '>'", 0);
      }
      return List.of(new Text(values.substring(1, values.length() - 1)));
    }
    Scanner in = new Scanner(values);
    List<FeatureValue> list = new ArrayList<>();
    do {
      in.sws();
      boolean negated = in.accept('!');
      list.add(in.peek() == '#' ? range(in, negated) : token(in, negated));
    } while (in.acceptSeparator(','));
    in.expectEnd();
    return list;
  }

  /** {@code token-nobang / boolean}. */
  private static FeatureValue token(Scanner in, boolean negated) throws SyntaxException {
    int from = in.position();
    String token = in.token();
    int bang = token.indexOf('!');
    if (bang >= 0) {
      in.position(from + bang);
      throw in.error("unexpected '!'");
    }
    return new Token(token, negated);
  }

  private static FeatureValue range(Scanner in, boolean negated) throws SyntaxException {
    int start = in.position();
    in.expect('#');
    double from = Double.NEGATIVE_INFINITY;
    double to = Double.POSITIVE_INFINITY;
    if (in.accept('>')) {
      in.expect('=');
      from = number(in);
    } else if (in.accept('<')) {
      in.expect('=');
      to = number(in);
    } else if (in.accept('=')) {
      from = number(in);
      to = from;
    } else {
      from = number(in);
      in.expect(':');
      to = number(in);
    }
    if (from > to) {
      in.position(start);
      throw in.error("range without numbers in it");
    }
    return new Range(from, to, negated, in.text(start, in.position()));
  }

  private static double number(Scanner in) throws SyntaxException {
    int from = in.position();
    if (!in.accept('+')) {
      in.accept('-');
    }
    if (!in.at(Chars.DIGIT)) {
      throw in.error("expected a number");
    }
    in.skip(Chars.DIGIT);
    if (in.accept('.')) {
      in.skip(Chars.DIGIT);
    }
    double number = Double.parseDouble(in.text(from, in.position()));
    if (Double.isInfinite(number)) {
      in.position(from);
      throw in.error("number that no double can hold");
    }
    return number;
  }
}
