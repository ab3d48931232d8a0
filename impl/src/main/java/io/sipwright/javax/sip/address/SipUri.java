package io.sipwright.javax.sip.address;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Escapes;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Iterator;
import java.util.Objects;
import javax.sip.InvalidArgumentException;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;

/** A SIP or SIPS URI (RFC 3261 §19.1). */
public class SipUri extends AbstractUri implements SipURI {
  private static final long serialVersionUID = 1L;

  private boolean secure;
  private @Nullable String user;
  private @Nullable String password;
  private String host = "";
  private int port = -1;
  private String params = "";
  private String headers = "";

  /** Reads what stands behind {@code sip:} or {@code sips:}, to the end given. */
  void parseBody(Scanner in, boolean secure, int end) throws SyntaxException {
    this.secure = secure;
    byte[] b = in.array();
    int at = in.position();
    while (at < end && b[at] != '@') {
      at++;
    }
    if (at < end) {
      parseUserinfo(in, at);
      in.position(at + 1);
    }
    host = in.host();
    if (in.position() < end && in.accept(':')) {
      port = in.port();
    }
    if (in.position() < end && in.accept(';')) {
      int from = in.position();
      skip(in, end, Chars.URI_PARAM, ";=@");
      params = in.text(from, in.position());
    }
    if (in.position() < end && in.accept('?')) {
      int from = in.position();
      skip(in, end, Chars.URI_HEADER, "&=@;,");
      headers = in.text(from, in.position());
    }
    if (in.position() < end) {
      throw in.error("unexpected character in SIP URI");
    }
  }

  /** Makes this the URI of the wildcard address, whose user is {@code *}. */
  void markWildcard() {
    user = "*";
  }

  /** Takes away what a Request-URI may not hold: {@code method} and headers (RFC 3261 §19.1.1). */
  void stripForRequestLine() {
    params = RawPairs.remove(params, ';', "method");
    headers = "";
  }

  private void parseUserinfo(Scanner in, int at) throws SyntaxException {
    int from = in.position();
    skip(in, at, Chars.USER, "#");
    if (in.position() == from) {
      throw in.error("expected a user");
    }
    user = in.text(from, in.position());
    if (in.accept(':')) {
      from = in.position();
      skip(in, at, Chars.PASSWORD, "");
      password = in.text(from, in.position());
    }
    if (in.position() != at) {
      throw in.error("unexpected character in user part");
    }
  }

  private static void skip(Scanner in, int end, int charClass, String also) throws SyntaxException {
    while (in.position() < end) {
      int c = in.peek();
      if (c == '%') {
        if (in.position() + 2 >= end
            || !Chars.is(in.peek(1), Chars.HEX)
            || !Chars.is(in.peek(2), Chars.HEX)) {
          throw in.error("expected two hexadecimal digits after '%'");
        }
        in.next();
        in.next();
      } else if (!Chars.is(c, charClass) && also.indexOf(c) < 0) {
        return;
      }
      in.next();
    }
  }

  @Override
  public void encode(ByteSink out) {
    out.put(secure ? "sips:" : "sip:");
    if (user != null) {
      out.put(user);
      if (password != null) {
        out.put(':').put(password);
      }
      out.put('@');
    }
    out.put(host);
    if (port >= 0) {
      out.put(':').put(port);
    }
    if (!params.isEmpty()) {
      out.put(';').put(params);
    }
    if (!headers.isEmpty()) {
      out.put('?').put(headers);
    }
  }

  @Override
  public String getScheme() {
    return secure ? "sips" : "sip";
  }

  @Override
  public boolean isSipURI() {
    return true;
  }

  @Override
  public boolean isSecure() {
    return secure;
  }

  @Override
  public void setSecure(boolean secure) {
    this.secure = secure;
  }

  @Override
  public @Nullable String getUser() {
    return user == null ? null : Escapes.unescape(user);
  }

  @Override
  public void setUser(@Nullable String user) throws ParseException {
    if (user == null) {
      this.user = null;
      this.password = null;
      return;
    }
    check(user, "user");
    this.user = Escapes.escape(user, Chars.USER);
  }

  private static void check(String text, String what) throws SyntaxException {
    if (text.isEmpty()) {
      throw new SyntaxException(what + " is empty", 0);
    }
    if (Chars.hasLineBreakOrNul(text)) {
      throw new SyntaxException(what + " holds CR, LF or NUL", 0);
    }
  }

