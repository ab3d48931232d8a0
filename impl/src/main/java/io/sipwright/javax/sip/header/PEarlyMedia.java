package io.sipwright.javax.sip.header;

import io.sipwright.header.PEarlyMediaHeader;
import java.text.ParseException;

/**
 * {@code P-Early-Media = "P-Early-Media" HCOLON [ em-param *(COMMA em-param) ]} with {@code
 * em-param = "sendrecv" / "sendonly" / "recvonly" / "inactive" / "gated" / "supported" / token}
 * (RFC 5009 §9).
 */
public class PEarlyMedia extends TokensHeader implements PEarlyMediaHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without value yet. */
  public PEarlyMedia() {
    super(NAME, true);
  }

  @Override
  public String getEarlyMedia() {
    return tokens();
  }

  @Override
  public void setEarlyMedia(String parameter) throws ParseException {
    tokens(parameter);
  }
}
