package io.sipwright.javax.sip.header;

import io.sipwright.javax.sip.address.AbstractUri;
import io.sipwright.javax.sip.address.Uris;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * {@code LAQUOT absoluteURI RAQUOT *( SEMI generic-param )} (RFC 3261 §25.1). A URI without angle
 * brackets is read too, up to a semicolon, comma or white space; it's always written with them.
 */
public abstract class UriHeader extends ParametersHeader {
  private static final long serialVersionUID = 1L;

  private @Nullable AbstractUri uri;

  /** A header of a name, without URI yet. */
  protected UriHeader(String name) {
    super(name);
  }

  /** Whether the header's own grammar has no angle brackets. */
  boolean isBareByGrammar() {
    return false;
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    if (in.peek() != '<' && !isBareByGrammar()) {
      in.beyondGrammar("URI without angle brackets", in.position());
    }
    AbstractUri read = in.accept('<') ? parseBracketed(in, model) : parseBare(in, model);
    parameters.parseMore(in, ';');
    uri = read;
  }

  private static AbstractUri parseBracketed(Scanner in, HeaderModel model) throws SyntaxException {
    AbstractUri read = Uris.parse(in, model);
    int behind = in.position();
    if (in.sws().position() > behind) {
      in.beyondGrammar("white space within angle brackets", behind);
    }
    in.expect('>');
    return read;
  }

  private static AbstractUri parseBare(Scanner in, HeaderModel model) throws SyntaxException {
    int from = in.position();
    int c = in.peek();
    while (c > ' ' && c != ';' && c != ',') {
      in.next();
      c = in.peek();
    }
    Scanner bare = new Scanner(in.array(), from, in.position());
    if (in.isStrict()) {
      bare.strict();
    }
    try {
      AbstractUri uri = Uris.parse(bare, model);
      bare.expectEnd();
      return uri;
    } catch (SyntaxException e) {
      in.position(from + e.getErrorOffset());
      throw in.error(e.what());
    }
  }

  @Override
  protected void encodeValue(ByteSink out) {
    if (uri != null) {
      out.put('<');
      uri.encode(out);
      out.put('>');
    }
    parameters.encode(out);
  }

  /** The URI itself, not a copy; null if there's none. */
  protected final @Nullable URI uri() {
    return uri;
  }

  /**
   * Sets the URI: the object itself if it's ours, else one of ours read from its text.
   *
   * @throws IllegalArgumentException if another vendor's URI has a text that is no URI
   */
  protected final void uri(URI any) {
    if (Objects.requireNonNull(any, "URI") instanceof AbstractUri ours) {
      uri = ours;
      return;
    }
    Scanner in = new Scanner(any.toString());
    try {
      AbstractUri read = Uris.parse(in, HeaderModel.DEFAULT);
      in.expectEnd();
      uri = read;
    } catch (SyntaxException e) {
      throw new IllegalArgumentException("URI of " + any.getClass() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public UriHeader clone() {
    UriHeader h = (UriHeader) super.clone();
    h.uri = uri == null ? null : uri.clone();
    return h;
  }

  /** Equal in name, URI and the set of parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UriHeader that
        && getName().equalsIgnoreCase(that.getName())
        && Objects.equals(uri, that.uri)
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(uri) * 31 + parameters.hashCode();
  }
}
