package io.sipwright.javax.sip.header;

import io.sipwright.header.PUserDatabaseHeader;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * {@code P-User-Database = "P-User-Database" HCOLON database *( SEMI generic-param )} with {@code
 * database = LAQUOT DiameterURI RAQUOT} (RFC 4457 §4).
 */
public class PUserDatabase extends UriHeader implements PUserDatabaseHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without URI yet. */
  public PUserDatabase() {
    super(NAME);
  }

  @Override
  public @Nullable URI getDatabase() {
    return uri();
  }

  @Override
  public void setDatabase(URI database) {
    uri(database);
  }
}
