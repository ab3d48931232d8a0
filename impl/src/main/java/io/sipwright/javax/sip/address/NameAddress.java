package io.sipwright.javax.sip.address;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.address.Address;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * An address with or without display name: {@code name-addr / addr-spec}, or the wildcard {@code *}
 * of Contact (RFC 3261 §25.1, §20.10).
 */
public class NameAddress implements Address {
  private static final long serialVersionUID = 1L;

  private @Nullable String displayName;
  private @Nullable URI uri;
  private boolean wildcard;

  /**
   * Reads {@code name-addr / addr-spec} or {@code *} and leaves the cursor behind it. Without angle
   * brackets the URI ends at {@code ;}, {@code ,}, {@code ?} or white space: parameters belong to
   * the header (RFC 3261 §20.10).
   *
   * @throws SyntaxException with the offset, if it's no address
   */
  public static NameAddress parse(Scanner in, AddressModel model) throws SyntaxException {
    NameAddress address = model.address();
    address.read(in, model);
    return address;
  }

  private void read(Scanner in, AddressModel model) throws SyntaxException {
    in.sws();
    if (in.peek() == '"') {
      displayName = in.quotedString();
      in.sws();
    } else if (in.peek() == '*' && !Chars.is(in.peek(1), Chars.TOKEN)) {
      int mark = in.position();
      in.next();
      in.sws();
      int c = in.peek();
      if (c == -1 || c == ';' || c == ',') {
        wildcard = true;
        SipUri any = model.sipUri();
        any.markWildcard();
        uri = any;
        return;
      }
      in.position(mark);
    }
    if (displayName == null && in.peek() != '<') {
      int mark = in.position();
      while (in.at(Chars.TOKEN)) {
        in.skip(Chars.TOKEN);
        in.sws();
      }
      if (in.peek() != '<') {
        in.position(mark);
        uri = Uris.parse(in, model, true);
        return;
      }
      Scanner name = new Scanner(in.array(), mark, in.position());
      displayName = name.rest();
    }
    in.expect('<');
    in.sws();
    uri = Uris.parse(in, model, false);
    in.sws();
    in.expect('>');
  }

  /** Ours as it is, any other vendor's as one of ours with the same parts. */
  public static NameAddress of(Address any) {
    if (any instanceof NameAddress ours) {
      return ours;
    }
    NameAddress address = new NameAddress();
    address.displayName = any.getDisplayName();
    address.uri = any.getURI();
    address.wildcard = any.isWildcard();
    return address;
  }

  /** Writes {@code "display name" <uri>}, always with angle brackets, or {@code *}. */
  public void encode(ByteSink out) {
    if (wildcard) {
      out.put('*');
      return;
    }
    if (displayName != null) {
      out.putQuoted(displayName).put(' ');
    }
    out.put('<');
    if (uri != null) {
      Uris.encode(uri, out);
    }
    out.put('>');
  }

  @Override
  public @Nullable String getDisplayName() {
    return displayName;
  }

  @Override
  public void setDisplayName(@Nullable String displayName) throws ParseException {
    if (displayName != null && Chars.hasLineBreakOrNul(displayName)) {
      throw new SyntaxException("display name holds CR, LF or NUL", 0);
    }
    this.displayName = displayName;
  }

  /** Null only before it was set. */
  @Override
  public @Nullable URI getURI() {
    return uri;
  }

  @Override
  public void setURI(URI uri) {
    this.uri = Objects.requireNonNull(uri, "uri");
    wildcard = false;
  }

  @Override
  public boolean isWildcard() {
    return wildcard;
  }

  @Override
  public String toString() {
    ByteSink out = new ByteSink(64);
    encode(out);
    return out.toString();
  }

  @Override
  public NameAddress clone() {
    try {
      NameAddress a = (NameAddress) super.clone();
      a.uri = uri == null ? null : (URI) uri.clone();
      return a;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof NameAddress that
            && wildcard == that.wildcard
            && Objects.equals(displayName, that.displayName)
            && Objects.equals(uri, that.uri));
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(uri);
  }
}
