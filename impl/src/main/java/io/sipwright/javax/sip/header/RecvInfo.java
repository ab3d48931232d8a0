package io.sipwright.javax.sip.header;

import io.sipwright.header.RecvInfoHeader;

/**
 * {@code Recv-Info = "Recv-Info" HCOLON [Info-package-list]} with {@code Info-package-list =
 * Info-package-type *( COMMA Info-package-type )} (RFC 6086 §9.2). An empty one says that no
 * package is taken.
 */
public class RecvInfo extends PackageHeader implements RecvInfoHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without package yet. */
  public RecvInfo() {
    super(NAME, true);
  }
}
