package io.sipwright.javax.sip.header;

import io.sipwright.header.ReplacesHeader;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code Replaces = "Replaces" HCOLON callid *(SEMI replaces-param)} (RFC 3891 §6.1).
 *
 * <pre>
 * replaces-param = to-tag / from-tag / early-flag / generic-param
 * to-tag         = "to-tag" EQUAL token
 * from-tag       = "from-tag" EQUAL token
 * early-flag     = "early-only"
 * </pre>
 *
 * <p>One without both tags is refused: they are required.
 */
public class Replaces extends DialogReferenceHeader implements ReplacesHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without Call-ID and tags yet. */
  public Replaces() {
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

  @Override
  public boolean isEarlyOnly() {
    return parameters.has("early-only");
  }

  @Override
  public void setEarlyOnly(boolean earlyOnly) {
    flag("early-only", earlyOnly);
  }
}
