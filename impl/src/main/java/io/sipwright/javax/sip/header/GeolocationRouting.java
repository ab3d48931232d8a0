package io.sipwright.javax.sip.header;

import io.sipwright.header.GeolocationRoutingHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Parameters;
import io.sipwright.syntax.ParametersReader;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code Geolocation-Routing = "Geolocation-Routing" HCOLON ( "yes" / "no" / generic-param )} (RFC
 * 6442 §4.2).
 */
public class GeolocationRouting extends SipHeader
    implements GeolocationRoutingHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  private String routing = "";

  /** Without value yet. */
  public GeolocationRouting() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    routing = read(in);
  }

  private static String read(Scanner in) throws SyntaxException {
    Parameters one = new Parameters();
    ParametersReader reader = new ParametersReader(in, one);
    reader.next();
    one.take(reader);
    ByteSink text = new ByteSink(16);
    one.encodeSeparated(text, "");
    return text.toString();
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(routing);
  }

  @Override
  public String getRouting() {
    return routing;
  }

  @Override
  public void setRouting(String routing) throws ParseException {
    Scanner in = new Scanner(Checks.text(routing, NAME));
    String read = read(in);
    in.expectEnd();
    this.routing = read;
  }

  @Override
  public boolean isAllowed() {
    return Chars.sameIgnoringCase(routing, YES);
  }

  /** Equal without regard to case. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GeolocationRouting that
        && Chars.sameIgnoringCase(routing, that.routing);
  }

  @Override
  public int hashCode() {
    return Chars.lower(routing).hashCode();
  }
}
