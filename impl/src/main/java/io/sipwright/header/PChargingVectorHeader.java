package io.sipwright.header;

import java.text.ParseException;
import java.util.List;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/** What charging records of one session are matched by (RFC 7315 §4.6). */
public interface PChargingVectorHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "P-Charging-Vector";

  /** The charging id ({@code icid-value}); {@code ""} before it's set. */
  String getIcid();

  /**
   * Sets the charging id.
   *
   * @throws ParseException if it's empty or holds CR, LF or NUL
   */
  void setIcid(String icid) throws ParseException;

  /** The host that made the id; null if not said. */
  @Nullable String getIcidGeneratedAt();

  /**
   * Sets the {@code icid-generated-at} parameter.
   *
   * @throws ParseException if it is no host
   */
  void setIcidGeneratedAt(String icidGeneratedAt) throws ParseException;

  /** The operator of the originating side; null if not said. */
  @Nullable String getOriginatingIoi();

  /**
   * Sets the {@code orig-ioi} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setOriginatingIoi(String originatingIoi) throws ParseException;

  /** The operator of the terminating side; null if not said. */
  @Nullable String getTerminatingIoi();

  /**
   * Sets the {@code term-ioi} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setTerminatingIoi(String terminatingIoi) throws ParseException;

  /** The operators in between, in order: {@code operator.1} or {@code void}; empty if not said. */
  List<String> getTransitIois();

  /**
   * Sets the operators in between; an empty list takes them away.
   *
   * @throws ParseException if one is neither {@code void} nor letters and digits, beginning with a
   *     letter, a point and a number
   */
  void setTransitIois(List<String> transitIois) throws ParseException;

  /** The id of the session that this one belongs to; null if not said. */
  @Nullable String getRelatedIcid();

  /**
   * Sets the {@code related-icid} parameter.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setRelatedIcid(String relatedIcid) throws ParseException;

  /** The host that made that id; null if not said. */
  @Nullable String getRelatedIcidGeneratedAt();

  /**
   * Sets the {@code related-icid-generated-at} parameter.
   *
   * @throws ParseException if it is no host
   */
  void setRelatedIcidGeneratedAt(String relatedIcidGeneratedAt) throws ParseException;
}
