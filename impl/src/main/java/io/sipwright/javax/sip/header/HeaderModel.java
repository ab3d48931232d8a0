package io.sipwright.javax.sip.header;

import io.sipwright.javax.sip.address.AddressModel;

/** The part of the replaceable table of constructors that makes header objects. */
public class HeaderModel extends AddressModel {
  /** The model that is used where nobody put another in its place. */
  public static final HeaderModel DEFAULT = new HeaderModel();

  /** Most parameters of a header, where nobody says otherwise. */
  public static final int MAX_PARAMETERS = 256;

  private final int maxParameters;

  /** With the usual limit, {@link #MAX_PARAMETERS}. */
  public HeaderModel() {
    this(MAX_PARAMETERS);
  }

  /**
   * With a limit of its own.
   *
   * @param maxParameters most parameters of a header that's read; one with more is malformed
   */
  public HeaderModel(int maxParameters) {
    this.maxParameters = maxParameters;
  }

  /** Most parameters of a header that's read. */
  public final int maxParameters() {
    return maxParameters;
  }

  /**
   * An empty header object of a type, to be filled by {@link SipHeader#parseValue} or by setters.
   */
  public SipHeader header(HeaderType type) {
    return type.make();
  }

  /** An empty extension header of a name that no row of {@link HeaderType} has. */
  public SipHeader extension(String name) {
    return new Extension(name);
  }
}
