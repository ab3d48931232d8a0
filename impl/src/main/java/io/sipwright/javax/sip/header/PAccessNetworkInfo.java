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
  public @Nullable String getEthernetLocation() {
    return parameters.get("eth-location");
  }

  @Override
  public void setEthernetLocation(String ethernetLocation) throws ParseException {
    parameters.set("eth-location", Objects.requireNonNull(ethernetLocation, "eth-location"));
  }

  @Override
  public @Nullable String getFiberLocation() {
    return parameters.get("fiber-location");
  }

  @Override
  public void setFiberLocation(String fiberLocation) throws ParseException {
    parameters.set("fiber-location", Objects.requireNonNull(fiberLocation, "fiber-location"));
  }

  @Override
  public @Nullable String getCi3gpp2() {
    return parameters.get("ci-3gpp2");
  }

  @Override
  public void setCi3gpp2(String ci3gpp2) throws ParseException {
    parameters.set("ci-3gpp2", Objects.requireNonNull(ci3gpp2, "ci-3gpp2"));
  }

  @Override
  public @Nullable String getCi3gpp2Femto() {
    return parameters.get("ci-3gpp2-femto");
  }

  @Override
  public void setCi3gpp2Femto(String ci3gpp2Femto) throws ParseException {
    parameters.set("ci-3gpp2-femto", Objects.requireNonNull(ci3gpp2Femto, "ci-3gpp2-femto"));
  }

  @Override
  public @Nullable String getGstnLocation() {
    return parameters.get("gstn-location");
  }

  @Override
  public void setGstnLocation(String gstnLocation) throws ParseException {
    parameters.set("gstn-location", Objects.requireNonNull(gstnLocation, "gstn-location"));
  }

  @Override
  public @Nullable String getDvbRcs2NodeId() {
    return parameters.get("dvb-rcs2-node-id");
  }

  @Override
  public void setDvbRcs2NodeId(String dvbRcs2NodeId) throws ParseException {
    parameters.setQuoted(
        "dvb-rcs2-node-id", Objects.requireNonNull(dvbRcs2NodeId, "dvb-rcs2-node-id"));
  }

  @Override
  public @Nullable String getLocalTimeZone() {
    return parameters.get("local-time-zone");
  }

  @Override
  public void setLocalTimeZone(String localTimeZone) throws ParseException {
    parameters.setQuoted(
        "local-time-zone", Objects.requireNonNull(localTimeZone, "local-time-zone"));
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
