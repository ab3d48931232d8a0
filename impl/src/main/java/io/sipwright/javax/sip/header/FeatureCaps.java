package io.sipwright.javax.sip.header;

import io.sipwright.header.FeatureCapsHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code Feature-Caps = "Feature-Caps" HCOLON fc-value *(COMMA fc-value)} (RFC 6809 §6.2.1,
 * §6.3.2).
 *
 * <pre>
 * fc-value    = "*" *(SEMI feature-cap)
 * feature-cap = "+" fcap-name [EQUAL LDQUOT (fcap-value-list / fcap-string-value ) RDQUOT]
 * </pre>
 */
public class FeatureCaps extends ParametersHeader implements FeatureCapsHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without value yet. */
  public FeatureCaps() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    in.expect('*');
    parameters.parseMore(in, ';');
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put('*');
    parameters.encode(out);
  }

  @Override
  public @Nullable String getFeature(String name) {
    return parameters.get('+' + name);
  }

  @Override
  public void setFeature(String name, @Nullable String value) throws ParseException {
    setParameter('+' + Objects.requireNonNull(name, "name"), value);
  }

  /** Sets an indicator by its name with the {@code +}; values stand between quotes. */
  @Override
  public void setParameter(String name, @Nullable String value) throws ParseException {
    checkIndicator(Objects.requireNonNull(name, "parameter name"));
    if (value == null || value.isEmpty()) {
      parameters.set(name, null);
    } else {
      parameters.setQuoted(name, value);
    }
  }

  private static void checkIndicator(String name) throws SyntaxException {
    if (name.length() < 2 || name.charAt(0) != '+' || !Chars.is(name.charAt(1), Chars.ALPHA)) {
      throw new SyntaxException(
          "feature-capability indicator '" + Checks.visible(name) + "' is not '+' and a name", 0);
    }
  }

  @Override
  void checkStrictly() throws ParseException {
    parameters.forEach(
        (name, value, quoted) -> {
          checkIndicator(name);
          if (!value.isEmpty() && !quoted) {
            throw new SyntaxException("value of " + name + " needs quotes", 0);
          }
        });
  }

  @Override
  public boolean hasFeature(String name) {
    return parameters.has('+' + name);
  }

  @Override
  public @Nullable String getPushService() {
    return getFeature("sip.pns");
  }

  @Override
  public @Nullable String getVapidKey() {
    return getFeature("sip.vapid");
  }

  @Override
  public int getPushRegisterSeconds() {
    return (int) numberParameter("+sip.pnsreg", Integer.MAX_VALUE);
  }

  @Override
  public @Nullable String getPushReference() {
    return getFeature("sip.pnspurr");
  }

  /** Equal in the set of indicators. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FeatureCaps that && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return parameters.hashCode();
  }
}
