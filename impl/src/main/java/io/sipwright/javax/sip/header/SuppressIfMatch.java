package io.sipwright.javax.sip.header;

import io.sipwright.header.SuppressIfMatchHeader;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code Suppress-If-Match = "Suppress-If-Match" HCOLON ( entity-tag / "*" )} with {@code
 * entity-tag = token} (RFC 5839 §7.3, RFC 3903 §11.3.1).
 */
public class SuppressIfMatch extends TokenHeader implements SuppressIfMatchHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without value yet. */
  public SuppressIfMatch() {
    super(NAME, false);
  }

  @Override
  public String getETag() {
    return token();
  }

  @Override
  public void setETag(String etag) throws ParseException {
    token(etag);
  }

  @Override
  public boolean isAny() {
    return token().equals(ANY);
  }

  /** Equal in the tag, byte by byte, as with any entity tag. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SuppressIfMatch that && token().equals(that.token());
  }

  @Override
  public int hashCode() {
    return token().hashCode();
  }
}
