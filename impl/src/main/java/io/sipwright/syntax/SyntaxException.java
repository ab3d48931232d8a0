package io.sipwright.syntax;

import java.text.ParseException;

/**
 * Text that breaks a rule of the grammar, with the offset where it does.
 *
 * <p>Carries no stack trace: it is thrown for every broken message off the wire and must cost
 * little.
 */
public final class SyntaxException extends ParseException {
  private static final long serialVersionUID = 1L;

  private final String what;

  /** Says what was expected or wrong, and the byte offset within the text that was read. */
  public SyntaxException(String what, int offset) {
    super(what, offset);
    this.what = what;
  }

  /** What was expected or wrong, without the place. */
  public String what() {
    return what;
  }

  /** What was expected or wrong, and where. */
  @Override
  public String getMessage() {
    return what + " at offset " + getErrorOffset();
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
