package io.sipwright.javax.sip.header;

import io.sipwright.header.PAssociatedUriHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;

/**
 * {@code P-Associated-URI = "P-Associated-URI" HCOLON [p-aso-uri-spec] *(COMMA p-aso-uri-spec)}
 * with {@code p-aso-uri-spec = name-addr *(SEMI ai-param)} (RFC 7315 §5.1). An empty one says that
 * there's no further URI.
 */
public class PAssociatedUri extends AddressHeader implements PAssociatedUriHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public PAssociatedUri() {
    super(NAME);
  }

  @Override
  boolean isNameAddr() {
    return true;
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    if (!in.sws().atEnd()) {
      super.parseValue(in, model);
    }
  }

  @Override
  protected void encodeValue(ByteSink out) {
    if (hasAddress()) {
      super.encodeValue(out);
    }
  }

  /** Whether there's an address: the header may be empty. */
  public boolean hasAddress() {
    return getAddress().getURI() != null;
  }
}
