package io.sipwright.header;

/** How a call is to be answered (RFC 5373 §3). */
public interface AnswerModeHeader extends AnsweringMode {
  /** The name of the header. */
  String NAME = "Answer-Mode";
}
