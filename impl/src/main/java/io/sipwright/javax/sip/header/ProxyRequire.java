package io.sipwright.javax.sip.header;

import javax.sip.header.ProxyRequireHeader;

/**
 * {@code Proxy-Require = "Proxy-Require" HCOLON option-tag *(COMMA option-tag)} (RFC 3261 §20.29).
 */
public class ProxyRequire extends OptionTagHeader implements ProxyRequireHeader {
  private static final long serialVersionUID = 1L;

  /** Without option tag yet. */
  public ProxyRequire() {
    super(ProxyRequireHeader.NAME, false);
  }
}
