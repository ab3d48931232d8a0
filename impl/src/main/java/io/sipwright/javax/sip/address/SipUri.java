package io.sipwright.javax.sip.address;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Escapes;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Iterator;
import java.util.Objects;
import javax.sip.InvalidArgumentException;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;

/**
 * A SIP or SIPS URI: {@code sip:user:password@host:port;uri-parameters?headers} (RFC 3261 §19.1.1).
 *
 * <p>Each part is kept as it stood on the wire and written back so. What programs see and set is
 * text without escapes, in the sense of {@link Escapes}: setters escape what has to be.
 *
 * <p>Taken beyond the grammar, because deployed equipment has it: {@code #} in the user part
 * ({@code sip:*21#@host}), {@code _} in host names, empty parameters ({@code ;;lr;}), {@code =} in
 * parameter values ({@code ;rr=Zm9v==}), {@code @ ; , =} in header values.
 */
public class SipUri extends AbstractUri implements SipURI {
  private static final long serialVersionUID = 1L;

  private boolean secure;
  private @Nullable String user; // raw, as are the other parts
  private @Nullable String password;
  private String host = "";
  private int port = -1;
  private String params = "";
  private String headers = "";

  /** A sip URI with nothing in it yet. */
  public SipUri() {}

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
    }
    host = in.host();
    if (in.position() < end && in.accept(':')) {
      port = in.port();
    }
    if (in.position() < end && in.accept(';')) {
      int question = in.position();
      while (question < end && b[question] != '?') {
        question++;
      }
      params = RawPairs.parse(in, question, ';', Chars.URI_PARAM, "=", false);
    }
    if (in.position() < end && in.accept('?')) {
      headers = RawPairs.parse(in, end, '&', Chars.URI_HEADER, "=@;,", true);
    }
    if (in.position() < end) {
      throw in.error("unexpected character in SIP URI");
    }
  }

  /** Takes away what a Request-URI may not hold: {@code method} and headers (RFC 3261 §19.1.1). */
  void stripForRequestLine() {
    params = RawPairs.remove(params, ';', "method");
    headers = "";
  }

  /**
   * {@code userinfo = ( user / telephone-subscriber ) [ ":" password ] "@"}, the place of the
   * {@code @} given; the user isn't empty.
   */
  private void parseUserinfo(Scanner in, int at) throws SyntaxException {
    byte[] b = in.array();
    int from = in.position();
    int to = Escapes.skip(b, from, at, Chars.USER);
    while (to < at && b[to] == '#') {
      in.beyondGrammar("'#' in the user part of a URI", to);
      to = Escapes.skip(b, to + 1, at, Chars.USER);
    }
    in.position(to);
    if (to == from) {
      throw in.error("expected a user before '@'");
    }
    user = in.text(from, to);
    if (in.accept(':')) {
      from = to + 1;
      to = Escapes.skip(b, from, at, Chars.PASSWORD);
      in.position(to);
      password = in.text(from, to);
    }
    if (to != at) {
      throw in.error("unexpected character before '@'");
    }
    in.next();
  }

  /** Makes this the URI that stands in the wildcard address: its user is {@code *}, no host. */
  void makeWildcard() {
    user = "*";
    host = "";
  }

  /** Whether this is the URI of the wildcard address. */
  boolean isWildcard() {
    return host.isEmpty() && "*".equals(user);
  }

  @Override
  public void encode(ByteSink out) {
    if (isWildcard()) {
      out.put('*');
      return;
    }
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

  /** {@code "sip"} or {@code "sips"}. */
  @Override
  public String getScheme() {
    return secure ? "sips" : "sip";
  }

  /** Always. */
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

  /** The user without escapes, parameters in it included; null if there's none. */
  @Override
  public @Nullable String getUser() {
    return user == null ? null : Escapes.resolve(user);
  }

  /**
   * Sets the user. Null or {@code ""} takes it away, and the password with it.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  @Override
  public void setUser(@Nullable String user) throws ParseException {
    if (user == null || user.isEmpty()) {
      this.user = null;
      this.password = null;
    } else {
      this.user = Escapes.escape(Checks.text(user, "user"), Chars.USER);
    }
  }

  /** The password without escapes; null if there's none. */
  @Override
  public @Nullable String getUserPassword() {
    return password == null ? null : Escapes.resolve(password);
  }

  /**
   * Sets the password; null takes it away.
   *
   * @throws ParseException if it holds CR, LF or NUL, or there's no user for it to belong to
   */
  @Override
  public void setUserPassword(@Nullable String password) throws ParseException {
    if (password == null) {
      this.password = null;
      return;
    }
    if (user == null) {
      throw new SyntaxException("a password needs a user: set the user first", 0);
    }
    this.password = Escapes.escape(Checks.text(password, "password"), Chars.PASSWORD);
  }

  /** As it was given, an IPv6 address in square brackets; {@code ""} only where none was set. */
  @Override
  public String getHost() {
    return host;
  }

  /**
   * Sets the host: a name, an IPv4 address, or an IPv6 address with or without square brackets. A
   * zone ({@code fe80::1%eth0}) means nothing to others and is dropped.
   *
   * @throws ParseException if it's none of these
   * @throws IllegalArgumentException if it's null
   */
  @Override
  public void setHost(String host) throws ParseException {
    if (host == null) {
      throw new IllegalArgumentException("null host");
    }
    this.host = Checks.host(host, "host");
  }

  /** The port, or -1 if there's none. */
  @Override
  public int getPort() {
    return port;
  }

  /**
   * Sets the port; -1 takes it away.
   *
   * @throws IllegalArgumentException if it's outside -1 to 65535
   */
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

  /** The value of a header without escapes; null if there's none of this name. */
  @Override
  public @Nullable String getHeader(String name) {
    return RawPairs.get(headers, '&', Objects.requireNonNull(name, "name"));
  }

  /**
   * Sets a header, in its old place where it had one; a null value counts as {@code ""}.
   *
   * @throws ParseException if the name is no token, or the value holds CR, LF or NUL (a body's line
   *     breaks are given as {@code %0D%0A})
   */
  @Override
  public void setHeader(String name, @Nullable String value) throws ParseException {
    String text = value == null ? "" : Checks.text(value, "header value");
    String element =
        Escapes.escape(Checks.token(name, "header name"), Chars.URI_HEADER)
            + '='
            + Escapes.escape(text, Chars.URI_HEADER);
    headers = RawPairs.set(headers, '&', name, element);
  }

  /** The names of the headers in order; a copy that can't be changed. */
  @Override
  public Iterator<String> getHeaderNames() {
    return RawPairs.names(headers, '&');
  }

  /** Takes a header away, if it's there. */
  public void removeHeader(String name) {
    headers = RawPairs.remove(headers, '&', Objects.requireNonNull(name, "name"));
  }

  /** Takes all headers away. */
  public void removeHeaders() {
    headers = "";
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
   * value.
   *
   * @throws ParseException if the name is empty, or either holds CR, LF or NUL
   */
  @Override
  public void setParameter(String name, @Nullable String value) throws ParseException {
    if (name.isEmpty()) {
      throw new SyntaxException("a parameter needs a name", 0);
    }
    String element = Escapes.escape(Checks.text(name, "parameter name"), Chars.URI_PARAM);
    if (value != null && !value.isEmpty()) {
      element += '=' + Escapes.escape(Checks.text(value, "parameter value"), Chars.URI_PARAM);
    }
    params = RawPairs.set(params, ';', name, element);
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

  /** Takes all parameters away. */
  public void removeParameters() {
    params = "";
  }

  /** Whether a parameter stands there, with or without value. */
  public boolean hasParameter(String name) {
    return RawPairs.has(params, ';', Objects.requireNonNull(name, "name"));
  }

  @Override
  public @Nullable String getTransportParam() {
    return getParameter("transport");
  }

  /**
   * Sets the transport, in lower case as RFC 3261 §25.1 spells them.
   *
   * @throws ParseException if it's no token
   */
  @Override
  public void setTransportParam(String transport) throws ParseException {
    setTokenParameter("transport", Chars.lower(Objects.requireNonNull(transport, "transport")));
  }

  private void setTokenParameter(String name, String value) throws ParseException {
    setParameter(name, Checks.token(value, name));
  }

  /** The {@code ttl} parameter, or -1 if it's absent or no number from 0 to 255. */
  @Override
  public int getTTLParam() {
    String ttl = getParameter("ttl");
    if (ttl == null || ttl.length() > 3 || !Chars.all(ttl, Chars.DIGIT)) {
      return -1;
    }
    int n = Integer.parseInt(ttl);
    return n > 255 ? -1 : n;
  }

  /**
   * Sets the {@code ttl} parameter; -1 takes it away.
   *
   * @throws InvalidArgumentException if it's outside -1 to 255
   */
  @Override
  public void setTTLParam(int ttl) throws InvalidArgumentException {
    if (ttl < -1 || ttl > 255) {
      throw new InvalidArgumentException("ttl " + ttl + " is outside 0 to 255");
    }
    params =
        ttl == -1
            ? RawPairs.remove(params, ';', "ttl")
            : RawPairs.set(params, ';', "ttl", "ttl=" + ttl);
  }

  @Override
  public @Nullable String getMethodParam() {
    return getParameter("method");
  }

  /**
   * Sets the {@code method} parameter; null takes it away.
   *
   * @throws ParseException if it's no token
   */
  @Override
  public void setMethodParam(@Nullable String method) throws ParseException {
    if (method == null) {
      removeParameter("method");
    } else {
      setTokenParameter("method", method);
    }
  }

  @Override
  public @Nullable String getUserParam() {
    return getParameter("user");
  }

  /**
   * Sets the {@code user} parameter, {@code phone} or {@code ip} as a rule; null takes it away.
   *
   * @throws ParseException if it's no token
   */
  @Override
  public void setUserParam(@Nullable String userParam) throws ParseException {
    if (userParam == null) {
      removeParameter("user");
    } else {
      setTokenParameter("user", userParam);
    }
  }

  @Override
  public @Nullable String getMAddrParam() {
    return getParameter("maddr");
  }

  /**
   * Sets the {@code maddr} parameter: a host, as in {@link #setHost}.
   *
   * @throws ParseException if it's no host
   */
  @Override
  public void setMAddrParam(String maddr) throws ParseException {
    setParameter("maddr", Checks.host(maddr, "maddr"));
  }

  @Override
  public boolean hasLrParam() {
    return RawPairs.has(params, ';', "lr");
  }

  @Override
  public void setLrParam() {
    if (!hasLrParam()) {
      params = RawPairs.set(params, ';', "lr", "lr");
    }
  }

  @Override
  public SipUri clone() {
    return (SipUri) super.clone();
  }

  /**
   * Equivalence of RFC 3261 §19.1.4, with RFC 5954 §4.2 for IPv6 addresses. It isn't transitive: a
   * parameter in only one of the URIs doesn't count, unless it's {@code user}, {@code ttl}, {@code
   * method}, {@code maddr} or {@code transport}. Other vendors' URIs are compared by their text.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    if (other == this) {
      return true;
    }
    SipUri that;
    if (other instanceof SipUri ours) {
      that = ours;
    } else if (other instanceof SipURI foreign && Uris.ofOrNull(foreign) instanceof SipUri read) {
      that = read;
    } else {
      return false;
    }
    return secure == that.secure
        && port == that.port
        && SipUriComparison.sameUserinfo(user, that.user)
        && SipUriComparison.sameUserinfo(password, that.password)
        && SipUriComparison.sameHost(host, that.host)
        && SipUriComparison.sameParameters(params, that.params)
        && SipUriComparison.sameHeaders(headers, that.headers);
  }

  /** Made of what must be the same in equal URIs: scheme, user, host and port. */
  @Override
  public int hashCode() {
    int h = SipUriComparison.hashOfHost(host) * 31 + port;
    h = h * 31 + (user == null ? 0 : Escapes.canonical(user, false).hashCode());
    return secure ? ~h : h;
  }
}
