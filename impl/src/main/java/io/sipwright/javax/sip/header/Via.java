package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Locale;
import java.util.Objects;
import javax.sip.InvalidArgumentException;
import javax.sip.header.ViaHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Via = ( "Via" / "v" ) HCOLON via-parm *(COMMA via-parm)} (RFC 3261 §20.42).
 *
 * <pre>
 * via-parm      = sent-protocol LWS sent-by *( SEMI via-params )
 * via-params    = via-ttl / via-maddr / via-received / via-branch / response-port / via-extension
 * sent-protocol = protocol-name SLASH protocol-version SLASH transport
 * sent-by       = host [ COLON port ]
 * response-port = "rport" [EQUAL 1*DIGIT]                                        RFC 3581 §6
 * </pre>
 *
 * <p>The transport is kept as given and written in capitals. {@code received} may be an IPv6
 * address with or without brackets. Parameters that a peer filled with nonsense count as absent.
 */
public class Via extends ParametersHeader implements ViaHeader {
  private static final long serialVersionUID = 1L;

  private static final String SIP_2_0 = "SIP/2.0";
  private static final int MAX_PORT = 65535;
  private static final int MAX_TTL = 255;

  private String protocol = SIP_2_0;
  private String transport = "";
  private String host = "";
  private int port = -1;

