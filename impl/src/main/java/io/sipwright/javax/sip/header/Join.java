package io.sipwright.javax.sip.header;

import io.sipwright.header.JoinHeader;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code Join = "Join" HCOLON callid *(SEMI join-param)} (RFC 3911 §7.1).
 *
 * <pre>
 * join-param = to-tag / from-tag / generic-param
 * to-tag     = "to-tag" EQUAL token
 * from-tag   = "from-tag" EQUAL token
 * </pre>
 *
 * <p>One without both tags is refused: they are required.
 */
public class Join extends DialogReferenceHeader implements JoinHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without Call-ID and tags yet. */
  public Join() {
    super(NAME, "to-tag", "from-tag");
  }

  @Override
  public @Nullable String getToTag() {
    return parameters.get("to-tag");
  }

  @Override
  public void setToTag(String tag) throws ParseException {
    setTokenParameter("to-tag", tag);
  }

  @Override
  public @Nullable String getFromTag() {
    return parameters.get("from-tag");
  }

  @Override
  public void setFromTag(String tag) throws ParseException {
    setTokenParameter("from-tag", tag);
  }
}
