package io.sipwright.javax.sip.address;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import javax.sip.address.URI;

/** Reads and writes URIs of every scheme. */
public final class Uris {
  private Uris() {}

  /**
   * Reads a URI to the end of the cursor's range, or to {@code >} or white space, and leaves the
   * cursor there.
   *
   * @throws SyntaxException with the offset, if it's no URI
   */
  public static AbstractUri parse(Scanner in, AddressModel model) throws SyntaxException {
    return parse(in, model, false);
  }

  /** Bare: the URI stands without angle brackets and ends at {@code ; , ?} too. */
  static AbstractUri parse(Scanner in, AddressModel model, boolean bare) throws SyntaxException {
    byte[] b = in.array();
    int from = in.position();
    int end = from;
    while (end < in.limit() && b[end] > ' ' && b[end] != '>') {
      if (bare && (b[end] == ';' || b[end] == ',' || b[end] == '?')) {
        break;
      }
      end++;
    }
    int colon = from;
    while (colon < end && (Chars.is(b[colon], Chars.ALPHANUM) || "+-.".indexOf(b[colon]) >= 0)) {
      colon++;
    }
    in.position(colon);
    if (colon == from || colon == end || b[colon] != ':') {
      throw in.error("expected a URI scheme and ':'");
    }
    String scheme = in.text(from, colon);
    in.next();
    if (scheme.equalsIgnoreCase("sip") || scheme.equalsIgnoreCase("sips")) {
      SipUri uri = model.sipUri();
      uri.parseBody(in, scheme.length() == 4, end);
      return uri;
    }
    if (scheme.equalsIgnoreCase("tel")) {
      TelUrl uri = model.telUrl();
      uri.parseBody(in, end);
      return uri;
    }
    GenericUri uri = model.genericUri();
    uri.parseBody(in, scheme, end);
    return uri;
  }

  /** Writes any vendor's URI. */
  public static void encode(URI any, ByteSink out) {
    if (any instanceof AbstractUri ours) {
      ours.encode(out);
    } else {
      out.put(any.toString());
    }
  }

  /**
   * A copy fit for a Request-URI: without the {@code method} parameter and the headers that may
   * stand in a SIP URI elsewhere (RFC 3261 §19.1.1, Table 1). Another vendor's is copied as it is.
   */
  public static URI forRequestLine(URI any) {
    if (any instanceof SipUri ours) {
      SipUri copy = ours.clone();
      copy.stripForRequestLine();
      return copy;
    }
    return (URI) any.clone();
  }
}
