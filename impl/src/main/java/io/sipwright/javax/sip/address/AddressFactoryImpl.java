package io.sipwright.javax.sip.address;

import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/** Makes addresses and URIs for programs. */
public class AddressFactoryImpl implements AddressFactory {
  private final AddressModel model;

  /** A factory of the stack's own objects. */
  public AddressFactoryImpl() {
    this(new AddressModel());
  }

  /** A factory of the objects that a model makes. */
  public AddressFactoryImpl(AddressModel model) {
    this.model = model;
  }

  @Override
  public URI createURI(String uri) throws ParseException {
    Scanner in = new Scanner(Objects.requireNonNull(uri, "uri"));
    in.sws();
    URI read = Uris.parse(in, model);
    in.expectEnd();
    return read;
  }

  @Override
  public SipURI createSipURI(@Nullable String user, String host) throws ParseException {
    Scanner in = new Scanner("sip:" + Objects.requireNonNull(host, "host"));
    SipURI uri = (SipURI) Uris.parse(in, model);
    in.expectEnd();
    if (user != null) {
      uri.setUser(user);
    }
    return uri;
  }

  @Override
  public TelURL createTelURL(String phoneNumber) throws ParseException {
    Scanner in = new Scanner("tel:" + Objects.requireNonNull(phoneNumber, "phoneNumber"));
    TelURL url = (TelURL) Uris.parse(in, model);
    in.expectEnd();
    return url;
  }

  @Override
  public Address createAddress(String address) throws ParseException {
    Scanner in = new Scanner(Objects.requireNonNull(address, "address"));
    Address read = NameAddress.parse(in, model);
    in.expectEnd();
    return read;
  }

  @Override
  public Address createAddress(URI uri) {
    NameAddress address = model.address();
    address.setURI(uri);
    return address;
  }

  @Override
  public Address createAddress(@Nullable String displayName, URI uri) throws ParseException {
    Address address = createAddress(uri);
    if (displayName != null) {
      address.setDisplayName(displayName);
    }
    return address;
  }
}
