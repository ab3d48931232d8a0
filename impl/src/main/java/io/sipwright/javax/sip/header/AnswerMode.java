package io.sipwright.javax.sip.header;

import io.sipwright.header.AnswerModeHeader;

/**
 * {@code Answer-Mode = "Answer-Mode" HCOLON answer-mode-value *(SEMI answer-mode-param)} (RFC 5373
 * §3).
 */
public class AnswerMode extends AnsweringHeader implements AnswerModeHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without mode yet. */
  public AnswerMode() {
    super(NAME);
  }
}
