package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.header.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * {@code m-type SLASH m-subtype *(SEMI m-parameter)} (RFC 3261 §25.1); ranges such as {@code *}/
 * {@code *} have the same form. Types compare without regard to case.
 */
public abstract class MediaTypeHeader extends ParametersHeader implements MediaType {
  private static final long serialVersionUID = 1L;

  private String type = "";
  private String subtype = "";

  /** A header of a name, without type yet. */
  protected MediaTypeHeader(String name) {
    super(name);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    type = in.token();
    if (!in.acceptSeparator('/')) {
      throw in.error("expected '/' behind the media type");
    }
    subtype = in.token();
    parameters.parseMore(in, ';');
  }

  @Override
  protected void encodeValue(ByteSink out) {
    if (!type.isEmpty()) {
      out.put(type).put('/').put(subtype);
    }
    parameters.encode(out);
  }

  /** As for any header, but {@code m-value = token / quoted-string}: hosts need quotes too. */
  @Override
  public void setParameter(String name, @Nullable String value) throws ParseException {
    if (value == null || value.isEmpty() || Chars.isToken(value)) {
      super.setParameter(name, value);
      return;
    }
    checkParameter(Objects.requireNonNull(name, "parameter name"), value);
    parameters.setQuoted(name, value);
  }

  @Override
  public String getContentType() {
    return type;
  }

  @Override
  public void setContentType(String type) throws ParseException {
    this.type = Checks.token(type, "media type");
  }

  @Override
  public String getContentSubType() {
    return subtype;
  }

  @Override
  public void setContentSubType(String subtype) throws ParseException {
    this.subtype = Checks.token(subtype, "media subtype");
  }

  /** Whether type and subtype are these, in any case. */
  public boolean is(String type, String subtype) {
    return this.type.equalsIgnoreCase(type) && this.subtype.equalsIgnoreCase(subtype);
  }

  /** Equal in name, type, subtype and the set of parameters, in whatever order. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MediaTypeHeader that
        && getName().equalsIgnoreCase(that.getName())
        && is(that.type, that.subtype)
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return (Chars.lower(type).hashCode() * 31 + Chars.lower(subtype).hashCode()) * 31
        + parameters.hashCode();
  }
}
