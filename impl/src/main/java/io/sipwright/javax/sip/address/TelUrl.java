package io.sipwright.javax.sip.address;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Escapes;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Iterator;
import java.util.Objects;
import javax.sip.address.TelURL;
import org.jspecify.annotations.Nullable;

/** A tel URI (RFC 3966). */
public class TelUrl extends AbstractUri implements TelURL {
  private static final long serialVersionUID = 1L;

  private boolean global;
  private String number = "";
  private String params = "";

  /** Reads what stands behind {@code tel:}, to the end given. */
  void parseBody(Scanner in, int end) throws SyntaxException {
    global = in.accept('+');
    number = in.run(Chars.PHONE, "a telephone number");
    if (in.position() < end && in.accept(';')) {
      params = in.text(in.position(), end);
      in.position(end);
    }
    if (in.position() != end) {
      throw in.error("unexpected character in telephone number");
    }
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

  @Override
  public String getScheme() {
    return "tel";
  }

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

  @Override
  public String getPhoneNumber() {
    return number;
  }

  @Override
  public void setPhoneNumber(String number) throws ParseException {
    if (!Chars.all(number, Chars.PHONE)) {
      throw new SyntaxException("not a telephone number", 0);
    }
    this.number = number;
  }

  @Override
  public @Nullable String getPostDial() {
    return getParameter("postd");
  }

  @Override
  public void setPostDial(@Nullable String postDial) throws ParseException {
    setOrRemove("postd", postDial);
  }

  @Override
  public @Nullable String getIsdnSubAddress() {
    return getParameter("isub");
  }

  @Override
  public void setIsdnSubAddress(@Nullable String isub) throws ParseException {
    setOrRemove("isub", isub);
  }

  @Override
  public @Nullable String getPhoneContext() {
    return getParameter("phone-context");
  }

  @Override
  public void setPhoneContext(@Nullable String context) throws ParseException {
    setOrRemove("phone-context", context);
  }

  private void setOrRemove(String name, @Nullable String value) throws ParseException {
    if (value == null) {
      removeParameter(name);
    } else {
      setParameter(name, value);
    }
  }

  @Override
  public @Nullable String getParameter(String name) {
    return RawPairs.get(params, ';', name);
  }

  @Override
  public void setParameter(String name, @Nullable String value) throws ParseException {
    if (!Chars.all(name, Chars.URI_PARAM)) {
      throw new SyntaxException("not a parameter name", 0);
    }
    String element = name;
    if (value != null && !value.isEmpty()) {
      if (Chars.hasLineBreakOrNul(value)) {
        throw new SyntaxException("value of parameter " + name + " holds CR, LF or NUL", 0);
      }
      element += '=' + Escapes.escape(value, Chars.URI_PARAM);
    }
    params = RawPairs.set(params, ';', name, element);
  }

  @Override
  public Iterator<String> getParameterNames() {
    return RawPairs.names(params, ';').iterator();
  }

  @Override
  public void removeParameter(String name) {
    params = RawPairs.remove(params, ';', name);
  }

  @Override
  public TelUrl clone() {
    return (TelUrl) super.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof TelUrl that
            && global == that.global
            && number.equalsIgnoreCase(that.number)
            && params.equalsIgnoreCase(that.params));
  }

  @Override
  public int hashCode() {
    return Objects.hash(global, Chars.lower(number));
  }
}
