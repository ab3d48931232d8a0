package io.sipwright.javax.sip.address;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/** Reads, writes and converts URIs of every scheme and vendor. */
public final class Uris {
  private static final AddressModel OURS = new AddressModel();

  private Uris() {}

  /**
   * Reads a URI to the end of the cursor's range, or to {@code >} or white space, and leaves the
   * cursor there.
   *
   * @param model makes the object
   * @throws SyntaxException with the offset, if it's no URI
   */
  public static AbstractUri parse(Scanner in, AddressModel model) throws SyntaxException {
    return parse(in, model, false);
  }

  /** Bare: the URI stands without angle brackets and ends at {@code ; , ?} too. */
  static AbstractUri parse(Scanner in, AddressModel model, boolean bare) throws SyntaxException {
    byte[] b = in.array();
    int from = in.position();
    int limit = in.limit();
    int end = from;
    while (end < limit && !isEnd(b[end], bare)) {
      end++;
    }
    int colon = schemeEnd(in, end);
    if (isSip(b, from, colon)) {
      SipUri uri = model.sipUri();
      uri.parseBody(in, colon - from == 4, end);
      return uri;
    }
    String scheme = in.text(from, colon);
    if (Chars.sameIgnoringCase(scheme, "tel")) {
      TelUrl uri = model.telUrl();
      uri.parseBody(in, end);
      return uri;
    }
    GenericUri uri = other(scheme, in, end, model);
    uri.parseBody(in, scheme, end);
    return uri;
  }

  private static GenericUri other(String scheme, Scanner in, int end, AddressModel model) {
    byte[] b = in.array();
    int from = in.position();
    return switch (Chars.lower(scheme)) {
      case "urn" -> Urn.fits(b, from, end) ? model.urn() : model.genericUri();
      case "im", "pres" -> MailboxUri.fits(b, from, end) ? model.mailboxUri() : model.genericUri();
      default -> model.genericUri();
    };
  }

  private static boolean isEnd(byte b, boolean bare) {
    return b == '>'
        || b == ' '
        || b == '\t'
        || b == '\r'
        || b == '\n'
        || (bare && (b == ';' || b == ',' || b == '?'));
  }

  /**
   * {@code scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )} and its colon; gives the place of
   * the colon and moves behind it.
   */
  private static int schemeEnd(Scanner in, int end) throws SyntaxException {
    byte[] b = in.array();
    int from = in.position();
    int i = from;
    while (i < end
        && (Chars.is(b[i], Chars.ALPHANUM) || b[i] == '+' || b[i] == '-' || b[i] == '.')) {
      i++;
    }
    if (i == end || b[i] != ':' || i == from || !Chars.is(b[from], Chars.ALPHA)) {
      in.position(i > from && Chars.is(b[from], Chars.ALPHA) ? i : from);
      throw in.error("expected a URI with its scheme, such as 'sip:'");
    }
    in.position(i + 1);
    return i;
  }

  private static boolean isSip(byte[] b, int from, int to) {
    return (to - from == 3 || (to - from == 4 && (b[from + 3] | 32) == 's'))
        && (b[from] | 32) == 's'
        && (b[from + 1] | 32) == 'i'
        && (b[from + 2] | 32) == 'p';
  }

  /** Writes any vendor's URI; no line break or NUL leaves here, whatever it says of itself. */
  public static void encode(URI any, ByteSink out) {
    if (any instanceof AbstractUri ours) {
      ours.encode(out);
      return;
    }
    String text = String.valueOf(any);
    if (Chars.hasLineBreakOrNul(text)) {
      text = text.replace("\r", "%0D").replace("\n", "%0A").replace("\0", "%00");
    }
    out.put(text);
  }

  /**
   * Any vendor's URI as one of ours: ours as it is, another's read from its text.
   *
   * @throws IllegalArgumentException if its text is no URI
   */
  public static AbstractUri of(URI any) {
    if (any instanceof AbstractUri ours) {
      return ours;
    }
    try {
      return read(any);
    } catch (ParseException e) {
      throw new IllegalArgumentException(any.getClass().getName() + " says no URI", e);
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

  /** As {@link #of}, with null in the place of the exception. */
  static @Nullable AbstractUri ofOrNull(URI any) {
    try {
      return any instanceof AbstractUri ours ? ours : read(any);
    } catch (ParseException e) {
      return null;
    }
  }

  private static AbstractUri read(URI foreign) throws ParseException {
    Scanner in = new Scanner(String.valueOf(foreign));
    AbstractUri uri = parse(in, OURS);
    in.expectEnd();
    return uri;
  }
}
