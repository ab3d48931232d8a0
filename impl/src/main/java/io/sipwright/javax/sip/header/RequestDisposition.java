package io.sipwright.javax.sip.header;

import io.sipwright.header.RequestDispositionHeader;
import java.text.ParseException;

/**
 * {@code Request-Disposition = ( "Request-Disposition" / "d" ) HCOLON directive *(COMMA directive)}
 * (RFC 3841 §10). Directives are a closed set (RFC 3841 §9.1); any other token is read too, for the
 * program to ignore.
 */
public class RequestDisposition extends TokensHeader
    implements RequestDispositionHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without value yet. */
  public RequestDisposition() {
    super(NAME, false);
  }

  @Override
  public String getDirective() {
    return tokens();
  }

  @Override
  public void setDirective(String directive) throws ParseException {
    tokens(directive);
  }
}
