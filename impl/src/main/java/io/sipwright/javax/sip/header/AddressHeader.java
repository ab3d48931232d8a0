package io.sipwright.javax.sip.header;

import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import java.util.Iterator;
import java.util.Objects;
import javax.sip.address.Address;
import javax.sip.header.HeaderAddress;
import org.jspecify.annotations.Nullable;

/**
 * {@code ( name-addr / addr-spec ) *( SEMI generic-param )}: an address and parameters behind it.
 * In the form without angle brackets the parameters belong to the header (RFC 3261 §20); it is
 * always written with them.
 */
public abstract class AddressHeader extends ParametersHeader implements HeaderAddress {
  private static final long serialVersionUID = 1L;

  private @Nullable NameAddress address;

  /** A header of a name, without address yet. */
  protected AddressHeader(String name) {
    super(name);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    address = NameAddress.parse(in, model);
    parameters.parseMore(in, ';');
  }

  @Override
  protected void encodeValue(ByteSink out) {
    getAddress().encode(out);
    parameters.encode(out);
  }

  /** The address itself, not a copy; an empty one without URI before it's set. */
  @Override
  public NameAddress getAddress() {
    NameAddress a = address;
    if (a == null) {
      a = new NameAddress();
      address = a;
    }
    return a;
  }

  /** Sets the address: the object itself if it's ours, else one of ours with the same parts. */
  @Override
  public void setAddress(Address address) {
    this.address = NameAddress.of(Objects.requireNonNull(address, "address"));
  }

  @Override
  public AddressHeader clone() {
    AddressHeader h = (AddressHeader) super.clone();
    h.address = address == null ? null : address.clone();
    return h;
  }

  /** Equal in name, URI and the set of parameters; display names don't count. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AddressHeader that
        && getName().equalsIgnoreCase(that.getName())
        && sameUri(that)
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(getAddress().getURI());
  }

  private boolean sameUri(AddressHeader that) {
    return Objects.equals(getAddress().getURI(), that.getAddress().getURI());
  }

  /**
   * How From and To compare (RFC 3261 §20.20, §20.39): the URIs and tags are equal, and so are all
   * parameters that both have; others don't count.
   */
  final boolean matches(AddressHeader that) {
    if (!sameUri(that) || parameters.has("tag") != that.parameters.has("tag")) {
      return false;
    }
    for (Iterator<String> names = parameters.iterator(); names.hasNext(); ) {
      String name = names.next();
      String theirs = that.parameters.get(name);
      if (theirs != null && !theirs.equalsIgnoreCase(parameters.get(name))) {
        return false;
      }
    }
    return true;
  }
}
