package io.sipwright.javax.sip.header;

import java.text.ParseException;
import javax.sip.header.AllowHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Allow = "Allow" HCOLON [Method *(COMMA Method)]} (RFC 3261 §20.5). Methods are
 * case-sensitive (RFC 3261 §7.1); those known to JAIN SIP come interned.
 */
public class Allow extends TokensHeader implements AllowHeader {
  private static final long serialVersionUID = 1L;

  /** Without method yet. */
  public Allow() {
    super(NAME, true);
  }

  /** The method; null if the header is empty. */
  @Override
  public @Nullable String getMethod() {
    return tokens().isEmpty() ? null : tokens();
  }

  /**
   * Sets the method, or several with commas between them; {@code ""} makes the header empty.
   *
   * @throws ParseException if one is no token
   */
  @Override
  public void setMethod(String method) throws ParseException {
    tokens(method);
  }

  /** Equal in method, case included. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Allow that && tokens().equals(that.tokens());
  }

  @Override
  public int hashCode() {
    return tokens().hashCode();
  }
}