  @Override
  public @Nullable String getUserPassword() {
    return password == null ? null : Escapes.unescape(password);
  }

  @Override
  public void setUserPassword(@Nullable String password) throws ParseException {
    if (password == null) {
      this.password = null;
      return;
    }
    if (Chars.hasLineBreakOrNul(password)) {
      throw new SyntaxException("password holds CR, LF or NUL", 0);
    }
    this.password = Escapes.escape(password, Chars.PASSWORD);
  }

  @Override
  public String getHost() {
    return host;
  }

  @Override
  public void setHost(String host) throws ParseException {
    String text = host.indexOf(':') >= 0 && !host.startsWith("[") ? '[' + host + ']' : host;
    Scanner in = new Scanner(text);
    String read = in.host();
    if (!in.atEnd()) {
      throw in.error("unexpected character in host");
    }
    this.host = read;
  }

  @Override
  public int getPort() {
    return port;
  }

  @Override
  public void setPort(int port) {
    if (port < -1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is outside 0 to 65535");
    }
    this.port = port;
  }

  @Override
  public void removePort() {
    port = -1;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return RawPairs.get(headers, '&', name);
  }

  @Override
  public void setHeader(String name, String value) throws ParseException {
    check(name, "header name");
    if (Chars.hasLineBreakOrNul(value)) {
      throw new SyntaxException("header value holds CR, LF or NUL", 0);
    }
    headers =
        RawPairs.set(
            headers,
            '&',
            name,
            Escapes.escape(name, Chars.URI_HEADER) + '=' + Escapes.escape(value, Chars.URI_HEADER));
  }

  @Override
  public Iterator<String> getHeaderNames() {
    return RawPairs.names(headers, '&').iterator();
  }

  @Override
  public @Nullable String getParameter(String name) {
    return RawPairs.get(params, ';', name);
  }

  @Override
  public void setParameter(String name, @Nullable String value) throws ParseException {
    check(name, "parameter name");
    String element = Escapes.escape(name, Chars.URI_PARAM);
    if (value != null && !value.isEmpty()) {
      check(value, "parameter value");
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
  public @Nullable String getTransportParam() {
    return getParameter("transport");
  }

  @Override
  public void setTransportParam(String transport) throws ParseException {
    setParameter("transport", Objects.requireNonNull(transport, "transport"));
  }

  @Override
  public int getTTLParam() {
    String ttl = getParameter("ttl");
    try {
      return ttl == null ? -1 : (int) new Scanner(ttl).number(255);
    } catch (SyntaxException e) {
      return -1;
    }
  }

  @Override
  public void setTTLParam(int ttl) throws InvalidArgumentException {
    if (ttl < 0 || ttl > 255) {
      throw new InvalidArgumentException("ttl " + ttl + " is outside 0 to 255");
    }
    params = RawPairs.set(params, ';', "ttl", "ttl=" + ttl);
  }

  @Override
  public @Nullable String getMethodParam() {
    return getParameter("method");
  }

  @Override
  public void setMethodParam(String method) throws ParseException {
    setParameter("method", Objects.requireNonNull(method, "method"));
  }

  @Override
  public @Nullable String getUserParam() {
    return getParameter("user");
  }

  @Override
  public void setUserParam(String userParam) throws ParseException {
    setParameter("user", Objects.requireNonNull(userParam, "user"));
  }

  @Override
  public @Nullable String getMAddrParam() {
    return getParameter("maddr");
  }

  @Override
  public void setMAddrParam(String maddr) throws ParseException {
    setParameter("maddr", Objects.requireNonNull(maddr, "maddr"));
  }

  @Override
  public boolean hasLrParam() {
    return getParameter("lr") != null;
  }

  @Override
  public void setLrParam() {
    params = RawPairs.set(params, ';', "lr", "lr");
  }

  @Override
  public SipUri clone() {
    return (SipUri) super.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof SipUri that
            && secure == that.secure
            && port == that.port
            && Objects.equals(getUser(), that.getUser())
            && Objects.equals(getUserPassword(), that.getUserPassword())
            && host.equalsIgnoreCase(that.host));
  }

  @Override
  public int hashCode() {
    return (Chars.lower(host).hashCode() * 31 + port) * 31 + Objects.hashCode(getUser());
  }
}
