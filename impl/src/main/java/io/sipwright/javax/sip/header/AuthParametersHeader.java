package io.sipwright.javax.sip.header;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code auth-param *(COMMA auth-param)} with {@code auth-param = auth-param-name EQUAL ( token /
 * quoted-string )} (RFC 3261 §25.1, RFC 7616 §3): the part that challenges, credentials and
 * Authentication-Info have in common.
 *
 * <p>Which values stand between quotes is fixed by name when a program sets them, because deployed
 * gear insists on it. What came off the wire keeps the quotes it had.
 */
public abstract class AuthParametersHeader extends ParametersHeader {
  private static final long serialVersionUID = 1L;

  private static final int NONCE_COUNT_DIGITS = 8;

  /** A header of a name. */
  protected AuthParametersHeader(String name) {
    super(name);
  }

  /** Whether {@code qop} stands between quotes: in challenges, where it is a list. */
  abstract boolean quotesQop();

  /**
   * Sets or replaces an auth-param, between quotes or not as its name asks for. Null counts as
   * {@code ""}.
   *
   * @throws ParseException if the name is no token, if a value holds CR, LF or NUL, or if one that
   *     goes without quotes (algorithm, stale, nc, qop in credentials) is no token
   */
  @Override
  public void setParameter(String name, @Nullable String value) throws ParseException {
    Objects.requireNonNull(name, "parameter name");
    String text = value == null ? "" : value;
    switch (Chars.lower(name)) {
      case "realm", "domain", "nonce", "opaque", "username", "uri", "response", "cnonce" ->
          parameters.setQuoted(name, text);
      case "nextnonce", "rspauth" -> parameters.setQuoted(name, text);
      case "algorithm", "stale", "nc" -> setTokenParameter(name, text);
      case "qop" -> {
        if (quotesQop()) {
          parameters.setQuoted(name, text);
        } else {
          setTokenParameter(name, text);
        }
      }
      default -> {
        if (text.isEmpty()) {
          parameters.setQuoted(name, text); // each has an equals sign
        } else {
          parameters.set(name, text);
        }
      }
    }
  }

  /** {@code auth-param = auth-param-name EQUAL ( token / quoted-string )}, one at least. */
  @Override
  void checkStrictly() throws ParseException {
    if (parameters.isEmpty() || !parameters.allHaveValues()) {
      throw new SyntaxException("expected name and value of an auth-param", 0);
    }
    parameters.forEach(
        (name, value, quoted) -> {
          if (!quoted && !Chars.isToken(value)) {
            throw new SyntaxException("value of " + name + " needs quotes", 0);
          }
        });
  }

  /** As {@link #setParameter}, for the setters of one value: null is an error. */
  final void setValue(String name, String value) throws ParseException {
    setParameter(name, Objects.requireNonNull(value, name));
  }

  /** The {@code qop} value, without quotes; null if there's none. */
  public @Nullable String getQop() {
    return parameters.get("qop");
  }

  /** Sets {@code qop}. */
  public void setQop(String qop) throws ParseException {
    setValue("qop", qop);
  }

  /**
   * The number in {@code nc-value = 8LHEX}; -1 if it's absent or not hexadecimal; {@link
   * Integer#MAX_VALUE} if it's more than that.
   */
  final int nonceCount() {
    String nc = parameters.get("nc");
    if (nc == null || nc.length() > NONCE_COUNT_DIGITS || !Chars.all(nc, Chars.HEX)) {
      return -1;
    }
    return Ranges.clamp(Long.parseLong(nc, 16));
  }

  /** Sets {@code nc} to eight lower-case hexadecimal digits. */
  final void nonceCount(int nonceCount) throws ParseException {
    if (nonceCount < 0) {
      throw new ParseException("nonce count " + nonceCount + " is below 0", 0);
    }
    String hex = Integer.toHexString(nonceCount);
    setParameter("nc", "0".repeat(NONCE_COUNT_DIGITS - hex.length()) + hex);
  }

  /** The same parameters, in whatever order (RFC 3261 §7.3.1). */
  final boolean sameParameters(AuthParametersHeader that) {
    return parameters.equals(that.parameters);
  }

  /** What a setter without checked exceptions makes of an error. */
  static String requireToken(String text, String what) {
    try {
      return Checks.token(text, what);
    } catch (ParseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
