package io.sipwright.header;

import javax.sip.address.URI;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Where a location is to be found: in this message ({@code cid:}), or at a server (RFC 6442 §4.1).
 */
public interface GeolocationHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "Geolocation";

  /** Where the location is, the object itself; null before it's set. */
  @Nullable URI getLocationUri();

  /**
   * Sets it; the object is kept, not copied.
   *
   * @throws IllegalArgumentException if another vendor's URI has a text that is no URI
   */
  void setLocationUri(URI locationUri);
}
