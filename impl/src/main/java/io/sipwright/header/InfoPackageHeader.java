package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;
import javax.sip.header.Parameters;

/** The package that an INFO request belongs to (RFC 6086 §7.2). */
public interface InfoPackageHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "Info-Package";

  /** The name of the package, which is compared byte by byte; {@code ""} before it's set. */
  String getInfoPackage();

  /**
   * Sets the name of the package.
   *
   * @throws ParseException if it's no token
   */
  void setInfoPackage(String infoPackage) throws ParseException;
}
