package io.sipwright.javax.sip.header;

import io.sipwright.header.FeatureTag;
import io.sipwright.header.FeatureValue;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Parameters;
import java.text.ParseException;

/** Feature parameters among those of a header: {@code enc-feature-tag = "value"} (RFC 3840 §9). */
final class Features {
  private Features() {}

  /**
   * Sets one; a value is always between quotes, and true is no value.
   *
   * @throws ParseException if the tag is none, or the values break the grammar
   */
  static void set(Parameters parameters, String tag, String values) throws ParseException {
    String name = FeatureTag.parameterOf(tag);
    FeatureValue.parse(Checks.text(values, tag));
    if (values.isEmpty()) {
      parameters.set(name, null);
    } else {
      parameters.setQuoted(name, values);
    }
  }

  static void remove(Parameters parameters, String tag) {
    try {
      parameters.remove(FeatureTag.parameterOf(tag));
    } catch (ParseException noTag) {
      // so it isn't there
    }
  }
}
