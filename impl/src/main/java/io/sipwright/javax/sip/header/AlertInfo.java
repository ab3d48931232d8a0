package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import javax.sip.address.URI;
import javax.sip.header.AlertInfoHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Alert-Info = "Alert-Info" HCOLON alert-param *(COMMA alert-param)} with {@code alert-param
 * = LAQUOT absoluteURI RAQUOT *( SEMI generic-param )} (RFC 3261 §20.4).
 *
 * <p>What isn't a URI is kept as text up to the parameters, and there's no URI then: exchanges ask
 * phones for a ring or an automatic answer with {@code Bellcore-dr2}, {@code <Bellcore-dr2>},
 * {@code info=alert-autoanswer} or parameters alone.
 */
public class AlertInfo extends UriHeader implements AlertInfoHeader {
  private static final long serialVersionUID = 1L;

  private String text = "";

  /** Without URI yet. */
  public AlertInfo() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    int from = in.position();
    try {
      super.parseValue(in, model);
    } catch (SyntaxException noUri) {
      if (in.isStrict()) {
        throw noUri;
      }
      in.position(from);
      parameters.clear();
      parseText(in);
    }
  }

  private void parseText(Scanner in) throws SyntaxException {
    int from = in.position();
    int c = in.peek();
    while (c >= 0 && c != ';' && c != ',') {
      if (c == '"') {
        in.quotedString();
      } else {
        in.next();
      }
      c = in.peek();
    }
    text = Checks.text(new Scanner(in.array(), from, in.position()).rest(), NAME);
    parameters.parseMore(in, ';');
    if (text.isEmpty() && parameters.isEmpty()) {
      throw in.error("expected a URI");
    }
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(text);
    super.encodeValue(out);
  }

  /** The URI itself, not a copy; null if there's none. */
  @Override
  public @Nullable URI getAlertInfo() {
    return uri();
  }

  /**
   * Sets the URI.
   *
   * @throws IllegalArgumentException if another vendor's URI has a text that is no URI
   */
  @Override
  public void setAlertInfo(URI alertInfo) {
    uri(alertInfo);
    text = "";
  }

  /** Equal in URI, or in the text in its place, and in the set of parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AlertInfo that && text.equals(that.text) && super.equals(that);
  }

  @Override
  public int hashCode() {
    return text.hashCode() * 31 + super.hashCode();
  }
}
