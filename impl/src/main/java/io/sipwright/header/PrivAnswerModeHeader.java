package io.sipwright.header;

/**
 * How a call is to be answered, asked with the privilege to overrule the callee's wishes (RFC 5373
 * §3).
 */
public interface PrivAnswerModeHeader extends AnsweringMode {
  /** The name of the header. */
  String NAME = "Priv-Answer-Mode";
}
