package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import java.util.Locale;
import javax.sip.InvalidArgumentException;
import javax.sip.header.AcceptLanguageHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Accept-Language = "Accept-Language" HCOLON [ language *(COMMA language) ]} (RFC 3261
 * §20.3).
 *
 * <pre>
 * language       = language-range *(SEMI accept-param)
 * language-range = ( ( 1*8ALPHA *( "-" 1*8ALPHA ) ) / "*" )
 * </pre>
 */
public class AcceptLanguage extends ParametersHeader implements AcceptLanguageHeader {
  private static final long serialVersionUID = 1L;

  private String range = "";

  /** Empty: no language is preferred. */
  public AcceptLanguage() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    if (!in.atEnd()) {
      range = in.accept('*') ? "*" : Languages.read(in);
      parameters.parseMore(in, ';');
    }
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(range);
    if (!range.isEmpty()) {
      parameters.encode(out);
    }
  }

  /**
   * The language range; for {@code *} a locale with the language {@code *}, for an empty header
   * {@link Locale#ROOT}.
   */
  @Override
  public Locale getAcceptLanguage() {
    return Languages.locale(range);
  }

  /**
   * Sets the language range: the locale's language tag; {@code *} for one with the language {@code
   * *}; for {@link Locale#ROOT} nothing, and its parameters are taken away.
   *
   * @throws IllegalArgumentException if its language is none that a tag can be made of
   */
  @Override
  public void setAcceptLanguage(Locale language) {
    range = Languages.tag(language);
    if (range.isEmpty()) {
      parameters.clear();
    }
  }

  /** The preference, 0 to 1, or -1 where it's absent or no such number. */
  @Override
  public float getQValue() {
    return qParameter();
  }

  /**
   * Sets the preference; it's written with at most three decimals.
   *
   * @param qValue 0 to 1, or -1 to take it away
   * @throws InvalidArgumentException if it's anything else
   */
  @Override
  public void setQValue(float qValue) throws InvalidArgumentException {
    setQParameter(qValue);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    if (name.equalsIgnoreCase("q")) {
      checkQ(value);
    }
  }

  /** Equal in language range, whatever its case, and in the set of parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AcceptLanguage that
        && range.equalsIgnoreCase(that.range)
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return Chars.lower(range).hashCode() * 31 + parameters.hashCode();
  }
}
