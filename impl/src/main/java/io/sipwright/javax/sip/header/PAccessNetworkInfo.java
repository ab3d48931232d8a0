package io.sipwright.javax.sip.header;

import io.sipwright.header.PAccessNetworkInfoHeader;
import java.text.ParseException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code P-Access-Network-Info = "P-Access-Network-Info" HCOLON access-net-spec *(COMMA
 * access-net-spec)} with {@code access-net-spec = (access-type / access-class) *(SEMI access-info)}
 * (RFC 7315 §5.4); both are tokens.
 */
public class PAccessNetworkInfo extends TokenParametersHeader
    implements PAccessNetworkInfoHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without value yet. */
  public PAccessNetworkInfo() {
    super(NAME);
  }

  @Override
  public String getAccessType() {
    return token();
  }

  @Override
  public void setAccessType(String accessType) throws ParseException {
    token(accessType, "access type");
  }

  @Override
  public @Nullable String getCgi3gpp() {
    return parameters.get("cgi-3gpp");
  }

  @Override
  public void setCgi3gpp(String cgi3gpp) throws ParseException {
    parameters.set("cgi-3gpp", Objects.requireNonNull(cgi3gpp, "cgi-3gpp"));
  }

  @Override
  public @Nullable String getUtranCellId3gpp() {
    return parameters.get("utran-cell-id-3gpp");
  }

  @Override
  public void setUtranCellId3gpp(String utranCellId3gpp) throws ParseException {
    parameters.set(
        "utran-cell-id-3gpp", Objects.requireNonNull(utranCellId3gpp, "utran-cell-id-3gpp"));
  }

  @Override
  public @Nullable String getWlanNodeId() {
    return parameters.get("i-wlan-node-id");
  }

  @Override
  public void setWlanNodeId(String wlanNodeId) throws ParseException {
    parameters.set("i-wlan-node-id", Objects.requireNonNull(wlanNodeId, "i-wlan-node-id"));
  }

  @Override
  public @Nullable String getDslLocation() {
    return parameters.get("dsl-location");
  }

  @Override
  public void setDslLocation(String dslLocation) throws ParseException {
    parameters.set("dsl-location", Objects.requireNonNull(dslLocation, "dsl-location"));
  }

  @Override
  public boolean isNetworkProvided() {
    return parameters.has("network-provided");
  }

  @Override
  public void setNetworkProvided(boolean networkProvided) {
    flag("network-provided", networkProvided);
  }
}
