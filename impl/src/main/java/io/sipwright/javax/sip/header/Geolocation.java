package io.sipwright.javax.sip.header;

import io.sipwright.header.GeolocationHeader;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * {@code Geolocation-header = "Geolocation" HCOLON locationValue *( COMMA locationValue )} with
 * {@code locationValue = LAQUOT locationURI RAQUOT *(SEMI geoloc-param)} (RFC 6442 §4.1).
 */
public class Geolocation extends UriHeader implements GeolocationHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without URI yet. */
  public Geolocation() {
    super(NAME);
  }

  @Override
  public @Nullable URI getLocationUri() {
    return uri();
  }

  @Override
  public void setLocationUri(URI locationUri) {
    uri(locationUri);
  }
}
