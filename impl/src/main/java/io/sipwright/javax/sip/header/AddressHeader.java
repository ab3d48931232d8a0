package io.sipwright.javax.sip.header;

import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.javax.sip.address.Uris;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Iterator;
import java.util.Objects;
import javax.sip.address.Address;
import javax.sip.address.URI;
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
  void reset() {
    super.reset();
    address = null;
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    int from = in.position();
    NameAddress read = NameAddress.parse(in, model);
    if (read.isWildcard() && !mayBeWildcard()) {
      in.position(from);
      throw in.error("only Contact has the wildcard");
    }
    if (isNameAddr() && in.position() > from && in.array()[in.position() - 1] != '>') {
      in.beyondGrammar("address without angle brackets", from);
    }
    address = read;
    parameters.parseMore(in, ';');
  }

  /** Whether the grammar has {@code name-addr} only, with angle brackets. */
  boolean isNameAddr() {
    return false;
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

  /**
   * Sets the address: the object itself if it's ours, else one of ours with the same parts.
   *
   * @throws IllegalArgumentException if it's the wildcard, and this is not Contact
   */
  @Override
  public void setAddress(Address address) {
    NameAddress ours = NameAddress.of(Objects.requireNonNull(address, "address"));
    if (ours.isWildcard() && !mayBeWildcard()) {
      throw new IllegalArgumentException(getName() + " can't have the wildcard, only Contact can");
    }
    this.address = ours;
  }

  /** Whether the address may be {@code *}, as that of Contact only (RFC 3261 §20.10). */
  boolean mayBeWildcard() {
    return false;
  }

  /** The value of a parameter as a URI; null where it's absent or none. */
  protected final @Nullable URI uriParameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      return null;
    }
    Scanner in = new Scanner(value);
    try {
      URI uri = Uris.parse(in, HeaderModel.DEFAULT);
      in.expectEnd();
      return uri;
    } catch (SyntaxException noUri) {
      return null;
    }
  }

  /**
   * Sets a parameter to a URI, between quotes.
   *
   * @throws IllegalArgumentException if another vendor's URI has a text that no header may hold
   */
  protected final void setUriParameter(String name, URI uri) {
    try {
      parameters.setQuoted(name, Objects.requireNonNull(uri, name).toString());
    } catch (SyntaxException e) {
      throw new IllegalArgumentException("URI of " + uri.getClass() + ": " + e.getMessage(), e);
    }
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
