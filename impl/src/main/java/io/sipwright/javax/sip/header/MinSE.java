package io.sipwright.javax.sip.header;

import io.sipwright.header.MinSEHeader;

/**
 * {@code Min-SE = "Min-SE" HCOLON delta-seconds *(SEMI generic-param)}, 0 to 2**32-1 (RFC 4028 §5).
 */
public class MinSE extends DeltaSecondsHeader implements MinSEHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** With 0 seconds. */
  public MinSE() {
    super(NAME);
  }
}
