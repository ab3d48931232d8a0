package io.sipwright.javax.sip.header;

import io.sipwright.header.AcceptResourcePriorityHeader;

/**
 * {@code Accept-Resource-Priority = "Accept-Resource-Priority" HCOLON [r-value *(COMMA r-value)]}
 * (RFC 4412 §3.2).
 */
public class AcceptResourcePriority extends ResourceValueHeader
    implements AcceptResourcePriorityHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without value yet. */
  public AcceptResourcePriority() {
    super(NAME, true);
  }
}
