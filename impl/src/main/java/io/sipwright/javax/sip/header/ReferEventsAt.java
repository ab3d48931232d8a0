package io.sipwright.javax.sip.header;

import io.sipwright.header.ReferEventsAtHeader;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * {@code Refer-Events-At = "Refer-Events-At" HCOLON LAQUOT ( SIP-URI / SIPS-URI ) RAQUOT *( SEMI
 * generic-param )} (RFC 7614 §4.8). The angle brackets may not be missing.
 */
public class ReferEventsAt extends UriHeader implements ReferEventsAtHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without URI yet. */
  public ReferEventsAt() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    int from = in.position();
    if (in.peek() != '<') {
      throw in.error("expected '<'");
    }
    super.parseValue(in, model);
    if (uri() == null || !uri().isSipURI()) {
      in.position(from + 1);
      throw in.error("expected a SIP or SIPS URI");
    }
  }

  @Override
  public @Nullable URI getEventsUri() {
    return uri();
  }

  @Override
  public void setEventsUri(URI eventsUri) {
    if (!eventsUri.isSipURI()) {
      throw new IllegalArgumentException("Refer-Events-At takes a SIP or SIPS URI: " + eventsUri);
    }
    uri(eventsUri);
  }
}
