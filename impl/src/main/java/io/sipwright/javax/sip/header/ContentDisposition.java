package io.sipwright.javax.sip.header;

import io.sipwright.syntax.Checks;
import java.text.ParseException;
import javax.sip.header.ContentDispositionHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Content-Disposition = "Content-Disposition" HCOLON disp-type *( SEMI disp-param )} with
 * {@code disp-param = handling-param / generic-param} (RFC 3261 §20.11).
 */
public class ContentDisposition extends TokenParametersHeader implements ContentDispositionHeader {
  private static final long serialVersionUID = 1L;

  /** Without type yet. */
  public ContentDisposition() {
    super(NAME);
  }

  @Override
  public String getDispositionType() {
    return token();
  }

  @Override
  public void setDispositionType(String type) throws ParseException {
    token(type, "disposition type");
  }

  /** {@code "optional"}, {@code "required"} or another word; null where it's absent: required. */
  @Override
  public @Nullable String getHandling() {
    return parameters.get("handling");
  }

  @Override
  public void setHandling(String handling) throws ParseException {
    setTokenParameter("handling", handling);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    if (name.equalsIgnoreCase("handling")) {
      Checks.token(value, "handling");
    }
  }
}
