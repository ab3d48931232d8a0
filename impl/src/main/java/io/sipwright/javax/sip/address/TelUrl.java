package io.sipwright.javax.sip.address;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Escapes;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import javax.sip.address.TelURL;
import org.jspecify.annotations.Nullable;

/**
 * A tel URI: {@code tel:+1-201-555-0123;ext=12} (RFC 3966 §3), kept as it stood on the wire.
 *
 * <p>Taken beyond the grammar, because deployed equipment has it: local numbers without {@code
 * phone-context}, {@code A-F}, {@code *} and {@code #} in global numbers, parameters in any order.
 */
public class TelUrl extends AbstractUri implements TelURL {
  private static final long serialVersionUID = 1L;

  private boolean global;
  private String number = "";
  private String params = "";

  /** A local number with no digits yet. */
  public TelUrl() {}

  /** Reads what stands behind {@code tel:}, to the end given. */
  void parseBody(Scanner in, int end) throws SyntaxException {
    global = in.accept('+');
    int from = in.position();
    in.skip(Chars.PHONE);
    number = in.text(from, in.position());
    if (digits(number).isEmpty()) {
      throw in.error("expected a telephone number");
    }
    if (in.position() < end && in.accept(';')) {
      params = RawPairs.parse(in, end, ';', Chars.URI_PARAM, "=?@,", false);
    }
    if (in.position() != end) {
      throw in.error("unexpected character in telephone number");
    }
    if (!global && getPhoneContext() == null) {
      in.beyondGrammar("local number without phone-context", from);
    }
    for (int i = 0; global && i < number.length(); i++) {
      if (!Chars.is(number.charAt(i), Chars.DIGIT) && "-.()".indexOf(number.charAt(i)) < 0) {
        in.beyondGrammar("character that no global number has", from + i);
      }
    }
    if (in.isStrict()) {
      checkParameters(in);
    }
  }

  private void checkParameters(Scanner in) throws SyntaxException {
    try {
      for (Map.Entry<String, String> each : RawPairs.map(params, ';').entrySet()) {
        checkName(each.getKey());
        checkKnown(each.getKey(), Escapes.resolve(each.getValue()));
      }
      String context = getPhoneContext();
      if (context != null && !context.startsWith("+")) {
        Scanner domain = new Scanner(context).strict();
        domain.host();
        domain.expectEnd();
      }
    } catch (SyntaxException e) {
      in.beyondGrammar(e.what(), in.position());
    }
  }

