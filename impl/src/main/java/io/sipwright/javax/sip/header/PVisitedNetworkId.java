package io.sipwright.javax.sip.header;

import io.sipwright.header.PVisitedNetworkIdHeader;
import java.text.ParseException;

/**
 * {@code P-Visited-Network-ID = "P-Visited-Network-ID" HCOLON vnetwork-spec *(COMMA vnetwork-spec)}
 * with {@code vnetwork-spec = (token / quoted-string) *(SEMI vnetwork-param)} (RFC 7315 §5.3).
 */
public class PVisitedNetworkId extends TokenOrTextHeader
    implements PVisitedNetworkIdHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without value yet. */
  public PVisitedNetworkId() {
    super(NAME);
  }

  @Override
  public String getNetworkId() {
    return text();
  }

  @Override
  public void setNetworkId(String networkId) throws ParseException {
    text(networkId);
  }
}
