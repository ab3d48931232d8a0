package io.sipwright.javax.sip.header;

import io.sipwright.header.InfoPackageHeader;

/** {@code Info-Package = "Info-Package" HCOLON Info-package-type} (RFC 6086 §9.2). */
public class InfoPackage extends PackageHeader implements InfoPackageHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without package yet. */
  public InfoPackage() {
    super(NAME, false);
  }
}
