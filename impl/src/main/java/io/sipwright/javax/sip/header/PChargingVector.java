package io.sipwright.javax.sip.header;

import io.sipwright.header.PChargingVectorHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Parameters;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code P-Charging-Vector = "P-Charging-Vector" HCOLON icid-value *(SEMI charge-params)} (RFC 7315
 * §5.6).
 *
 * <pre>
 * charge-params    = icid-gen-addr / orig-ioi / term-ioi / transit-ioi / related-icid
 *                    / related-icid-gen-addr / generic-param
 * icid-value       = "icid-value" EQUAL gen-value
 * icid-gen-addr    = "icid-generated-at" EQUAL host
 * transit-ioi-list = DQUOTE transit-ioi-param *(COMMA transit-ioi-param) DQUOTE
 * transit-ioi-param = ALPHA *(ALPHA / DIGIT) "." 1*DIGIT / "void"
 * </pre>
 *
 * <p>The {@code icid-value} is read wherever it stands, and written first.
 */
public class PChargingVector extends ParametersHeader
    implements PChargingVectorHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  private static final String ICID = "icid-value";
  private static final String TRANSIT = "transit-ioi";

  private String icid = "";

  /** Without value yet. */
  public PChargingVector() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    int from = in.position();
    parameters.parseSeparated(in, ';', name -> name);
    String value = parameters.get(ICID);
    if (value == null || value.isEmpty()) {
      in.position(from);
      throw in.error("expected an icid-value");
    }
    if (!parameters.names().get(0).equalsIgnoreCase(ICID)) {
      in.beyondGrammar("icid-value is not the first", from);
    }
    icid = value;
    parameters.remove(ICID);
  }

  @Override
  protected void encodeValue(ByteSink out) {
    Parameters.encode(ICID, icid, out);
    parameters.encode(out);
  }

  @Override
  public String getIcid() {
    return icid;
  }

  @Override
  public void setIcid(String icid) throws ParseException {
    if (Checks.text(icid, ICID).isEmpty()) {
      throw new SyntaxException("icid-value is empty", 0);
    }
    this.icid = icid;
  }

  @Override
  public @Nullable String getParameter(String name) {
    return name.equalsIgnoreCase(ICID) ? icid : super.getParameter(name);
  }

  @Override
  public void setParameter(String name, @Nullable String value) throws ParseException {
    String text = value == null ? "" : value;
    switch (Chars.lower(name)) {
      case ICID -> setIcid(text);
      case "icid-generated-at" -> setIcidGeneratedAt(text);
      case "related-icid-generated-at" -> setRelatedIcidGeneratedAt(text);
      default -> super.setParameter(name, value);
    }
  }

  @Override
  public @Nullable String getIcidGeneratedAt() {
    return parameters.get("icid-generated-at");
  }

  @Override
  public void setIcidGeneratedAt(String icidGeneratedAt) throws ParseException {
    parameters.set("icid-generated-at", Checks.host(icidGeneratedAt, "icid-generated-at"));
  }

  @Override
  public @Nullable String getOriginatingIoi() {
    return parameters.get("orig-ioi");
  }

  @Override
  public void setOriginatingIoi(String originatingIoi) throws ParseException {
    parameters.set("orig-ioi", Objects.requireNonNull(originatingIoi, "orig-ioi"));
  }

  @Override
  public @Nullable String getTerminatingIoi() {
    return parameters.get("term-ioi");
  }

  @Override
  public void setTerminatingIoi(String terminatingIoi) throws ParseException {
    parameters.set("term-ioi", Objects.requireNonNull(terminatingIoi, "term-ioi"));
  }

  @Override
  public List<String> getTransitIois() {
    String list = parameters.get(TRANSIT);
    return list == null ? List.of() : List.of(list.strip().split("\\s*,\\s*", -1));
  }

  @Override
  public void setTransitIois(List<String> transitIois) throws ParseException {
    for (String ioi : transitIois) {
      if (!isTransitIoi(ioi)) {
        throw new SyntaxException(
            "transit-ioi '"
                + Checks.visible(ioi)
                + "' is neither void nor a name, '.' and a number",
            0);
      }
    }
    if (transitIois.isEmpty()) {
      parameters.remove(TRANSIT);
    } else {
      parameters.setQuoted(TRANSIT, String.join(", ", transitIois));
    }
  }

  private static boolean isTransitIoi(String ioi) {
    int dot = ioi.indexOf('.');
    return ioi.equalsIgnoreCase("void")
        || (dot > 0
            && Chars.is(ioi.charAt(0), Chars.ALPHA)
            && Chars.all(ioi.substring(0, dot), Chars.ALPHANUM)
            && Chars.all(ioi.substring(dot + 1), Chars.DIGIT));
  }

  @Override
  public @Nullable String getRelatedIcid() {
    return parameters.get("related-icid");
  }

  @Override
  public void setRelatedIcid(String relatedIcid) throws ParseException {
    parameters.set("related-icid", Objects.requireNonNull(relatedIcid, "related-icid"));
  }

  @Override
  public @Nullable String getRelatedIcidGeneratedAt() {
    return parameters.get("related-icid-generated-at");
  }

  @Override
  public void setRelatedIcidGeneratedAt(String relatedIcidGeneratedAt) throws ParseException {
    parameters.set(
        "related-icid-generated-at",
        Checks.host(relatedIcidGeneratedAt, "related-icid-generated-at"));
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    switch (Chars.lower(name)) {
      case "icid-generated-at", "related-icid-generated-at" -> Checks.host(value, name);
      default -> {}
    }
  }

  /** Equal in charging id and parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PChargingVector that
        && icid.equals(that.icid)
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return icid.hashCode();
  }
}
