package io.sipwright.javax.sip.address;

import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Ipv6;
import io.sipwright.syntax.Parameters;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * Makes URIs and addresses for programs. White space and line breaks at either end of a text are
 * tolerated. Null where text or object is needed is a {@link NullPointerException}.
 */
public class AddressFactoryImpl implements AddressFactory {
  private final AddressModel model;

  /** A factory of the stack's own objects. */
  public AddressFactoryImpl() {
    this(new AddressModel());
  }

  /** A factory of the objects that a model makes. */
  public AddressFactoryImpl(AddressModel model) {
    this.model = Objects.requireNonNull(model, "model");
  }

  /**
   * A URI from its text: a {@link SipURI}, a {@link TelURL}, or one of another scheme.
   *
   * @throws ParseException with the offset, if it's no URI
   */
  @Override
  public URI createURI(String uri) throws ParseException {
    return parseUri(Objects.requireNonNull(uri, "uri"));
  }

  private AbstractUri parseUri(String text) throws SyntaxException {
    Scanner in = new Scanner(sendable(text));
    in.sws();
    AbstractUri uri = Uris.parse(in, model);
    in.expectEnd();
    return uri;
  }

  /** Text with a line break or NUL at no end of it is rejected by the readers themselves. */
  private static String sendable(String text) throws SyntaxException {
    Checks.text(text.strip(), "text");
    return text;
  }

  /**
   * A SIP URI of a user and a host; what can't stand in a user part is escaped.
   *
   * @param user null or {@code ""} for none; what follows a colon is the password
   * @param host with a port behind it if there is one, and parameters and headers too; an IPv6
   *     address needs square brackets only if more follows, and loses its zone ({@code
   *     fe80::1%eth0})
   * @throws ParseException with the offset, if one of them is none
   */
  @Override
  public SipURI createSipURI(@Nullable String user, String host) throws ParseException {
    boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
    int zone = bare ? host.indexOf('%') : -1;
    String address = zone < 0 ? host : host.substring(0, zone); // a zone means nothing to others
    String hostport = bare && Ipv6.parse(address) != null ? '[' + address + ']' : host;
    SipUri uri = (SipUri) parseUri("sip:" + hostport);
    if (user == null || user.isEmpty()) {
      return uri;
    }
    if (uri.getUser() != null) {
      throw new SyntaxException("unexpected '@' in host", host.indexOf('@'));
    }
    int colon = user.indexOf(':');
    uri.setUser(colon < 0 ? user : user.substring(0, colon));
    if (colon >= 0) {
      uri.setUserPassword(user.substring(colon + 1));
    }
    return uri;
  }

  /**
   * A tel URI of a number, with its parameters: {@code +1-201-555-0123;ext=12}.
   *
   * @throws ParseException with the offset, if it's no number
   */
  @Override
  public TelURL createTelURL(String phoneNumber) throws ParseException {
    boolean whole = phoneNumber.regionMatches(true, 0, "tel:", 0, 4);
    return (TelURL) parseUri(whole ? phoneNumber : "tel:" + phoneNumber);
  }

  /**
   * An address from its text, with or without display name and angle brackets; {@code *} is the
   * wildcard. Without angle brackets parameters belong to the URI, for there's no header that they
   * could belong to; behind angle brackets they are a header's, and ignored.
   *
   * @throws ParseException with the offset, if it's no address
   */
  @Override
  public Address createAddress(String address) throws ParseException {
    Scanner in = new Scanner(sendable(Objects.requireNonNull(address, "address")));
    NameAddress read = NameAddress.parseWhole(in, model);
    Parameters.parse(in);
    in.expectEnd();
    return read;
  }

  /** An address of a URI, without display name; the URI object is kept, not copied. */
  @Override
  public Address createAddress(URI uri) {
    NameAddress address = model.address();
    address.setURI(uri);
    return address;
  }

  /**
   * An address of a display name, null for none, and a URI, which is kept, not copied.
   *
   * @throws ParseException if the name holds CR, LF or NUL
   */
  @Override
  public Address createAddress(@Nullable String displayName, URI uri) throws ParseException {
    Address address = createAddress(uri);
    address.setDisplayName(displayName);
    return address;
  }
}
