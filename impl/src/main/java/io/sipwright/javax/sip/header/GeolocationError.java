package io.sipwright.javax.sip.header;

import io.sipwright.header.GeolocationErrorHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * {@code Geolocation-Error = "Geolocation-Error" HCOLON locationErrorValue} (RFC 6442 §4.4).
 *
 * <pre>
 * locationErrorValue       = location-error-code *(SEMI location-error-params)
 * location-error-code      = 1*3DIGIT
 * location-error-params    = location-error-code-text / generic-param
 * location-error-code-text = "code" EQUAL quoted-string
 * </pre>
 */
public class GeolocationError extends ParametersHeader
    implements GeolocationErrorHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  private static final int HIGHEST = 999;

  private int errorCode;

  /** Without value yet. */
  public GeolocationError() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    errorCode = (int) in.number(HIGHEST);
    parameters.parseMore(in, ';');
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(errorCode);
    parameters.encode(out);
  }

  @Override
  public int getErrorCode() {
    return errorCode;
  }

  @Override
  public void setErrorCode(int errorCode) throws InvalidArgumentException {
    this.errorCode = (int) Ranges.check(errorCode, 0, HIGHEST, NAME);
  }

  @Override
  public @Nullable String getText() {
    return parameters.get("code");
  }

  @Override
  public void setText(String text) throws ParseException {
    parameters.setQuoted("code", Objects.requireNonNull(text, "text"));
  }

  @Override
  public void setParameter(String name, @Nullable String value) throws ParseException {
    if (name.equalsIgnoreCase("code")) {
      setText(value == null ? "" : value);
    } else {
      super.setParameter(name, value);
    }
  }

  /** Equal in code and parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GeolocationError that
        && errorCode == that.errorCode
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return errorCode * 31 + parameters.hashCode();
  }
}
