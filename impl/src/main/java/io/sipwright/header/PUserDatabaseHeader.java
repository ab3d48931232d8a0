package io.sipwright.header;

import javax.sip.address.URI;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/** The user database to ask, as a Diameter URI (RFC 4457 §4). */
public interface PUserDatabaseHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "P-User-Database";

  /** The database, the object itself; null before it's set. */
  @Nullable URI getDatabase();

  /**
   * Sets it; the object is kept, not copied.
   *
   * @throws IllegalArgumentException if another vendor's URI has a text that is no URI
   */
  void setDatabase(URI database);
}
