package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Parameters;

/**
 * A header with feature parameters, which say what a user agent can do (RFC 3840 §9). Features are
 * known by their tags, {@code sip.audio} or {@code sip.methods}; on the wire the parameters of the
 * twenty base tags are {@code audio} or {@code methods}, those of others {@code +sip.instance} and
 * the like. Methods here take both.
 */
public interface FeatureParameters extends Parameters {
  /**
   * The features that stand there now. Parameters that are none, or whose value breaks the grammar,
   * are not among them.
   */
  FeatureSet getFeatures();

  /**
   * Sets a feature.
   *
   * @param tag the feature's tag, or its parameter's name
   * @param values as they stand between the quotes: {@code "INVITE,BYE"}, {@code "!fixed"}, {@code
   *     "#>=4"}, {@code "#1:5.5"} or, a string, {@code "<a text>"}; {@code ""} for true
   * @throws ParseException if the tag is none, or the values break the grammar
   */
  void setFeature(String tag, String values) throws ParseException;

  /** Takes a feature away, if it's there. */
  void removeFeature(String tag);
}
