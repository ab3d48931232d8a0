package io.sipwright.javax.sip.header;

import io.sipwright.javax.sip.address.Uris;
import io.sipwright.javax.sip.address.Urn;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code Service-ID *(COMMA Service-ID)} (RFC 6050 §4.4).
 *
 * <pre>
 * Service-ID     = "urn:urn-7:" urn-service-id
 * urn-service-id = top-level *("." sub-service-id)
 * top-level      = let-dig [ *26let-dig ]
 * sub-service-id = let-dig [ *let-dig ]
 * let-dig        = ALPHA / DIGIT / "-"
 * </pre>
 *
 * <p>Any other URN is read too, as deployed equipment sends {@code urn:xxx:3gpp-service…}; {@code
 * %2e} and {@code _} in the name, which occur likewise, are kept.
 */
public abstract class ServiceIdHeader extends SipHeader {
  private static final long serialVersionUID = 1L;

  private static final String PREFIX = "urn:urn-7:";
  private static final int LONGEST_TOP_LEVEL = 27;

  private String serviceId = "";

  /** A header of a name, without service yet. */
  protected ServiceIdHeader(String name) {
    super(name);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    int from = in.position();
    int c = in.peek();
    while (c > ' ' && c < 127 && c != ',' && c != '"' && c != '<' && c != '>') {
      in.next();
      c = in.peek();
    }
    Scanner urn = new Scanner(in.array(), from, in.position());
    if (urn.atEnd() || !(Uris.parse(urn, model) instanceof Urn)) {
      in.position(from);
      throw in.error("expected a service URN, such as 'urn:urn-7:'");
    }
    serviceId = in.text(from, in.position());
    if (!serviceId.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
      in.beyondGrammar("service outside urn:urn-7", from);
    }
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(serviceId);
  }

  /** The service; {@code ""} before it's set. */
  public String getServiceId() {
    return serviceId;
  }

  /**
   * Sets the service.
   *
   * @throws ParseException if it isn't {@code urn:urn-7:} and labels with dots between
   */
  public void setServiceId(String serviceId) throws ParseException {
    check(serviceId);
    this.serviceId = serviceId;
  }

  @Override
  void checkStrictly() throws ParseException {
    check(serviceId);
  }

  private static void check(String serviceId) throws SyntaxException {
    int length = PREFIX.length();
    if (!serviceId.regionMatches(true, 0, PREFIX, 0, length)) {
      throw new SyntaxException(
          "service '" + Checks.visible(serviceId) + "' doesn't start with " + PREFIX, 0);
    }
    String[] labels = serviceId.substring(length).split("\\.", -1);
    for (String label : labels) {
      if (!Chars.all(label.replace("-", "0"), Chars.ALPHANUM)) {
        throw new SyntaxException(
            "service '" + Checks.visible(serviceId) + "' has a label that isn't letters, digits, -",
            length);
      }
    }
    if (labels[0].length() > LONGEST_TOP_LEVEL) {
      throw new SyntaxException("top-level service is longer than " + LONGEST_TOP_LEVEL, length);
    }
  }

  /** Equal in name and in service, without regard to case. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ServiceIdHeader that
        && getName().equals(that.getName())
        && Chars.sameIgnoringCase(serviceId, that.serviceId);
  }

  @Override
  public int hashCode() {
    return Chars.lower(serviceId).hashCode();
  }
}
