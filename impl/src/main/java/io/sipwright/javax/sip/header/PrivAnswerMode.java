package io.sipwright.javax.sip.header;

import io.sipwright.header.PrivAnswerModeHeader;

/**
 * {@code Priv-Answer-Mode = "Priv-Answer-Mode" HCOLON answer-mode-value *(SEMI answer-mode-param)}
 * (RFC 5373 §3).
 */
public class PrivAnswerMode extends AnsweringHeader
    implements PrivAnswerModeHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without mode yet. */
  public PrivAnswerMode() {
    super(NAME);
  }
}