  /** {@code SIP/2.0}, transport and host to be set. */
  public Via() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    protocol = protocol(in);
    slash(in);
    transport = in.token();
    int end = in.position();
    if (in.sws().position() == end) {
      throw in.error("expected white space behind the transport");
    }
    host = in.host();
    port = in.acceptSeparator(':') ? in.port() : -1;
    int from = in.position();
    parameters.parseMore(in, ';');
    String received = parameters.get("received");
    if (received != null && received.startsWith("[")) {
      in.beyondGrammar("received address in brackets", from);
    }
  }

  private static String protocol(Scanner in) throws SyntaxException {
    String name = in.token();
    slash(in);
    String version = in.token();
    return name.equals("SIP") && version.equals("2.0") ? SIP_2_0 : name + '/' + version;
  }

  private static void slash(Scanner in) throws SyntaxException {
    if (!in.acceptSeparator('/')) {
      throw in.error("expected '/'");
    }
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(protocol).put('/').put(transport.toUpperCase(Locale.ROOT)).put(' ').put(host);
    if (port >= 0) {
      out.put(':').put(port);
    }
    parameters.encode(out);
  }

  /** Protocol name and version, {@code "SIP/2.0"}. */
  @Override
  public String getProtocol() {
    return protocol;
  }

  /** The protocol's name, {@code "SIP"}. */
  public String getProtocolName() {
    return protocol.substring(0, protocol.indexOf('/'));
  }

  /** The protocol's version, {@code "2.0"}. */
  public String getProtocolVersion() {
    return protocol.substring(protocol.indexOf('/') + 1);
  }

  /**
   * Sets name and version.
   *
   * @throws ParseException if it's not two tokens with a slash between them
   */
  @Override
  public void setProtocol(String protocol) throws ParseException {
    Scanner in = new Scanner(Objects.requireNonNull(protocol, "protocol"));
    String read = protocol(in);
    if (!in.atEnd()) {
      throw in.error("protocol is not 'name/version', unexpected text");
    }
    this.protocol = read;
  }

  @Override
  public String getTransport() {
    return transport;
  }

  @Override
  public void setTransport(String transport) throws ParseException {
    this.transport = Checks.token(transport, "transport");
  }

  /** The host; an IPv6 address has its brackets. */
  @Override
  public String getHost() {
    return host;
  }

  /**
   * Sets the host. An IPv6 address may come with or without brackets, and gets them.
   *
   * @throws ParseException if it's no host name, IPv4 or IPv6 address
   */
  @Override
  public void setHost(String host) throws ParseException {
    this.host = bracketed(host, "host");
  }

  /** The port, or -1 where there's none. */
  @Override
  public int getPort() {
    return port;
  }

  /**
   * Sets the port; -1 takes it away.
   *
   * @throws InvalidArgumentException if it's neither -1 nor 1 to 65535
   */
  @Override
  public void setPort(int port) throws InvalidArgumentException {
    if (port != -1) {
      Ranges.check(port, 1, MAX_PORT, "Via port");
    }
    this.port = port;
  }

  /** {@code sent-by}: the host, and the port if there's one. */
  public String getSentBy() {
    return port < 0 ? host : host + ':' + port;
  }

  /** The time to live of multicast, 0 to 255, or -1. */
  @Override
  public int getTTL() {
    return (int) numberParameter("ttl", MAX_TTL);
  }

  /**
   * Sets the time to live; -1 takes it away.
   *
   * @throws InvalidArgumentException if it's neither -1 nor 0 to 255
   */
  @Override
  public void setTTL(int ttl) throws InvalidArgumentException {
    if (ttl == -1) {
      parameters.remove("ttl");
    } else {
      setNumberParameter("ttl", ttl, 0, MAX_TTL);
    }
  }

  @Override
  public @Nullable String getMAddr() {
    return parameters.get("maddr");
  }

  /** Sets {@code maddr}. An IPv6 address may come with or without brackets, and gets them. */
  @Override
  public void setMAddr(String maddr) throws ParseException {
    parameters.set("maddr", bracketed(maddr, "maddr"));
  }

  /** The address that the request came from, as the next hop saw it, or null. */
  @Override
  public @Nullable String getReceived() {
    return parameters.get("received");
  }

  /** Sets {@code received}; an IPv6 address may have brackets or not (RFC 5118 §4.5). */
  @Override
  public void setReceived(String received) throws ParseException {
    bracketed(received, "received");
    parameters.setAddress("received", received);
  }

  /** Sets or replaces: {@code maddr} and {@code received} as their setters do. */
  @Override
  public void setParameter(String name, @Nullable String value) throws ParseException {
    switch (Chars.lower(name)) {
      case "maddr" -> setMAddr(value == null ? "" : value);
      case "received" -> setReceived(value == null ? "" : value);
      default -> super.setParameter(name, value);
    }
  }

  @Override
  public @Nullable String getBranch() {
    return parameters.get("branch");
  }

  @Override
  public void setBranch(String branch) throws ParseException {
    setTokenParameter("branch", branch);
  }

  /** The port that the request came from, as the next hop saw it; -1 where it's not filled in. */
  @Override
  public int getRPort() {
    return (int) numberParameter("rport", MAX_PORT);
  }

  /** Asks for the response to go to where the request came from: {@code rport} without value. */
  @Override
  public void setRPort() {
    try {
      parameters.set("rport", null);
    } catch (ParseException e) {
      throw new AssertionError(e); // a token
    }
  }

  /**
   * Fills in the port that the request came from (RFC 3581 §4).
   *
   * @throws InvalidArgumentException if it's not 1 to 65535
   */
  public void setRPort(int port) throws InvalidArgumentException {
    setNumberParameter("rport", port, 1, MAX_PORT);
  }

  /** Whether {@code rport} stands there, with or without value. */
  public boolean hasRport() {
    return parameters.has("rport");
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    switch (Chars.lower(name)) {
      case "branch" -> Checks.token(value, "branch");
      case "received", "maddr" -> bracketed(value, name);
      case "ttl" -> checkNumber(name, value, MAX_TTL);
      case "rport" -> {
        if (!value.isEmpty()) {
          checkNumber(name, value, MAX_PORT);
        }
      }
      default -> {}
    }
  }

  private static String bracketed(String host, String what) throws SyntaxException {
    boolean bareIpv6 = host.indexOf(':') >= 0 && host.charAt(0) != '[';
    return Checks.host(bareIpv6 ? '[' + host + ']' : host, what);
  }

  /**
   * Equal in sent-protocol, sent-by and the set of parameters with their values, all without regard
   * to case (RFC 3261 §20.42).
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Via that
        && protocol.equalsIgnoreCase(that.protocol)
        && transport.equalsIgnoreCase(that.transport)
        && host.equalsIgnoreCase(that.host)
        && port == that.port
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return (Chars.lower(host).hashCode() * 31 + port) * 31 + parameters.hashCode();
  }
}