  /** Without visual separators, in lower case: what numbers are compared by (RFC 3966 §4). */
  private static String digits(String number) {
    StringBuilder sb = new StringBuilder(number.length());
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if ("-.()".indexOf(c) < 0) {
        sb.append((char) Chars.lower(c));
      }
    }
    return sb.toString();
  }

  @Override
  public void encode(ByteSink out) {
    out.put("tel:");
    if (global) {
      out.put('+');
    }
    out.put(number);
    if (!params.isEmpty()) {
      out.put(';').put(params);
    }
  }

  /** {@code "tel"}. */
  @Override
  public String getScheme() {
    return "tel";
  }

  /** Never. */
  @Override
  public boolean isSipURI() {
    return false;
  }

  @Override
  public boolean isGlobal() {
    return global;
  }

  @Override
  public void setGlobal(boolean global) {
    this.global = global;
  }

  /** The number as it stands, separators included, without the {@code +} of a global one. */
  @Override
  public String getPhoneNumber() {
    return number;
  }

  /**
   * Sets the number, without {@code +}: {@link #setGlobal} says whether it's global.
   *
   * @throws ParseException if it has no digit, or anything besides digits, {@code A-F * #} and the
   *     separators {@code - . ( )}
   */
  @Override
  public void setPhoneNumber(String number) throws ParseException {
    if (!Chars.all(number, Chars.PHONE) || digits(number).isEmpty()) {
      throw new SyntaxException(
          "expected a telephone number of digits, A-F, *, #, -, ., ( and ), without '+'", 0);
    }
    this.number = number;
  }

  /**
   * The {@code postd} parameter of RFC 2806, or {@code postdial} as some write it; null if none.
   */
  @Override
  public @Nullable String getPostDial() {
    String postd = getParameter("postd");
    return postd != null ? postd : getParameter("postdial");
  }

  /** Sets the {@code postd} parameter; null takes it away. */
  @Override
  public void setPostDial(@Nullable String postDial) throws ParseException {
    setOrRemove("postd", postDial);
    removeParameter("postdial");
  }

  /** The {@code isub} parameter without escapes; null if there's none. */
  @Override
  public @Nullable String getIsdnSubAddress() {
    return getParameter("isub");
  }

  /** Sets the {@code isub} parameter; null takes it away. */
  @Override
  public void setIsdnSubAddress(@Nullable String isdnSubAddress) throws ParseException {
    setOrRemove("isub", isdnSubAddress);
  }

  /**
   * The {@code phone-context} parameter: a domain name or a global number's start; null if none.
   */
  @Override
  public @Nullable String getPhoneContext() {
    return getParameter("phone-context");
  }

  /**
   * Sets the {@code phone-context} parameter; null takes it away.
   *
   * @throws ParseException if it's neither a domain name nor {@code +} and digits
   */
  @Override
  public void setPhoneContext(@Nullable String phoneContext) throws ParseException {
    setOrRemove("phone-context", phoneContext);
  }

  /** The {@code ext} parameter, separators included; null if there's none. */
  public @Nullable String getExtension() {
    return getParameter("ext");
  }

  /**
   * Sets the {@code ext} parameter; null takes it away.
   *
   * @throws ParseException if it's anything but digits and the separators {@code - . ( )}
   */
  public void setExtension(@Nullable String extension) throws ParseException {
    setOrRemove("ext", extension);
  }

  private void setOrRemove(String name, @Nullable String value) throws ParseException {
    if (value == null) {
      removeParameter(name);
    } else if (value.isEmpty()) {
      throw new SyntaxException(name + " needs a value", 0);
    } else {
      setParameter(name, value);
    }
  }

  /**
   * The value of a parameter without escapes; {@code ""} if it has none, null if it's not there.
   */
  @Override
  public @Nullable String getParameter(String name) {
    return RawPairs.get(params, ';', Objects.requireNonNull(name, "name"));
  }

  /**
   * Sets a parameter, in its old place where it had one; null or {@code ""} makes one without
   * value. A new one goes where RFC 3966 §3 wants it: {@code isub} and {@code ext} first, {@code
   * phone-context} next, others behind them by name.
   *
   * @throws ParseException if the name isn't made of letters, digits and hyphens, if the value
   *     holds CR, LF or NUL, or if {@code ext} or {@code phone-context} is none
   */
  @Override
  public void setParameter(String name, @Nullable String value) throws ParseException {
    checkName(name);
    String element = name;
    String key = Chars.lower(name);
    checkKnown(key, value == null ? "" : value);
    if (value != null && !value.isEmpty()) {
      element += '=' + Escapes.escape(Checks.text(value, "parameter value"), Chars.URI_PARAM);
    }
    if (RawPairs.has(params, ';', name)) {
      params = RawPairs.set(params, ';', name, element);
    } else {
      params = RawPairs.insert(params, ';', element, next -> order(next).compareTo(order(key)) > 0);
    }
  }

  /** {@code pname = 1*( alphanum / "-" )}. */
  private static void checkName(String name) throws SyntaxException {
    Checks.token(name, "parameter name");
    for (int i = 0; i < name.length(); i++) {
      if (!Chars.is(name.charAt(i), Chars.ALPHANUM) && name.charAt(i) != '-') {
        throw new SyntaxException(
            "parameter name '" + name + "' is not letters, digits and '-'", i);
      }
    }
  }

  /** What sorts as RFC 3966 §3 wants the parameters. */
  private static String order(String name) {
    return switch (name) {
      case "isub", "ext" -> "";
      case "phone-context" -> " ";
      default -> name;
    };
  }

  /** {@code descriptor = domainname / global-number-digits}, {@code ext = 1*phonedigit}. */
  private static void checkKnown(String name, String value) throws SyntaxException {
    boolean global = value.startsWith("+");
    if (name.equals("ext") || (name.equals("phone-context") && global)) {
      String digits = digits(global ? value.substring(1) : value);
      if (!Chars.all(digits, Chars.DIGIT) || (global && name.equals("ext"))) {
        throw new SyntaxException(name + " '" + Checks.visible(value) + "' is no number", 0);
      }
    } else if (name.equals("phone-context")) {
      Checks.all(value, Chars.HOST, name, "a domain name or '+' and digits");
    }
  }

  /** The names of the parameters in order; a copy that can't be changed. */
  @Override
  public Iterator<String> getParameterNames() {
    return RawPairs.names(params, ';');
  }

  @Override
  public void removeParameter(String name) {
    params = RawPairs.remove(params, ';', Objects.requireNonNull(name, "name"));
  }

  @Override
  public TelUrl clone() {
    return (TelUrl) super.clone();
  }

  /** Equivalence of RFC 3966 §4. Other vendors' URIs are compared by their text. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (other == this) {
      return true;
    }
    TelUrl that;
    if (other instanceof TelUrl ours) {
      that = ours;
    } else if (other instanceof TelURL foreign && Uris.ofOrNull(foreign) instanceof TelUrl read) {
      that = read;
    } else {
      return false;
    }
    return global == that.global
        && digits(number).equals(digits(that.number))
        && sameParameters(params, that.params);
  }

  private static boolean sameParameters(String a, String b) {
    if (a.equals(b)) {
      return true;
    }
    Map<String, String> as = RawPairs.map(a, ';');
    Map<String, String> bs = RawPairs.map(b, ';');
    as.replaceAll(TelUrl::canonicalValue);
    bs.replaceAll(TelUrl::canonicalValue);
    return as.equals(bs);
  }

  private static String canonicalValue(String name, String value) {
    String text = Escapes.canonical(value, true);
    boolean number = name.equals("ext") || (name.equals("phone-context") && text.startsWith("+"));
    return number ? digits(text) : text;
  }

  @Override
  public int hashCode() {
    int h = digits(number).hashCode();
    return global ? ~h : h;
  }
}
