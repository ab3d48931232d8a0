package io.sipwright.javax.sip.address;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import org.jspecify.annotations.Nullable;

/** A URI of any other scheme: {@code absoluteURI} of RFC 3261 §25.1, kept as its text. */
public class GenericUri extends AbstractUri {
  private static final long serialVersionUID = 1L;

  private String scheme = "";
  private String rest = "";

  /** Reads what stands behind the scheme's colon, to the end given. */
  void parseBody(Scanner in, String scheme, int end) throws SyntaxException {
    if (in.position() == end) {
      throw in.error("nothing behind the scheme");
    }
    this.scheme = scheme;
    this.rest = in.text(in.position(), end);
    in.position(end);
  }

  @Override
  public void encode(ByteSink out) {
    out.put(scheme).put(':').put(rest);
  }

  @Override
  public String getScheme() {
    return scheme;
  }

  @Override
  public boolean isSipURI() {
    return false;
  }

  @Override
  public GenericUri clone() {
    return (GenericUri) super.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof GenericUri that
            && scheme.equalsIgnoreCase(that.scheme)
            && rest.equals(that.rest));
  }

  @Override
  public int hashCode() {
    return rest.hashCode();
  }
}
