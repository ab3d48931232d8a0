package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;
import javax.sip.header.Parameters;

/**
 * How a call is to be answered: what Answer-Mode and Priv-Answer-Mode have in common (RFC 5373).
 */
public interface AnsweringMode extends Header, Parameters {
  /** A person answers. */
  String MANUAL = "Manual";

  /** The device answers by itself. */
  String AUTO = "Auto";

  /** The mode as it stands, compared without regard to case; {@code ""} before it's set. */
  String getMode();

  /**
   * Sets the mode, {@link #MANUAL} or {@link #AUTO} as a rule.
   *
   * @throws ParseException if it's no token
   */
  void setMode(String mode) throws ParseException;

  /** Whether the request shall be refused rather than answered in another mode (RFC 5373 §4.1). */
  boolean isRequired();

  /** Says whether the request shall be refused rather than answered in another mode. */
  void setRequired(boolean required);
}
