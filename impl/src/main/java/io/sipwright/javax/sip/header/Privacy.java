package io.sipwright.javax.sip.header;

import io.sipwright.header.PrivacyHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code Privacy-hdr = "Privacy" HCOLON priv-value *(";" priv-value)} with {@code priv-value =
 * "header" / "session" / "user" / "none" / "critical" / token} (RFC 3323 §4.2).
 *
 * <p>Commas between values are read too, as deployed equipment writes them. A value that stands
 * twice counts once; {@code none} beside others is read, and refused by the setter.
 */
public class Privacy extends SipHeader implements PrivacyHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  private String privacy = "";

  /** Without value yet. */
  public Privacy() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    privacy = in.token();
    in.sws();
    if (in.peek() == ';' || in.peek() == ',') {
      parseMore(in);
    }
  }

  /** One that stands twice is read once. */
  private void parseMore(Scanner in) throws SyntaxException {
    StringBuilder values = new StringBuilder(privacy);
    Set<String> seen = new TreeSet<>(List.of(Chars.lower(values.toString())));
    while (in.acceptSeparator(';') || acceptComma(in)) {
      String value = in.token();
      if (seen.add(Chars.lower(value))) {
        values.append(';').append(value);
      }
    }
    privacy = values.toString();
  }

  private static boolean acceptComma(Scanner in) throws SyntaxException {
    int from = in.position();
    boolean comma = in.acceptSeparator(',');
    if (comma) {
      in.beyondGrammar("comma between values", from);
    }
    return comma;
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(privacy);
  }

  @Override
  public String getPrivacy() {
    return privacy;
  }

  @Override
  public void setPrivacy(String privacy) throws ParseException {
    Scanner in = new Scanner(Checks.text(privacy, "Privacy"));
    List<String> values = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    do {
      String value = in.sws().token();
      if (!seen.add(Chars.lower(value))) {
        throw new SyntaxException("Privacy '" + privacy + "' has " + value + " twice", 0);
      }
      values.add(value);
    } while (in.acceptSeparator(';'));
    in.expectEnd();
    if (seen.contains(NONE) && seen.size() > 1) {
      throw new SyntaxException("Privacy '" + privacy + "': none must stand alone", 0);
    }
    this.privacy = String.join(";", values);
  }

  @Override
  public List<String> getPrivacyValues() {
    return privacy.isEmpty() ? List.of() : List.of(privacy.split(";", -1));
  }

  @Override
  public boolean hasPrivacy(String value) {
    return getPrivacyValues().stream().anyMatch(v -> Chars.sameIgnoringCase(v, value));
  }

  private Set<String> lowerCase() {
    return new TreeSet<>(List.of(Chars.lower(privacy).split(";", -1)));
  }

  /** Equal in the set of values, whatever their order and case. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Privacy that && lowerCase().equals(that.lowerCase());
  }

  @Override
  public int hashCode() {
    return lowerCase().hashCode();
  }
}
