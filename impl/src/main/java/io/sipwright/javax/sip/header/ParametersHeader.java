package io.sipwright.javax.sip.header;

import io.sipwright.syntax.Parameters;
import java.text.ParseException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A header with {@code ;name=value} parameters behind its value. */
public abstract class ParametersHeader extends SipHeader implements javax.sip.header.Parameters {
  private static final long serialVersionUID = 1L;

  /** The parameters, in order. */
  protected Parameters parameters = new Parameters();

  /** A header of a name, in its canonical spelling. */
  protected ParametersHeader(String name) {
    super(name);
  }

  /** The value; {@code ""} for a parameter without value, null where it's absent. */
  @Override
  public @Nullable String getParameter(String name) {
    return parameters.get(name);
  }

  /** Sets or replaces; null or {@code ""} as value makes a parameter without value. */
  @Override
  public void setParameter(String name, @Nullable String value) throws ParseException {
    parameters.set(name, value);
  }

  @Override
  public Iterator<String> getParameterNames() {
    return parameters.iterator();
  }

  @Override
  public void removeParameter(String name) {
    parameters.remove(name);
  }

  /** Whether there are any. */
  public boolean hasParameters() {
    return !parameters.isEmpty();
  }

  @Override
  public ParametersHeader clone() {
    ParametersHeader h = (ParametersHeader) super.clone();
    h.parameters = parameters.clone();
    return h;
  }
}
