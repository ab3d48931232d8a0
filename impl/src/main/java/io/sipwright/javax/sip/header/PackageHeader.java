package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code Info-package-type = Info-package-name *( SEMI Info-package-param )} with {@code
 * Info-package-name = token} (RFC 6086 §9.2). Names compare byte by byte, and parameters don't
 * count (RFC 6086 §7.2).
 */
public abstract class PackageHeader extends ParametersHeader {
  private static final long serialVersionUID = 1L;

  private final boolean mayBeEmpty;
  private String name = "";

  /**
   * A header of a name, without package yet.
   *
   * @param mayBeEmpty whether the grammar allows the header with nothing behind the colon
   */
  protected PackageHeader(String name, boolean mayBeEmpty) {
    super(name);
    this.mayBeEmpty = mayBeEmpty;
  }

  @Override
  void reset() {
    super.reset();
    name = "";
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    if (mayBeEmpty && in.sws().atEnd()) {
      return;
    }
    name = in.token();
    parameters.parseMore(in, ';');
  }

  @Override
  protected void encodeValue(ByteSink out) {
    if (!mayBeEmpty || !name.isEmpty()) {
      out.put(name);
      parameters.encode(out);
    }
  }

  /** The name of the package; {@code ""} if there's none. */
  public String getInfoPackage() {
    return name;
  }

  /**
   * Sets the name of the package.
   *
   * @throws ParseException if it's no token; {@code ""} is taken where the header may be empty
   */
  public void setInfoPackage(String infoPackage) throws ParseException {
    name = mayBeEmpty && infoPackage.isEmpty() ? "" : Checks.token(infoPackage, getName());
  }

  /** Equal in the names of header and package. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PackageHeader that
        && getName().equals(that.getName())
        && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
