package io.sipwright.javax.sip.header;

import io.sipwright.header.ResourcePriorityHeader;

/**
 * {@code Resource-Priority = "Resource-Priority" HCOLON r-value *(COMMA r-value)} (RFC 4412 §3.1).
 */
public class ResourcePriority extends ResourceValueHeader
    implements ResourcePriorityHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without value yet. */
  public ResourcePriority() {
    super(NAME, false);
  }
}
