package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;
import javax.sip.header.Parameters;

/** A package that the sender takes INFO requests of, or none at all (RFC 6086 §7.3). */
public interface RecvInfoHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "Recv-Info";

  /**
   * The name of the package, which is compared byte by byte; {@code ""} in a header that says
   * "none".
   */
  String getInfoPackage();

  /**
   * Sets the name of the package.
   *
   * @throws ParseException if it's neither a token nor {@code ""} for none
   */
  void setInfoPackage(String infoPackage) throws ParseException;
}
