package io.sipwright.javax.sip.header;

import io.sipwright.header.FeatureParameters;
import io.sipwright.header.FeatureSet;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** {@code "*" *(SEMI params)} with feature parameters among them (RFC 3841 §10). */
public abstract class FeaturesHeader extends ParametersHeader implements FeatureParameters {
  private static final long serialVersionUID = 1L;

  /** A header of a name, without parameters yet. */
  protected FeaturesHeader(String name) {
    super(name);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    in.expect('*');
    parameters.parseMore(in, ';');
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put('*');
    parameters.encode(out);
  }

  @Override
  public FeatureSet getFeatures() {
    return FeatureSet.of(this);
  }

  @Override
  public void setFeature(String tag, String values) throws ParseException {
    Features.set(parameters, tag, values);
  }

  @Override
  public void removeFeature(String tag) {
    Features.remove(parameters, tag);
  }

  /** Equal in name and in the set of parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FeaturesHeader that
        && getName().equals(that.getName())
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return parameters.hashCode();
  }
}
