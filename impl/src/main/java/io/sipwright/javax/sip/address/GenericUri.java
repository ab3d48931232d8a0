package io.sipwright.javax.sip.address;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Escapes;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * A URI of any other scheme, {@code absoluteURI} of RFC 3261 §25.1: {@code http://example.com/x},
 * {@code isbn:2983792873}. Kept as its text. Of some schemes more is known: {@link Urn}, {@link
 * MailboxUri}.
 *
 * <p>Characters outside ASCII stand in a URI as escapes of their UTF-8 bytes, and names of hosts in
 * their ASCII form (RFC 3986 §2.1, RFC 5890): both pass as they are, and are never converted.
 */
public class GenericUri extends AbstractUri {
  private static final long serialVersionUID = 1L;

  private String scheme = "";
  private String rest = "";

  /** A URI with nothing in it yet. */
  public GenericUri() {}

  /** Reads what stands behind the scheme's colon, to the end given. */
  void parseBody(Scanner in, String scheme, int end) throws SyntaxException {
    byte[] b = in.array();
    int from = in.position();
    if (from == end) {
      throw in.error("expected something behind the scheme");
    }
    for (int i = from; i < end; i++) {
      if (b[i] <= ' ' || b[i] == 127 || b[i] == '"' || b[i] == '<' || b[i] == '>') {
        in.position(i);
        throw in.error("unexpected character in URI");
      }
    }
    if (in.isStrict()) {
      checkStrictly(in, from, end);
    }
    this.scheme = scheme;
    this.rest = in.text(from, end);
    in.position(end);
  }

  /**
   * {@code *( reserved / unreserved / escaped )} (RFC 3261 §25.1); besides, what RFC 3986 §3 added:
   * one fragment, and square brackets in the authority.
   */
  private static void checkStrictly(Scanner in, int from, int end) throws SyntaxException {
    byte[] b = in.array();
    boolean authority = end - from > 1 && b[from] == '/' && b[from + 1] == '/';
    boolean fragment = false;
    for (int i = from; i < end; i++) {
      byte c = b[i];
      authority &= i < from + 2 || (c != '/' && c != '?' && c != '#');
      if (Chars.is(c, Chars.USER) || c == ':' || c == '@') {
        continue;
      }
      boolean escape = c == '%' && Escapes.skip(b, i, Math.min(end, i + 3), 0) == i + 3;
      if (!escape && !(c == '#' && !fragment) && !((c == '[' || c == ']') && authority)) {
        in.beyondGrammar("character that no URI has", i);
      }
      fragment |= c == '#';
    }
  }

  @Override
  public void encode(ByteSink out) {
    out.put(scheme).put(':').put(rest);
  }

  /** As it stands, in the case it was given in. */
  @Override
  public String getScheme() {
    return scheme;
  }

  /** What stands behind the scheme's colon, raw. */
  public String getSchemeData() {
    return rest;
  }

  /** Never. */
  @Override
  public boolean isSipURI() {
    return false;
  }

  /** What stands behind the scheme's colon in the form that it's compared in. */
  String normalForm() {
    return NormalForm.of(rest);
  }

  @Override
  public GenericUri clone() {
    return (GenericUri) super.clone();
  }

  /**
   * The same text, but for the case of the scheme, of a host behind {@code //} and of the digits of
   * escapes, and for escapes of letters, digits and {@code - . _ ~} (RFC 3986 §6.2.2). URIs that a
   * subclass knows more of are compared by the rules of their scheme.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    if (other == this) {
      return true;
    }
    GenericUri that;
    if (other instanceof GenericUri ours) {
      that = ours;
    } else if (other instanceof URI foreign && Uris.ofOrNull(foreign) instanceof GenericUri read) {
      that = read;
    } else {
      return false;
    }
    return Chars.sameIgnoringCase(scheme, that.scheme)
        && this instanceof Urn
            == that instanceof Urn // the others have no rules, but may look alike
        && normalForm().equals(that.normalForm());
  }

  @Override
  public int hashCode() {
    return normalForm().hashCode();
  }
}
