package io.sipwright.javax.sip.header;

import io.sipwright.header.AnsweringMode;
import java.text.ParseException;

/**
 * {@code answer-mode-value *(SEMI answer-mode-param)} with {@code answer-mode-value = "Manual" /
 * "Auto" / token} and {@code answer-mode-param = "require" / generic-param} (RFC 5373 §3).
 */
public abstract class AnsweringHeader extends TokenParametersHeader implements AnsweringMode {
  private static final long serialVersionUID = 1L;

  /** A header of a name, without mode yet. */
  protected AnsweringHeader(String name) {
    super(name);
  }

  @Override
  public String getMode() {
    return token();
  }

  @Override
  public void setMode(String mode) throws ParseException {
    token(mode, "answer mode");
  }

  @Override
  public boolean isRequired() {
    return parameters.has("require");
  }

  @Override
  public void setRequired(boolean required) {
    flag("require", required);
  }
}
